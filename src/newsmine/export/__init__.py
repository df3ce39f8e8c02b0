"""What an index holds as files for other programs: one module a format, listed in ``formats``.

Importing it loads no format: a printed extraction needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["WRITERS", "export", "write"]

if TYPE_CHECKING:
    from newsmine.export.writing import WRITERS as WRITERS
    from newsmine.export.writing import export as export
    from newsmine.export.writing import write as write


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'newsmine.export' has no attribute {name!r}")
    from newsmine.export import writing

    return getattr(writing, name)
