"""Statements: who said what, gold against extracted, counted article by article.

* statement: an attribution with those that continue it; of the extracted ones, those without a
  cue that follow the same speaker's are joined. A gold and an extracted statement are the same,
  one to one, when their words overlap with Jaccard >= 0.5.
* speaker, organisation: of the gold statements that have one, how many were found with it (see
  ``names.same_name``).
* words: words inside contents with the right speaker.
* linked: direct and mixed statements found as direct or mixed, and with the right speaker.
* direct linked: direct ones found as direct with the right speaker, paired among direct ones only.

The definitions are those of the shared ``score_british.py``, but for linked, which it lacks, and
for one case that its articles hardly have: where a statement holds another (``“He told me: ‘No.’”
she said. “I went.”``), what continues the outer one is joined to it all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from newsmine.evaluation.gold import GoldArticle
from newsmine.evaluation.names import same_name
from newsmine.types import Span

Row: TypeAlias = Mapping[str, Any]
"""An extraction, or a part of one, as JSON (docs/formats.md)."""

SAME_WORDS = 0.5
"""The least Jaccard overlap of words at which two contents are the same."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Statement:
    """Words with one speaker; ``rows`` are the places of the extracted rows that it joins."""

    content: tuple[Span, ...]
    kind: str
    name: str | None
    organisation: str | None
    rows: tuple[int, ...] = ()

    def words(self, text: str) -> set[int]:
        """Where its words start, so that marks and stops at its edges do not matter."""
        return words(text, self.content)


def words(text: str, spans: Iterable[Span]) -> set[int]:
    """Where the words inside spans start."""
    return {m.start() for start, end in spans for m in _WORD.finditer(text, start, end)}


def gold_statements(article: GoldArticle) -> list[Statement]:
    """The annotated statements, in the text's order."""
    out: list[Statement] = []
    for item in sorted(article.attributions, key=lambda a: a.content[0]):
        name = item.speaker.name if item.speaker else None
        organisation = item.speaker.organisation if item.speaker else None
        statement = Statement(item.content, item.kind, name, organisation)
        _append(out, statement, joins=item.continues)
    return out


def extracted_statements(row: Row) -> list[Statement]:
    """The statements of an extraction, in the text's order."""
    items = [(n, a) for n, a in enumerate(row["attributions"]) if a["raw"]["content"]]
    out: list[Statement] = []
    for number, item in sorted(items, key=lambda pair: pair[1]["raw"]["content"][0]):
        content = tuple((start, end) for start, end in item["raw"]["content"])
        speaker = item.get("speaker") or {}
        name = speaker.get("name")
        organisation = speaker.get("organisation")
        if speaker.get("type") == "organisation":
            organisation = organisation or name
        statement = Statement(content, item["kind"], name, organisation, (number,))
        _append(out, statement, joins=not item["raw"].get("cue"))
    return out


def _append(out: list[Statement], new: Statement, *, joins: bool) -> None:
    """Add a statement, or lengthen the last one where the new one only continues it.

    What lies within an earlier statement does not stand between the two: ``“He told me: ‘No.’” she
    said. “I went.”``
    """
    at = len(out) - 1
    while any(_is_within(out[at], outer) for outer in out[:at]):
        at -= 1
    if joins and out and out[at].name == new.name:
        last = out[at]
        out[at] = replace(last, content=last.content + new.content, rows=last.rows + new.rows)
    else:
        out.append(new)


def _is_within(inner: Statement, outer: Statement) -> bool:
    return all(any(a <= s and e <= b for a, b in outer.content) for s, e in inner.content)


def paired(text: str, gold: Sequence[Statement], found: Sequence[Statement]) -> dict[int, int]:
    """Which found statement is which gold one, best overlap first."""
    gold_words, found_words = [g.words(text) for g in gold], [f.words(text) for f in found]
    overlaps = sorted(
        (
            (len(a & b) / len(a | b), i, j)
            for i, a in enumerate(gold_words)
            for j, b in enumerate(found_words)
            if a & b
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for overlap, i, j in overlaps:
        if overlap >= SAME_WORDS and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def tally_statements(article: GoldArticle, row: Row) -> Counter[str]:
    """The counts of one article; counts of several add up. ``figures`` makes shares of them."""
    tally: Counter[str] = Counter()
    gold, found = gold_statements(article), extracted_statements(row)
    pairs = paired(article.text, gold, found)
    tally["gold"] += len(gold)
    tally["extracted"] += len(found)
    tally["found"] += len(pairs)
    tally["extracted quoted"] += sum(f.kind != "indirect" for f in found)
    for i, wanted in enumerate(gold):
        _tally_statement(wanted, found[pairs[i]] if i in pairs else None, tally)
    _tally_direct(article.text, gold, found, tally)
    _tally_words(article.text, gold, found, tally)
    for span in article.not_quotes:
        tally["not_quotes"] += 1
        tally["not_quotes reported"] += _reports(row["attributions"], span)
    return tally


def right_speaker(wanted: Statement, got: Statement) -> bool:
    """Whether the speaker is the annotated one; where nobody is named, nobody may be."""
    return wanted.name == got.name or same_name(wanted.name, got.name)


def _tally_statement(wanted: Statement, got: Statement | None, tally: Counter[str]) -> None:
    right = got is not None and right_speaker(wanted, got)
    tally[f"gold {wanted.kind}"] += 1
    tally[f"found {wanted.kind}"] += got is not None
    tally["kind"] += got is not None and got.kind == wanted.kind
    if wanted.name:
        tally["speakers"] += 1
        tally["speakers right"] += right
    if wanted.organisation:
        tally["organisations"] += 1
        tally["organisations right"] += got is not None and same_name(
            wanted.organisation, got.organisation
        )
    if wanted.kind != "indirect":
        tally["quoted"] += 1
        tally["linked"] += right and got is not None and got.kind != "indirect"


def _tally_direct(
    text: str, gold: list[Statement], found: list[Statement], tally: Counter[str]
) -> None:
    wanted = [statement for statement in gold if statement.kind == "direct"]
    got = [statement for statement in found if statement.kind == "direct"]
    tally["direct gold"] += len(wanted)
    tally["direct extracted"] += len(got)
    pairs = paired(text, wanted, got).items()
    tally["direct linked"] += sum(right_speaker(wanted[i], got[j]) for i, j in pairs)


def _tally_words(
    text: str, gold: list[Statement], found: list[Statement], tally: Counter[str]
) -> None:
    speakers: dict[int, set[str | None]] = {}  # several where one reports what another said
    for statement in found:
        for word in statement.words(text):
            speakers.setdefault(word, set()).add(statement.name)
    tally["words extracted"] += sum(map(len, speakers.values()))
    for wanted in gold:
        if wanted.name:
            own = wanted.words(text)
            tally["words"] += len(own)
            tally["words right"] += sum(
                any(same_name(name, wanted.name) for name in speakers.get(word, ())) for word in own
            )


def _reports(attributions: Iterable[Row], span: Span) -> bool:
    """Whether something quoted but no quotation was extracted as one, a mark more or less."""
    return any(
        abs(start - span[0]) <= 1 and abs(end - span[1]) <= 1
        for item in attributions
        if item["kind"] != "indirect"
        for start, end in item["raw"]["content"]
    )


def statement_figures(tally: Mapping[str, float]) -> dict[str, float]:
    """Per cent, in printing order."""
    return {
        "found P": share(tally, "found", "extracted"),
        "found R": share(tally, "found", "gold"),
        "found F1": f1(tally, "found", "extracted", "gold"),
        **{f"{k} R": share(tally, f"found {k}", f"gold {k}") for k in KINDS},
        "kind": share(tally, "kind", "found"),
        "speaker": share(tally, "speakers right", "speakers"),
        "organisation": share(tally, "organisations right", "organisations"),
        "words F1": f1(tally, "words right", "words extracted", "words"),
        "linked P": share(tally, "linked", "extracted quoted"),
        "linked R": share(tally, "linked", "quoted"),
        "linked F1": f1(tally, "linked", "extracted quoted", "quoted"),
        "direct linked F1": f1(tally, "direct linked", "direct extracted", "direct gold"),
        "not_quotes reported": share(tally, "not_quotes reported", "not_quotes"),
    }


KINDS = ("direct", "mixed", "indirect")


def share(tally: Mapping[str, float], part: str, whole: str) -> float:
    """Per cent of one count in another; 0 of nothing."""
    return 100 * tally[part] / tally[whole] if tally[whole] else 0.0


def f1(tally: Mapping[str, float], right: str, extracted: str, gold: str) -> float:
    """F1 in per cent out of three counts."""
    both = tally[extracted] + tally[gold]
    return 200 * tally[right] / both if both else 0.0
