"""What a judgement of each kind must say, so that it can be applied.

A line of a journal may come from another program. What the rest of the index takes for granted is
asked for here, at the door, so that no entry can keep an article from being added. Of other kinds
than these (notes, those of a later newsmine) nothing is asked: they are kept, and change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from newsmine.errors import QueryError
from newsmine.types import AttributionKind, SpeakerType

Says = Mapping[str, Any]

_LONGEST = 1_000_000
"""Characters of the raw text under one quote or figure; more would only cost memory."""

LONGEST_NAME = 200
"""Characters of a name that is withheld: all its misreadings are looked for, everywhere."""


def is_formed(kind: str, subject: Says, decision: Says) -> bool:
    """Whether a judgement of that kind says what it must."""
    check = _FORMS.get(kind)
    return check is None or check(subject, decision)


def _corrects(subject: Says, decision: Says) -> bool:
    """As ``corrections.subject_of`` names a row, and ``corrections.CHANGES`` what is changed."""
    return (
        all(isinstance(subject.get(name), str) for name in ("article", "id", "text"))
        and isinstance(subject.get("sha256"), str | None)
        and subject.get("table") in ("attributions", "claims")
        and _are_spans(subject.get("raw"))
        and all(isinstance(value, str) for value in decision.values())
        and decision.get("type", "person") in get_args(SpeakerType)
        and decision.get("kind", "direct") in get_args(AttributionKind)
    )


def _are_spans(found: object) -> bool:
    if not isinstance(found, list) or not all(isinstance(span, list) for span in found):
        return False
    if not all([*map(type, span)] == [int, int] and 0 <= span[0] <= span[1] for span in found):
        return False
    length: int = sum(end - start for start, end in found)
    return length <= _LONGEST


def _withholds(subject: Says, decision: Says) -> bool:
    """A set of rules, or a name with a letter."""
    found = subject.get("rule", subject.get("name"))
    if not isinstance(found, str) or len(found) > LONGEST_NAME:
        return False
    return re.search(r"[^\W\d_]", found) is not None


def _is_about_names(subject: Says, decision: Says) -> bool:
    names = subject.get("names")
    return isinstance(names, list) and bool(names) and all(map(_is_part, names))


def _is_part(name: object) -> bool:
    """As ``identity.records.NamePart`` is written."""
    if not isinstance(name, dict) or not isinstance(name.get("name"), str):
        return False
    articles = name.get("articles", [])
    return isinstance(articles, list) and all(isinstance(ident, str) for ident in articles)


def _renames(subject: Says, decision: Says) -> bool:
    new = decision.get("name")
    return _is_about_names(subject, decision) and isinstance(new, str) and bool(new.strip())


def _adds_organisations(subject: Says, decision: Says) -> bool:
    # Here: whoever only reads an index needs no directory of a user's.
    from newsmine.index.directory import directory_of

    entries = decision.get("organisations")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return False
    try:
        directory_of(entries)
    except QueryError:
        return False
    return True


def _saves(subject: Says, decision: Says) -> bool:
    """As ``index.saved`` writes a search."""
    texts = (subject.get("name"), subject.get("query"), subject.get("sort"), decision.get("index"))
    return all(isinstance(text, str) for text in texts) and type(decision.get("total")) is int


_FORMS: Mapping[str, Callable[[Says, Says], bool]] = {
    "fix": _corrects,
    "drop": _corrects,
    "checked": _corrects,
    "withhold": _withholds,
    "names.merge": _is_about_names,
    "names.split": _is_about_names,
    "names.unsure": _is_about_names,
    "names.rename": _renames,
    "names.directory": _adds_organisations,
    "search.save": _saves,
}
