"""Corrections: what people decided of quotes and figures, applied to what was extracted.

A correction is a judgement of the journal. It speaks of a row by its article, its words and its
place in the raw text, so that it finds the row again after another cleaning or another model. It is
applied whenever the article is added (``newsmine.index.derived``); what was extracted is kept.

Kinds of judgements: "fix" (other values), "drop" (no quote, no figure) and "checked" (right as it
is). Of two that say different things of one row, the later one holds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from newsmine.errors import QueryError
from newsmine.index.journal import Judgement
from newsmine.index.texts import quote_of, raw_spans
from newsmine.types import Attribution, AttributionKind, Claim, Extraction, Span, Speaker
from newsmine.types import SpeakerType as _SpeakerType

Table = Literal["attributions", "claims"]
Item = Attribution | Claim

KINDS = ("fix", "drop", "checked")
"""The kinds of judgements that are corrections."""
OF_SPEAKERS = ("speaker", "organisation", "role", "type")
CHANGES = (*OF_SPEAKERS, "kind", "counted")
"""What can be given another value; an empty one is unknown."""

ALIKE = 0.5
"""Share of the raw characters of two passages, both together, that must be common to both."""
_CHOICES = {"type": get_args(_SpeakerType), "kind": get_args(AttributionKind)}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row says of the people who looked at it.

    ``checked`` is "yes" (right as it was found) or "corrected"; ``correction`` says what was found
    and why it was changed.
    """

    checked: Literal["yes", "corrected"]
    by: str
    correction: str | None = None

    def columns(self) -> dict[str, Any]:
        """As columns of the row."""
        return {"checked": self.checked, "checked_by": self.by, "correction": self.correction}


@dataclass(frozen=True, slots=True)
class Corrected:
    """An extraction as it is after corrections.

    ``kept`` are, for each table, the positions of the rows that are left; ``applied`` says for the
    number of a judgement to which table and id it was applied.
    """

    extraction: Extraction
    marks: Mapping[Table, Mapping[str, Mark]]
    kept: Mapping[str, tuple[int, ...]]
    applied: Mapping[int, tuple[Table, str]]


def check_changes(table: Table, changes: Mapping[str, str]) -> None:
    """Refuse values that a row cannot have.

    Raises:
        QueryError: A field is not one of this table, or a type or kind is unknown.
    """
    alien = {"attributions": "counted", "claims": "kind"}[table]
    if alien in changes:
        other = {"counted": "figures", "kind": "quotes"}[alien]
        raise QueryError(f"--{alien}", f"is about {other}", "Leave it out")
    for name, known in _CHOICES.items():
        if name in changes and changes[name] not in known:
            remedy = f"Take one of {', '.join(known)}"
            raise QueryError(f"{name} {changes[name][:40]!r}", "is unknown", remedy)


def subject_of(extraction: Extraction, table: Table, item: Item) -> dict[str, Any]:
    """What a judgement says of a row, so that it is found again."""
    article = extraction.article
    return {
        "article": article.id,
        "sha256": article.raw.sha256 if article.raw else None,
        "table": table,
        "id": item.id,
        "text": _words(extraction, item),
        "raw": [list(span) for span in _raw(extraction, item)],
    }


def find(subject: Mapping[str, Any], extraction: Extraction) -> Item | None:
    """The row that a judgement is about; ``None`` where it is no longer there.

    First by its words, the nearest of several; a figure, of which there may be many alike, in the
    same place. Then by its place: the row that shares most of the raw text with it.
    """
    items: Sequence[Item] = getattr(extraction, subject["table"])
    place = [(start, end) for start, end in subject["raw"]]
    same = [i for i in items if _folded(_words(extraction, i)) == _folded(subject["text"])]
    if subject["table"] == "claims" and len(same) > 1:
        same = [item for item in same if _share(_raw(extraction, item), place)]
    if same:
        # Of two in one place, which no text of a newspaper has, the one that had this id.
        return min(
            same,
            key=lambda item: (_distance(_raw(extraction, item), place), item.id != subject["id"]),
        )
    shares = [(_share(_raw(extraction, item), place), -n) for n, item in enumerate(items)]
    best = max(shares, default=(0.0, 0))
    return items[-best[1]] if best[0] >= ALIKE else None


def _words(extraction: Extraction, item: Item) -> str:
    text = extraction.article.text
    return (
        quote_of(text, item.content) if isinstance(item, Attribution) else text[slice(*item.span)]
    )


def _raw(extraction: Extraction, item: Item) -> tuple[Span, ...]:
    spans = item.content if isinstance(item, Attribution) else (item.span,)
    return raw_spans(extraction.article.alignment, spans)


def _folded(text: str) -> str:
    return "".join(re.findall(r"\w", text.casefold())) or text


def _distance(here: Sequence[Span], there: Sequence[Span]) -> int:
    return abs(here[0][0] - there[0][0]) if here and there else 0


def _share(here: Sequence[Span], there: Sequence[Span]) -> float:
    """Characters in both, of the characters in either."""
    one, other = ({c for span in spans for c in range(*span)} for spans in (here, there))
    return len(one & other) / max(1, len(one | other))


def apply(extraction: Extraction, judgements: Iterable[Judgement]) -> Corrected:
    """An extraction with the corrections that find their row in it."""
    work = _Work(extraction)
    for judgement in judgements:
        found = find(judgement.subject, extraction)
        if found is not None:
            work.take(judgement, found)
    return work.done()


@dataclass(slots=True)
class _Work:
    """An extraction on its way: the rows as they are so far, and why."""

    found: Extraction
    now: dict[Table, dict[str, Item]] = field(default_factory=dict)
    why: dict[tuple[Table, str], list[Judgement]] = field(default_factory=dict)
    applied: dict[int, tuple[Table, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now["attributions"] = {a.id: a for a in self.found.attributions}
        self.now["claims"] = {c.id: c for c in self.found.claims}

    def take(self, judgement: Judgement, item: Item) -> None:
        table: Table = "attributions" if isinstance(item, Attribution) else "claims"
        self.applied[judgement.id] = table, item.id
        if item.id not in self.now[table]:
            return
        self.why.setdefault((table, item.id), []).append(judgement)
        old = self.now[table][item.id]
        new = None if judgement.kind == "drop" else _changed(old, judgement.decision)
        self._put(table, item.id, new)
        if isinstance(old, Attribution) and (new is None or new.speaker != old.speaker):
            self._follow(judgement, old, new)

    def _put(self, table: Table, ident: str, new: Item | None) -> None:
        if new is None:
            del self.now[table][ident]
        else:
            self.now[table][ident] = new

    def _follow(self, judgement: Judgement, old: Attribution, new: Item | None) -> None:
        """A figure that the quote's speaker gives in it has the same speaker afterwards."""
        for claim in list(self.now["claims"].values()):
            if not isinstance(claim, Claim) or claim.attribution != old.id:
                continue
            changed = claim if new else replace(claim, attribution=None)
            if _who(claim.speaker) == _who(old.speaker):
                changed = replace(changed, speaker=new.speaker if new else None)
            if changed != claim:
                self.now["claims"][claim.id] = changed
                self.why.setdefault(("claims", claim.id), []).append(judgement)

    def done(self) -> Corrected:
        kept: dict[str, tuple[int, ...]] = {
            table: _positions(getattr(self.found, table), rows.keys())
            for table, rows in self.now.items()
        }
        gone = {claim.id for claim in self.found.claims} - self.now["claims"].keys()
        kept_checks = tuple(n for n, c in enumerate(self.found.checks) if not gone & set(c.claims))
        made = replace(
            self.found,
            attributions=tuple(self.now["attributions"].values()),  # type: ignore[arg-type]
            claims=tuple(self.now["claims"].values()),  # type: ignore[arg-type]
            checks=tuple(self.found.checks[place] for place in kept_checks),
        )
        return Corrected(made, self._marks(), {**kept, "checks": kept_checks}, self.applied)

    def _marks(self) -> dict[Table, dict[str, Mark]]:
        marks: dict[Table, dict[str, Mark]] = {"attributions": {}, "claims": {}}
        for (table, ident), judgements in self.why.items():
            if ident in self.now[table]:
                items: Sequence[Item] = getattr(self.found, table)
                before = next(item for item in items if item.id == ident)
                marks[table][ident] = _mark(before, self.now[table][ident], judgements)
        return marks


def _positions(items: Sequence[Item], left: Collection[str]) -> tuple[int, ...]:
    return tuple(n for n, item in enumerate(items) if item.id in left)


def _changed(item: Item, decision: Mapping[str, str]) -> Item:
    speaker = item.speaker
    if any(name in decision for name in OF_SPEAKERS):
        speaker = _speaker(speaker, decision)
    if isinstance(item, Claim):
        counted = decision["counted"] or None if "counted" in decision else item.counted
        return replace(item, speaker=speaker, counted=counted)
    kind: Any = decision.get("kind", item.kind)
    return replace(item, speaker=speaker, kind=kind)


def _speaker(old: Speaker | None, decision: Mapping[str, str]) -> Speaker:
    """The speaker with other values. Where another name is given to one who was left open, it is
    a person, unless told otherwise; an organisation speaks for itself.
    """
    base = old or Speaker(None, "anonymous")
    values = {name: decision[name] or None for name in OF_SPEAKERS if name in decision}
    name = values.get("speaker", base.name)
    known_now = bool(name) and base.type == "anonymous"
    kind: Any = values.get("type") or ("person" if known_now else base.type)
    own = name if kind == "organisation" and values.keys() & {"speaker", "type"} else None
    return Speaker(
        name=name,
        type=kind,
        role=values.get("role", base.role),
        organisation=values.get("organisation", own or base.organisation),
        mention=base.mention if name == base.name else None,
        candidates=() if name else base.candidates,
    )


def _who(speaker: Speaker | None) -> tuple[str | None, ...]:
    return (speaker.name, speaker.type, speaker.organisation) if speaker else ()


def values_of(item: Item) -> dict[str, str | None]:
    """What of a row can be corrected, by the names of ``CHANGES``."""
    speaker = item.speaker
    whose = speaker.organisation if speaker else None
    if speaker and speaker.type == "organisation":
        whose = whose or speaker.name
    own = {"kind": item.kind} if isinstance(item, Attribution) else {"counted": item.counted}
    return {
        "speaker": speaker.name if speaker else None,
        "organisation": whose,
        "role": speaker.role if speaker else None,
        "type": speaker.type if speaker else None,
        **own,
    }


def _mark(before: Item, after: Item, judgements: Sequence[Judgement]) -> Mark:
    """What a row says of itself: each value that is another now with what was found, and why."""
    by = ", ".join(dict.fromkeys(judgement.who for judgement in judgements))
    old, new = values_of(before), values_of(after)
    changes = [
        f"{name}: {new[name] or 'unknown'} (found: {old[name] or 'unknown'})"
        for name in new
        if new[name] != old[name]
    ]
    if isinstance(before, Claim) and isinstance(after, Claim):
        changes += ["taken out of its quote"] * (before.attribution != after.attribution)
    why = dict.fromkeys(judgement.why for judgement in judgements if judgement.why)
    text = "; ".join([*changes, *(f"why: {one}" for one in why)]) or None
    return Mark("corrected" if changes else "yes", by, text)
