"""Stretches of capitalised words, with the small words that hold a name together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsmine.nlp.speakers.lexicon import Lexicon, lexicon
from newsmine.nlp.speakers.text import Layout, Token, tokens

_LINKS = (
    "of",
    "of the",
    "for",
    "for the",
    "to",
    "and",
    "de",
    "van",
    "van der",
    "von",
    "del",
    "della",
    "van den",
    "de la",
    "di",
    "da",
    "du",
    "dos",
    "bin",
    "ibn",
)
_PARTICLES = frozenset(_LINKS[6:])
PARTICLE_WORDS = frozenset(word for particle in _PARTICLES for word in particle.split())
_MONTH = re.compile(r"(?:\d|\b(?:in|on|by|since|until|till|last|next|this|of|early|late|from))\s$")
_NAMED_FOR = re.compile(r" (?:for|Against) [A-Z]")
_PAPER = re.compile(r" [A-Z][a-z]+(?! [A-Z])")  # "the Sunday Courier"
_THE = re.compile(r"\b[Tt]he $")
_PEOPLE = frozenset({"children", "women", "men", "people", "king", "queen"})
_GAP = re.compile(r"\.? +|\.?[ \t]*\n[ \t]*")


def capital_runs(layout: Layout) -> Iterator[list[Token]]:
    """Stretches of capitalised words with the small words that hold a name together."""
    lex, words = lexicon(), tokens(layout.text)
    run: list[Token] = []
    index = 0
    while index < len(words):
        word = words[index]
        if run:
            link = _link(run, words, index, layout.text, lex)
            if link is None:
                yield run
                run = []
            else:
                run += words[index : index + link]
                index += link
                continue
        if word.capital and not _only_case(word, layout, lex):
            run = [word]
        index += 1
    if run:
        yield run


def _only_case(word: Token, layout: Layout, lex: Lexicon) -> bool:
    """Whether the capital tells nothing: a sentence start, a date, or a word set in capitals."""
    if word.text == "Sunday" and _PAPER.match(layout.text, word.end):
        return not _THE.search(layout.text[max(0, word.start - 4) : word.start])
    if word.text in lex.dates or word.text in {"I", "The", "A", "An"}:
        return True
    if word.text == "May" and _MONTH.search(layout.text[max(0, word.start - 8) : word.start]):
        return True
    plain = word.text.capitalize() if word.text.isupper() else word.text
    if plain not in lex.not_names:
        return False
    if plain.lower() in lex.groups and _NAMED_FOR.match(layout.text, word.end):
        return False
    return word.text.isupper() or starts_sentence(word.start, layout)


def starts_sentence(position: int, layout: Layout) -> bool:
    before = layout.text[layout.sentence_span(position)[0] : position]
    return not re.search(r"\w", before) or bool(re.search(r"[:“\"‘] ?$", before))


def _link(run: list[Token], words: list[Token], index: int, text: str, lex: Lexicon) -> int | None:
    """How many of the next words go on with the run, or None where it ends."""
    last, word = run[-1], words[index]
    if last.possessive and not _goes_on(run, words, index, text, lex):
        return None
    if not _GAP.fullmatch(text[_after(last, text) : word.start]):
        return None
    if text[last.end : word.start].startswith(".") and not _abbreviated(last, lex):
        return None
    if word.capital and word.text not in lex.dates and word.text != "I":
        return 1
    if word.text == "&":
        return 2 if index + 1 < len(words) and words[index + 1].capital else None
    for count in (2, 1):
        following = words[index + count : index + count + 1]
        phrase = " ".join(w.text for w in words[index : index + count])
        if phrase in _LINKS and following and following[0].capital:
            gap = text[word.end : following[0].start]
            if "," not in gap and _holds(run, phrase, words, index + count, text, lex):
                return count + 1
    return None


def _after(word: Token, text: str) -> int:
    """The end of a word with its possessive ending."""
    ending = re.match(r"[’']s?", text[word.end : word.end + 2]) if word.possessive else None
    return word.end + (len(ending.group()) if ending else 0)


def _goes_on(run: list[Token], words: list[Token], index: int, text: str, lex: Lexicon) -> bool:
    """Whether a possessive is inside a name ("Children's Tide League", "Bakers' Federation")."""
    last = run[-1]
    plural = last.text.endswith("s") and len(run) <= 2 and not last.text.isupper()
    if last.text.lower() not in _PEOPLE and not plural:
        return False
    tail = []
    for word in words[index : index + 5]:
        if not word.capital:
            break
        tail.append(word.text)
    return any(w in lex.heads for w in tail)


def _abbreviated(word: Token, lex: Lexicon) -> bool:
    return word.text in lex.titles or len(word.text.strip(".")) == 1


def _holds(
    run: list[Token], link: str, words: list[Token], index: int, text: str, lex: Lexicon
) -> bool:
    """Whether a small word joins the names on its two sides into one."""
    if link in _PARTICLES:
        return True
    texts = [w.text for w in run]
    heads = [w in lex.heads or lex.role_at_end([w]) > 0 for w in texts]
    titled = texts[0] in lex.titles and len(texts) > 1
    if titled and not any(w in lex.heads for w in texts) and "Secretary" not in texts:
        return False
    if link.startswith("of"):
        return any(heads)
    if link.startswith(("for", "to")):
        return heads[-1] or "State" in texts or texts[-1].lower() in lex.groups
    if any(a in {"of", "for"} for a in texts):
        return words[index].text not in lex.titles and words[index].text not in lex.first_names
    return _and_joins(texts, words, index, text, lex)


def _and_joins(texts: list[str], words: list[Token], index: int, text: str, lex: Lexicon) -> bool:
    """Joined by "and" where what follows ends in a head that what comes before lacks."""
    if texts[0] in lex.titles or texts[0] in lex.first_names or texts[-1] in lex.heads:
        return False
    if " ".join(texts).lower() in lex.parties or texts[-1].isupper():
        return False
    right = [words[index]]
    for word in words[index + 1 : index + 6]:
        if not word.capital or text[right[-1].end : word.start] != " ":
            break
        right.append(word)
    tail = [w.text for w in right]
    return tail[-1] in lex.heads or (len(texts) == 1 and any(lex.role_at_end([w]) for w in tail))
