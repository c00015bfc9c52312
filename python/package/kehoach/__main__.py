"""The command line `kehoach`: the program that travels in the package."""

from __future__ import annotations

import os
import subprocess
import sys

from ._program import program


def main() -> int:
    """Becomes the program; gives its exit code where a process cannot become another one."""
    try:
        path = program()
    except FileNotFoundError as error:
        print(f"kehoach: {error}", file=sys.stderr)
        return 2
    arguments = [path, *sys.argv[1:]]
    if os.name == "posix":
        os.execv(path, arguments)
    return subprocess.run(arguments, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
