"""Builds the wheel: the program `kehoach` first, then the extension module, through maturin.

maturin puts either an extension module or a program into a wheel, never both (PyO3/maturin issue 368). The program is
needed: its processes read files, so that a file which crashes its reader harms no Python. So it is built here, by the
same cargo and out of the same library, and lies in the package as `package/kehoach/bin/kehoach`.

`pip wheel . --config-settings profile=dev` builds both without optimization, as tests want it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Mapping, Optional

import maturin

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = PACKAGE / "package" / "kehoach" / "bin" / ("kehoach.exe" if os.name == "nt" else "kehoach")

Settings = Optional[Mapping[str, Any]]


def build_wheel(folder: str, settings: Settings = None, metadata: str | None = None) -> str:
    _build_program(settings)
    return maturin.build_wheel(folder, _for_maturin(settings), metadata)


def build_editable(folder: str, settings: Settings = None, metadata: str | None = None) -> str:
    _build_program(settings)
    return maturin.build_editable(folder, _for_maturin(settings), metadata)


def build_sdist(folder: str, settings: Settings = None) -> str:
    sys.exit(
        "kehoach: a source distribution would be the whole repository, whose core the package is built of; "
        "build a wheel in the repository: pip wheel ./python"
    )


get_requires_for_build_wheel = maturin.get_requires_for_build_wheel
get_requires_for_build_editable = maturin.get_requires_for_build_editable
prepare_metadata_for_build_wheel = maturin.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = maturin.prepare_metadata_for_build_editable


def _profile(settings: Settings) -> str:
    return str((settings or {}).get("profile", "release"))


def _for_maturin(settings: Settings) -> dict[str, Any]:
    rest = {key: value for key, value in (settings or {}).items() if key != "profile"}
    given = rest.get("build-args", [])
    rest["build-args"] = ["--profile", _profile(settings), *([given] if isinstance(given, str) else given)]
    return rest


def _build_program(settings: Settings) -> None:
    """Builds `kehoach` and puts it into the package."""
    if shutil.which("cargo") is None:
        sys.exit("kehoach: cargo was not found; install Rust 1.92 or newer (https://rustup.rs), or install a built wheel")
    command = ["cargo", "build", "--locked", "--profile", _profile(settings), "--message-format", "json-render-diagnostics"]
    # Together with the extension module, so that its dependencies' features are on and maturin builds nothing twice.
    command += ["--package", "kehoach", "--package", "kehoach-python", "--features", "kehoach/parquet", "--bin", "kehoach"]
    print("Running `" + " ".join(command) + "`", flush=True)
    built = subprocess.run(command, cwd=PACKAGE.parent, stdout=subprocess.PIPE, check=False)
    if built.returncode != 0:
        sys.exit("kehoach: the program could not be built; the reason stands above")
    messages = (json.loads(line) for line in built.stdout.splitlines() if line.startswith(b"{"))
    paths = [message["executable"] for message in messages if message.get("executable")]
    PROGRAM.parent.mkdir(exist_ok=True)
    beside = PROGRAM.with_suffix(".new")
    shutil.copy2(paths[-1], beside)
    # Symbols are two thirds of it, and a wheel needs none. Where the tool is missing they stay.
    if sys.platform == "linux" and shutil.which("strip"):
        subprocess.run(["strip", str(beside)], check=False)
    beside.replace(PROGRAM)
