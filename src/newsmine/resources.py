"""Where the shipped model and sample corpus lie: in the wheel, or beside ``src`` in a checkout."""

from __future__ import annotations

from pathlib import Path

from newsmine.errors import NewsmineError


def shipped(folder: str) -> Path:
    """The path of a shipped folder such as ``models/en_newsmine`` or ``corpora/sample``.

    Raises:
        NewsmineError: The installation lacks it.
    """
    package = Path(__file__).resolve().parent
    for root in (package, package.parent.parent):
        if (root / folder).is_dir():
            return root / folder
    raise NewsmineError(folder, "is missing from this installation", "Install newsmine again")
