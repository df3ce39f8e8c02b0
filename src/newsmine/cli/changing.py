"""An index that a command changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsmine.index import Index


def to_change(file: Path) -> Index:
    """Open an index to change it; a mistyped name must not make a new one.

    Raises:
        IndexFileError: As for ``newsmine.index.open_index``, or it may not be written.
    """
    from newsmine.index import create_index, open_index

    open_index(file).close()
    return create_index(file)
