"""Score extractions of the sample corpus against its gold: who said what, with which numbers.

Rows are what ``newsmine extract corpora/sample --format jsonl`` prints. Definitions:

* statement: an attribution with those that continue it; of the extracted ones, those without a
  cue that follow the same speaker's are joined. A gold and an extracted statement are the same,
  one to one, when their words overlap with Jaccard >= 0.5.
* speaker, organisation: of the gold statements that have one, how many were found with it. Names
  are the same but for titles, or when all words of one are among the other's.
* words: words inside contents with the right speaker.
* linked: direct and mixed statements found as direct or mixed, and with the right speaker.
* claims: figures whose span overlaps and whose value, or either end of a range, is right; a share
  may be given as per cent or as a part of one.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from newsmine.errors import NewsmineError
from newsmine.evaluation.gold import GoldArticle, GoldClaim, load_gold
from newsmine.resources import shipped
from newsmine.types import Span

Row = Mapping[str, Any]

SAME_WORDS = 0.5
SAME_VALUE = 1e-5  # relative; the gold writes a third as 33.3333

_WORD = re.compile(r"\w+")
_TITLE = re.compile(
    r"^(mr|mrs|ms|miss|dr|sir|dame|lord|lady|baroness|professor|prof|cllr|councillor|the|a|an)\.?\s+"
)


@dataclass(frozen=True, slots=True)
class _Statement:
    content: tuple[Span, ...]
    kind: str
    name: str | None
    organisation: str | None

    def words(self, text: str) -> set[int]:
        """Where its words start, so that marks and stops at its edges do not matter."""
        return {m.start() for start, end in self.content for m in _WORD.finditer(text, start, end)}


def score_sample(rows: Iterable[Row], articles: Sequence[GoldArticle]) -> dict[str, float]:
    """Figures in per cent, with the numbers of gold statements and claims, in printing order.

    A gold article without a row counts as one in which nothing was found.

    Raises:
        NewsmineError: A row is of an article that the gold lacks, or an article has two rows.
    """
    by_name: dict[str, Row] = {}
    for row in rows:
        name = Path(row["article"]["path"]).stem
        if name in by_name:
            raise NewsmineError(name, "has two rows", "Score one extraction at a time")
        by_name[name] = row
    if unknown := sorted(by_name.keys() - {article.name for article in articles}):
        raise NewsmineError(unknown[0], "is no article of the gold", "Extract the gold's texts")
    tally: Counter[str] = Counter()
    for article in articles:
        row = by_name.get(article.name, {"attributions": [], "claims": []})
        _tally_statements(article, row, tally)
        _tally_claims(article, row["claims"], tally)
    return _figures(tally)


def _gold_statements(article: GoldArticle) -> list[_Statement]:
    items = sorted(article.attributions, key=lambda a: a.content[0])
    out: list[_Statement] = []
    for item in items:
        name = item.speaker.name if item.speaker else None
        organisation = item.speaker.organisation if item.speaker else None
        statement = _Statement(item.content, item.kind, name, organisation)
        _append(out, statement, joins=item.continues)
    return out


def _extracted_statements(row: Row) -> list[_Statement]:
    items = [a for a in row["attributions"] if a["raw"]["content"]]
    out: list[_Statement] = []
    for item in sorted(items, key=lambda a: a["raw"]["content"][0]):
        content = tuple((start, end) for start, end in item["raw"]["content"])
        speaker = item.get("speaker") or {}
        name = speaker.get("name")
        organisation = speaker.get("organisation")
        if speaker.get("type") == "organisation":
            organisation = organisation or name
        statement = _Statement(content, item["kind"], name, organisation)
        _append(out, statement, joins=not item["raw"].get("cue"))
    return out


def _append(out: list[_Statement], new: _Statement, *, joins: bool) -> None:
    """Add a statement, or lengthen the last one where the new one only continues it."""
    if joins and out and out[-1].name == new.name:
        out[-1] = replace(out[-1], content=out[-1].content + new.content)
    else:
        out.append(new)


def _paired(text: str, gold: list[_Statement], found: list[_Statement]) -> dict[int, int]:
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


def _tally_statements(article: GoldArticle, row: Row, tally: Counter[str]) -> None:
    gold, found = _gold_statements(article), _extracted_statements(row)
    pairs = _paired(article.text, gold, found)
    tally["gold"] += len(gold)
    tally["extracted"] += len(found)
    tally["found"] += len(pairs)
    tally["extracted quoted"] += sum(f.kind != "indirect" for f in found)
    for i, wanted in enumerate(gold):
        _tally_statement(wanted, found[pairs[i]] if i in pairs else None, tally)
    _tally_words(article.text, gold, found, tally)
    for span in article.not_quotes:
        tally["not_quotes"] += 1
        tally["not_quotes reported"] += _reports(row["attributions"], span)


def _tally_statement(wanted: _Statement, got: _Statement | None, tally: Counter[str]) -> None:
    right = got is not None and (wanted.name == got.name or same_name(wanted.name, got.name))
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


def _tally_words(
    text: str, gold: list[_Statement], found: list[_Statement], tally: Counter[str]
) -> None:
    speakers: dict[int, set[str | None]] = {}  # several where one reports what another said
    for statement in found:
        for word in statement.words(text):
            speakers.setdefault(word, set()).add(statement.name)
    tally["words extracted"] += sum(map(len, speakers.values()))
    for wanted in gold:
        if wanted.name:
            words = wanted.words(text)
            tally["words"] += len(words)
            tally["words right"] += sum(
                any(same_name(name, wanted.name) for name in speakers.get(word, ()))
                for word in words
            )


def _reports(attributions: Iterable[Row], span: Span) -> bool:
    """Whether something quoted but no quotation was extracted as one, a mark more or less."""
    return any(
        abs(start - span[0]) <= 1 and abs(end - span[1]) <= 1
        for item in attributions
        if item["kind"] != "indirect"
        for start, end in item["raw"]["content"]
    )


def _tally_claims(article: GoldArticle, claims: Sequence[Row], tally: Counter[str]) -> None:
    used: set[int] = set()
    for wanted in article.claims:
        for j, claim in enumerate(claims):
            if j not in used and _overlap(claim, wanted.span) and _same_value(claim, wanted):
                used.add(j)
                break
    tally["claims"] += len(article.claims)
    tally["claims found"] += len(used)
    tally["claims extracted"] += len(claims)
    tally["not_claims"] += len(article.not_claims)
    tally["not_claims reported"] += sum(
        any(_overlap(claim, span) for claim in claims) for span in article.not_claims
    )


def _overlap(claim: Row, span: Span) -> bool:
    return any(start < span[1] and span[0] < end for start, end in claim["raw"])


def _same_value(claim: Row, wanted: GoldClaim) -> bool:
    value, low, high = (claim.get(key) for key in ("value", "low", "high"))
    if wanted.value is None:
        return value is None
    if isinstance(wanted.value, tuple):
        ends = _close(low, wanted.value[0]) and _close(high, wanted.value[1])
        return ends or any(_close(value, end) for end in wanted.value)
    scaled = None if value is None else float(value) * 100
    want = wanted.value
    return _close(value, want) or _close(scaled, want) or _close(value, want * 100)


def _close(value: Any, want: float) -> bool:
    return value is not None and abs(float(value) - want) <= SAME_VALUE * abs(want)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are one but for titles, or all words of one are among the other's."""
    a, b = _name_words(one), _name_words(other)
    return bool(a and b) and (a <= b or b <= a)


def _name_words(name: str | None) -> set[str]:
    plain = (name or "").lower().replace("’", "'").strip()
    while (shorter := _TITLE.sub("", plain)) != plain:
        plain = shorter
    return set(re.sub(r"[^\w ]", "", plain.removesuffix("'s")).split())


def _figures(tally: Counter[str]) -> dict[str, float]:
    def share(part: str, whole: str) -> float:
        return 100 * tally[part] / tally[whole] if tally[whole] else 0.0

    def f1(right: str, extracted: str, gold: str) -> float:
        both = tally[extracted] + tally[gold]
        return 200 * tally[right] / both if both else 0.0

    return {
        "statements": tally["gold"],
        "found P": share("found", "extracted"),
        "found R": share("found", "gold"),
        "found F1": f1("found", "extracted", "gold"),
        **{f"{k} R": share(f"found {k}", f"gold {k}") for k in ("direct", "mixed", "indirect")},
        "kind": share("kind", "found"),
        "speaker": share("speakers right", "speakers"),
        "organisation": share("organisations right", "organisations"),
        "words F1": f1("words right", "words extracted", "words"),
        "linked P": share("linked", "extracted quoted"),
        "linked R": share("linked", "quoted"),
        "linked F1": f1("linked", "extracted quoted", "quoted"),
        "not_quotes reported": share("not_quotes reported", "not_quotes"),
        "claims": tally["claims"],
        "claims P": share("claims found", "claims extracted"),
        "claims R": share("claims found", "claims"),
        "claims F1": f1("claims found", "claims extracted", "claims"),
        "not_claims reported": share("not_claims reported", "not_claims"),
    }


def main(arguments: Sequence[str]) -> int:
    """``python -m newsmine.evaluation.sample EXTRACTED.jsonl [FOLDER]``; the exit status."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(f"{main.__doc__}\n")
        return 2
    folder = Path(arguments[1]) if len(arguments) == 2 else shipped("corpora/sample")
    try:
        lines = Path(arguments[0]).read_text(encoding="utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line.strip()]
        figures = score_sample(rows, load_gold(folder))
    except (OSError, ValueError, NewsmineError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name, value in figures.items():
        sys.stdout.write(f"{name:20s} {value:6.1f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
