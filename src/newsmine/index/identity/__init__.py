"""People and organisations across articles: names that are of one, and one name that is of several.

Rules with documented reasons put names together (``organisations``, ``people``); what is unsure is
left apart and asked about; what people judge goes before every rule and can be undone. All tables
are derived (``refresh``); judgements lie in the journal.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsmine.index.identity.called import Called
    from newsmine.index.identity.names import Identities
    from newsmine.index.identity.records import Identity, NamePart, Post, Question, Seen

__all__ = ["Called", "Identities", "Identity", "NamePart", "Post", "Question", "Seen"]

_HOMES = {"Called": "called", "Identities": "names"}


def __getattr__(name: str) -> object:
    # Every search looks names up in ``tables``; to judge them takes much more.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'records')}"), name)
