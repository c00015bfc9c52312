"""Why a file could not be read."""

from __future__ import annotations

import html


class ReadError(Exception):
    """A file could not be read; the others are not harmed.

    >>> error = kehoach.ReadError("plan.docx", "empty", "is empty (0 bytes); nothing to read")
    >>> print(error)
    plan.docx: is empty (0 bytes); nothing to read
    >>> error.code, error.reason, error.action
    ('empty', 'is empty (0 bytes)', 'nothing to read')

    Attributes:
        path: The file, as it was given.
        code: A stable name for programs: `empty`, `encrypted`, `damaged`, `timed-out`, `crashed`, …
        reason: What is wrong.
        action: What to do.
    """

    path: str
    code: str
    reason: str
    action: str

    def __init__(self, path: str, code: str, message: str) -> None:
        # The command line's options have the same names here.
        for option, argument in _ARGUMENTS.items():
            message = message.replace(option, argument)
        super().__init__(path, code, message)
        self.path = path
        self.code = code
        self.reason, _, self.action = message.rpartition("; ")
        if not self.reason:
            self.reason, self.action = message, ""

    @property
    def message(self) -> str:
        """The reason and what to do, in one line."""
        return f"{self.reason}; {self.action}" if self.action else self.reason

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"

    def _repr_html_(self) -> str:
        shown = [html.escape(part) for part in (self.path, self.reason, self.action)]
        return f"<p><b>{shown[0]}</b>: {shown[1]}<br><i>{shown[2]}</i></p>"


_ARGUMENTS = {
    "add --no-isolation": "give isolation=False",
    "--time-limit": "time_limit=",
    "--memory-limit": "memory_limit=",
}
