"""How well the fields of claims are filled, against the sample corpus's gold.

A claim is found where span and value are right (see ``sample``). Of the found ones, a field is
scored where the gold has it: form, direction and status must be the same, what is counted must
have the gold's head word, as must its population; base, period and area must share a word that
says when, where or how much, and the source is right by the speaker's name or the organisation's.

    python -m newsmine.evaluation.claims EXTRACTED.jsonl [FOLDER]
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from newsmine.evaluation.command import print_scores
from newsmine.evaluation.gold import GoldArticle, GoldClaim
from newsmine.evaluation.names import same_name
from newsmine.evaluation.sample import pair_claims
from newsmine.evaluation.statements import Row

_WORD = re.compile(r"[\w'’-]+")
_MEASURE = re.compile(
    r"(?i)(?<![\w])(?:numbers?|shares?|proportion|percentage|total|amount)\s(?:of|who|that)\s"
)
_LEADS = frozenset(
    ("the", "a", "an", "this", "those", "its", "their", "his", "her", "some", "such")
)
_AFTER_HEAD = frozenset(
    ("of", "in", "for", "to", "at", "by", "on", "with", "from", "who", "that", "which", "aged",
     "under", "over", "between", "against", "about", "into", "as", "than")
)  # fmt: skip
_SMALL = _LEADS | _AFTER_HEAD | {"and", "or", "is", "was", "were", "had", "has", "have", "be"}


def head_word(phrase: str) -> str | None:
    """The last word of a noun phrase before its `of` or `who`: `girls aged 13` is `girls`.

    A number, share or total of something is that: `the number of girls` is `girls` too.
    """
    words: list[str] = [word.lower() for word in _WORD.findall(_MEASURE.sub("", phrase))]
    while words and words[0] in _SMALL and words[1:2] != ["who"]:
        words = words[1:]
    for place, word in enumerate(words):
        if place and word in _AFTER_HEAD:
            return words[place - 1]
    return words[-1] if words else None


def has_head(gold: str, extracted: str | None) -> bool:
    """Whether the gold's head word is in the extracted phrase; plural or singular alike."""
    head = head_word(gold)
    words = {_plain(word.lower()) for word in _WORD.findall(extracted or "")}
    return head is not None and _plain(head) in words


def shares_word(gold: str, extracted: str | None) -> bool:
    """Whether a word beyond articles and prepositions is in both."""
    return bool(_content(gold) & _content(extracted or ""))


def _plain(word: str) -> str:
    word = re.sub(r"['’]s?\Z", "", word)
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _content(phrase: str) -> set[str]:
    return {_plain(w.lower()) for w in _WORD.findall(phrase)} - _SMALL


_Field = Callable[[GoldClaim, Row], bool | None]


def _same(name: str) -> _Field:
    def right(wanted: GoldClaim, got: Row) -> bool | None:
        value = getattr(wanted, name)
        return None if value is None else value == got.get(name)

    return right


def _by(name: str, alike: Callable[[str, str | None], bool]) -> _Field:
    def right(wanted: GoldClaim, got: Row) -> bool | None:
        value = getattr(wanted, name)
        return None if value is None else alike(value, got.get(name))

    return right


def _source(wanted: GoldClaim, got: Row) -> bool | None:
    names = [name for name in (wanted.speaker, wanted.organisation) if name]
    speaker = got.get("speaker")
    spoken = speaker.get("name") if isinstance(speaker, Mapping) else speaker
    mine = (spoken, got.get("organisation"))
    return any(same_name(a, b) for a in names for b in mine) if names else None


_FIELDS: dict[str, _Field] = {
    "form": _same("form"),
    "counted": _by("counted", has_head),
    "counted loosely": _by("counted", shares_word),
    "source": _source,
    "direction": _same("direction"),
    "base": _by("base", shares_word),
    "period": _by("period", shares_word),
    "status": _same("status"),
    "population": _by("population", has_head),
    "area": _by("area", shares_word),
}


def tally_fields(article: GoldArticle, row: Row) -> Counter[str]:
    """Per field, how often the gold of a found claim has it and how often it is right."""
    tally: Counter[str] = Counter()
    claims = row["claims"]
    for wanted, place in pair_claims(article.claims, claims):
        for name, right in _FIELDS.items():
            verdict = right(wanted, claims[place])
            tally[name] += verdict is not None
            tally[f"{name} right"] += bool(verdict)
    return tally


def score_fields(rows: Iterable[Row], articles: Sequence[GoldArticle]) -> dict[str, float]:
    """Per cent right of each field, and under ``"counted of"`` and the like how many had it.

    Args:
        rows: As ``newsmine extract --format jsonl`` prints them; a speaker may be a name or the
            whole record.
        articles: The gold; one without a row has nothing found.
    """
    by_name = {Path(row["article"]["path"]).stem: row for row in rows}
    tally: Counter[str] = Counter()
    for article in articles:
        if row := by_name.get(article.name):
            tally += tally_fields(article, row)
    out: dict[str, float] = {}
    for name in _FIELDS:
        out[name] = 100 * tally[f"{name} right"] / tally[name] if tally[name] else 0.0
        out[f"{name} of"] = tally[name]
    return out


def main(arguments: Sequence[str]) -> int:
    """``python -m newsmine.evaluation.claims EXTRACTED.jsonl [FOLDER]``; the exit status."""
    return print_scores(f"{main.__doc__}", arguments, _printed)


def _printed(rows: Iterable[Row], articles: Sequence[GoldArticle]) -> list[str]:
    found = score_fields(rows, articles)
    return [f"{name:20s} {found[name]:6.1f}  of {found[f'{name} of']:.0f}" for name in _FIELDS]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
