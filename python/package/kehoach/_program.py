"""Where the program `kehoach` is, whose processes read files."""

from __future__ import annotations

import os
from pathlib import Path


def program() -> str:
    """The path of the program: what `KEHOACH_PROGRAM` names, else the one in the package.

    Raises:
        FileNotFoundError: there is none, or it may not be executed.
    """
    named = os.environ.get("KEHOACH_PROGRAM")
    own = Path(__file__).with_name("bin") / ("kehoach.exe" if os.name == "nt" else "kehoach")
    path = named or str(own)
    if not os.access(path, os.X_OK) or os.path.isdir(path):
        raise FileNotFoundError(
            f"{path}: is no program that can be started; "
            + ("correct KEHOACH_PROGRAM" if named else "install the wheel again, or name the program in KEHOACH_PROGRAM")
            + ", or read trusted files with isolation=False"
        )
    return path
