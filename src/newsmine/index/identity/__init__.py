"""People and organisations across articles: names that are of one, and one name that is of several.

Rules with documented reasons put names together (``organisations``, ``people``); what is unsure is
left apart and asked about; what people judge goes before every rule and can be undone. All tables
are derived (``refresh``); judgements lie in the journal.
"""

from __future__ import annotations

from newsmine.index.identity.called import Called
from newsmine.index.identity.names import Identities
from newsmine.index.identity.records import Identity, NamePart, Post, Question, Seen

__all__ = ["Called", "Identities", "Identity", "NamePart", "Post", "Question", "Seen"]
