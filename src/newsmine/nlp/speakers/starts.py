"""What capitals start with that is no part of a name: "Villager May Lowe", "Ex-Labour"."""

from __future__ import annotations

import re
from dataclasses import replace

from newsmine.nlp.speakers.lexicon import Lexicon
from newsmine.nlp.speakers.runs import starts_sentence
from newsmine.nlp.speakers.spellings import known_words
from newsmine.nlp.speakers.text import Layout, Token

_AGENT = re.compile(r"(?:[a-z]{2}er|[^tu]or|ist|man|woman|person|eer)$")

_CHAMBERS = frozenset({"Assembly"})  # beside the seats, which are bodies on their own


def without_start(run: list[Token], layout: Layout, lex: Lexicon) -> list[Token]:
    """The run without "Ex-", a chamber before a party, and what only starts the sentence."""
    if run[0].text[:3].lower() == "ex-" and run[0].text[3:4].isupper():
        run = [replace(run[0], start=run[0].start + 3, text=run[0].text[3:]), *run[1:]]
    if _called_first(run, layout, lex):
        run = run[1:]  # "Villager May Lowe"
    if run[0].text in lex.seats | _CHAMBERS and _party(run[1:], lex):
        run = run[1:]  # "Holyrood Tory leader"
    while len(run) > 1 and run[-1].text in {"Shadow", "Former", "Chief"}:
        run = run[:-1]
    if (
        len(run) > 1
        and run[0].text.lower() in lex.openers
        and starts_sentence(run[0].start, layout)
    ):
        run = run[1:]  # "Airline Skyhop"
    while len(run) > 1 and run[0].text in lex.not_names and run[1].text != "for":
        if not starts_sentence(run[0].start, layout) and run[0].text not in {"The", "A"}:
            break
        run = run[1:]
    return run


def _party(run: list[Token], lex: Lexicon) -> bool:
    return " ".join(w.text for w in run).lower() in lex.parties


def _called_first(run: list[Token], layout: Layout, lex: Lexicon) -> bool:
    """Whether a sentence starts with what somebody is, and at once goes on with the full name."""
    if len(run) < 3 or not starts_sentence(run[0].start, layout) or run[0].possessive:
        return False
    first = run[0].text.lower()
    called = first in lex.anonymous or (first in known_words() and bool(_AGENT.search(first)))
    named = run[0].text in lex.first_names or run[0].text in lex.titles or first in lex.roles
    return called and not named and run[1].text in lex.first_names and run[-1].text not in lex.heads
