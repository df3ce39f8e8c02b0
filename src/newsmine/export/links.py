"""Links from a row to the file that its article was read from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

MOST = 65_000
"""Links in a sheet; Excel takes 65,530."""
_LONGEST = 2_000
"""Characters of a link; Excel takes 2,079."""


class FileLinks:
    """Finds files. Only a file that is really there is linked, whatever a path claims to be.

    So a path that looks like a web or network address can never become a link to one.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders, self._given = folders, 0
        self._last: tuple[str, str | None] = ("", None)

    def to(self, path: str) -> str | None:
        """A ``file:`` link to it, looked for in each folder; ``None`` where there is none."""
        if not self._folders or self._given >= MOST:
            return None
        # Rows of one article follow each other.
        if self._last[0] != path:
            self._last = (path, self._find(path))
        self._given += self._last[1] is not None
        return self._last[1]

    def _find(self, path: str) -> str | None:
        if path.startswith(("\\\\", "//")) or "\0" in path:
            return None
        for folder in self._folders:
            for name in (path, path.partition("#")[0]):
                if link := _file(folder / name):
                    return link
        return None


def _file(path: Path) -> str | None:
    try:
        link = path.resolve().as_uri() if path.is_file() else None
    except (OSError, ValueError):  # A name that no disk allows.
        return None
    return link if link and len(link) <= _LONGEST else None
