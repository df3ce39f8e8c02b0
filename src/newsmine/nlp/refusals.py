"""Words in quotation marks that nobody is quoted with: names, titles, terms, scare quotes.

Only a row that is nothing but a few quoted words can be refused; where they are part of a clause
that somebody says (``calls the site a ‘lost town’``), the row stays. Each rule is a habit
of newspaper English, kept with its examples in ``data/refusals.toml``. Of 714 short stretches that
PolNeAR's train part annotates as somebody's words as a whole, the rules refuse 19, most of them
names (``a memo titled “…”``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from newsmine.types import Attribution, Span

LONGEST_TERM = 5
"""Words of a term; a passage that is named (``a passage on “…”``) may be longer."""

LONGEST_UNCUED = 8
LONGEST_NAMED = 10
LEAST_TITLE = 3
"""Words all in capitals; two may be an exclamation (``“God Almighty!”``)."""

_MARKS = "\"'“”„«»‘’‚`´"
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_BEFORE = re.compile(r"(?:[^\W_]+(?:[’'-][^\W_]+)*\s+){0,4}\Z")
_APPOSED = re.compile(r",?[”’\"']? (?:a|an|the|his|her|their|its) ((?:[\w’'-]+ ){0,2}[\w’'-]+)")
_TITLE_SMALL = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "it’s", "it's", "that’s"])
_HAVE = frozenset(["has", "have", "had", "having"])
_PRONOUNS = frozenset(["i", "you", "he", "she", "it", "we", "they", "who"])


@dataclass(frozen=True, slots=True)
class _Term:
    """A few quoted words and what stands around them.

    ``apposed`` is what is said of it straight after: ``‘Late Again’, her second novel``.
    """

    words: tuple[str, ...]
    before: tuple[str, ...]
    after: str
    apposed: tuple[str, ...]
    cue: tuple[str, ...]

    @property
    def title(self) -> bool:
        """Whether it is printed as a title: capitals but in small words."""
        return all(w[0].isupper() or w[0].isdigit() or w in _TITLE_SMALL for w in self.words)

    def preceded(self, *, back: int = 1) -> str:
        """The word so many places before the mark, lower-cased."""
        return self.before[-back].lower() if len(self.before) >= back else ""


def without_terms(
    text: str, attributions: Sequence[Attribution], *, headlines: Sequence[Span] = ()
) -> tuple[Attribution, ...]:
    """The attributions without those that only name something in quotation marks.

    Args:
        text: The clean text.
        attributions: What was found in it.
        headlines: Where its headlines stand.
    """
    return tuple(a for a in attributions if refusal(text, a, headlines=headlines) is None)


def refusal(text: str, attribution: Attribution, *, headlines: Sequence[Span] = ()) -> str | None:
    """Why a quoted row is no statement of anybody's; ``None`` where it may be one."""
    if _unsaid_headline(text, attribution, headlines):
        return "a headline that does not say whose words it quotes"
    if _unsaid(text, attribution):
        return "words that nobody is said to have uttered"
    span = _only_quoted(text, attribution)
    if span is None:
        return None
    term = _term(text, span, attribution)
    named = _named(term)
    if named and len(term.words) <= LONGEST_NAMED:
        return named
    if not attribution.cue and term.title and LEAST_TITLE <= len(term.words) <= LONGEST_NAMED:
        return "a title that nobody is said to have uttered"
    longest = LONGEST_TERM if attribution.cue else LONGEST_UNCUED
    if len(term.words) > longest or _is_utterance(text, span, term):
        return None
    return _termed(term, cued=bool(attribution.cue))


def _unsaid_headline(text: str, attribution: Attribution, headlines: Sequence[Span]) -> bool:
    """Whether a headline quotes words without a verb of saying: ``‘Late’: mother’s plea``."""
    start = attribution.content[0][0]
    if attribution.kind == "indirect" or not any(a <= start < b for a, b in headlines):
        return False
    return _words("describing", "cues").isdisjoint(_cue_words(text, attribution))


def _unsaid(text: str, attribution: Attribution) -> bool:
    """Whether it is said that saying so would be of no use, or the like: ``no use crying “Stop!”``.

    Whoever says that has no words quoted here; with a source it may be otherwise.
    """
    if attribution.source or not attribution.cue or attribution.kind == "indirect":
        return False
    start = attribution.cue[0][0]
    before = " ".join(text[max(0, start - 30) : start].lower().split())
    return any(re.search(rf"(?:^|\s){re.escape(p)}$", before) for p in _words("nobody", "phrases"))


def _only_quoted(text: str, attribution: Attribution) -> Span | None:
    """The one content of a row, where that is a stretch in quotation marks as a whole."""
    if attribution.kind == "indirect" or len(attribution.content) != 1:
        return None
    start, end = attribution.content[0]
    whole = end - start > 2 and text[start] in _MARKS and text[end - 1] in _MARKS + ",."
    inner = text[start + 1 : end - 1].strip(_MARKS + ",.")
    return (start, end) if whole and not _reopens(inner) else None


def _reopens(inner: str) -> bool:
    """Whether one quotation ends and another begins within: ``“Yes,” she said. “We do.”``"""
    return re.search(r"[”’\"'»][\s,.].*\s[“‘\"'«]\w", inner) is not None


def _term(text: str, span: Span, attribution: Attribution) -> _Term:
    start, end = span
    before = _BEFORE.search(text, max(0, start - 80), start)
    apposed = _APPOSED.match(text, end)
    after = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return _Term(
        tuple(_WORD.findall(text[start:end])),
        tuple(before[0].split()) if before else (),
        after[0] if after else "",
        tuple(apposed[1].lower().split()) if apposed else (),
        _cue_words(text, attribution),
    )


def _cue_words(text: str, attribution: Attribution) -> tuple[str, ...]:
    return tuple(w.lower() for s, e in attribution.cue for w in _WORD.findall(text[s:e]))


def _is_utterance(text: str, span: Span, term: _Term) -> bool:
    """Whether it ends as a sentence does, or as one that the reporter's words follow."""
    last = text[slice(*span)].rstrip(_MARKS)[-1:]
    return last in tuple("?!…") or (last in tuple(".,") and not _is_determiner(term.preceded()))


def _named(term: _Term) -> str | None:
    """A name that the words before the mark announce."""
    tail = " ".join(term.before).lower()
    if any(re.search(rf"(?:^|\s){re.escape(p)}$", tail) for p in _words("always", "phrases")):
        return "announced as a name or term"
    if term.preceded() in _words("naming", "words") and _gives_name(term):
        return "given as a name"
    works = _words("works", "words")
    work = term.preceded() in works or not works.isdisjoint(term.apposed)
    return "the title of a work" if work and term.title and len(term.words) > 1 else None


def _gives_name(term: _Term) -> bool:
    """``a man called “…”``, ``is called “The …”``; not ``what Roe called “…”``."""
    before = term.before[-2] if len(term.before) > 1 else ""
    if before.lower() in _PRONOUNS:
        return False
    noun = before[:1].islower() and before not in _BE | _HAVE
    return term.title or noun


def _termed(term: _Term, *, cued: bool) -> str | None:
    """A term, a scare quote or a nickname."""
    describing = not _words("describing", "cues").isdisjoint(term.cue)
    if _is_nickname(term):
        return "a nickname"
    if not cued:
        return "a fragment that nobody is said to have uttered"
    if _is_determiner(term.preceded()) and not describing:
        return "a quoted noun"
    deed = not _words("deeds", "cues").isdisjoint(term.cue)
    return "what somebody acts on" if deed and not describing else None


def _is_nickname(term: _Term) -> bool:
    first, last = term.before[-1:] and term.before[-1][0].isupper(), term.after[:1].isupper()
    return bool(first and last and term.title and len(term.words) <= 3)


def _is_determiner(word: str) -> bool:
    return word in _words("determiners", "words") or word.endswith(("’s", "'s", "s’", "s'"))


@cache
def _data() -> dict[str, Any]:
    text = resources.files("newsmine.data").joinpath("refusals.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _words(group: str, key: str) -> frozenset[str]:
    return frozenset(_data()[group][key])
