"""What is done to the thing counted: jobs lost or created, per cents put on a tax."""

from __future__ import annotations

import re

from newsmine.nlp.claims.levels import Change
from newsmine.nlp.claims.lexicon import changes
from newsmine.nlp.claims.text import Sentence
from newsmine.nlp.numbers import Number

_PASSIVE = re.compile(
    r"(?:\s(?!(?:that|who|which|and|said|says|when|as|if|to|by|in|of|on|for|from|with)\s)[\w'’-]+){0,5}?\s"
    r"(?:(?:have|has|had|will|would|could|are|were|was|is|to|may|might|must|should)\s(?:(?:be|been|being|also|now|already)\s){0,3})?"
    r"(?P<word>lost|cut|axed|shed|slashed|wiped|shaved|knocked|trimmed|added)"
    r"(?=\s?[.,;:]|\s?$|\s(?:from|off|by|in|since|at|over|to|last|this|across|as|because|under|when|if)(?!\w))",
    re.IGNORECASE,
)


def passive(number: Number, sentence: Sentence) -> Change | None:
    """`4,000 jobs have been lost`, `£4bn wiped off shares`: the verb after the figure."""
    if number.kind not in ("count", "money", "percent", "points"):
        return None
    after = sentence.after(number.span[1], limit=90)
    if number.kind == "count" and (jobs := _JOBS.match(after)):
        return Change("up" if jobs["made"] else "down", True, "passive")
    if (
        number.kind == "count"
        and _JOB_WORDS.match(after)
        and _CREATES.search(sentence.before(number.extent[0], limit=40))
    ):
        return Change("up", True, "created")
    match = _PASSIVE.match(after)
    return Change(changes("verbs")[match["word"].lower()], True, "passive") if match else None


# Jobs and the like are the one thing of which papers say that it "goes" or is "created".
_JOB_WORDS = re.compile(
    r"\s(?:[\w'’-]+\s){0,2}?(?:jobs|posts|roles|positions|vacancies|places|staff|homes)(?!\w)"
)
_JOBS = re.compile(
    _JOB_WORDS.pattern + r"(?:\s(?:in|at|across)\s[\w\s]{2,24}?)?\s"
    r"(?:(?:have|had|has|will|would|could|may|might|must|should|are|were|is|to|due|set|expected|all)\s){1,4}"
    r"(?:go(?:ne)?(?=\s?[.,;]|\s(?:at|in|as|over|by|when|under|from|if|across)(?!\w)|\s?$)"
    r"|be\sgoing(?!\sto)|disappear(?:ed)?|vanish(?:ed)?|(?P<made>(?:be(?:en)?\s)?(?:created|added)))(?!\w)"
)
_CREATES = re.compile(r"(?<!\w)creat(?:e|es|ed|ing)\s(?:(?:some|about|around|up\sto)\s)?\Z", re.I)


def put_on(number: Number, before: str, after: str) -> Change | None:
    """`put 4% on council tax`, `took 3p off a pint`."""
    if number.kind not in ("percent", "money") or not (match := _PUTS.search(before)):
        return None
    off = match["off"] is not None
    if not re.match(r"\soff(?!\w)" if off else r"\s(?:on|onto|on\sto)(?!\w)", after):
        return None
    # `put £40 on a horse` is a bet.
    if not off and number.kind == "money" and not _COSTS.search(after):
        return None
    return Change("down" if off else "up", True, "put-on")


_PUTS = re.compile(
    r"(?<!\w)(?:put(?:s|ting)?|(?P<off>tak(?:e|es|en|ing)|took))\s(?:\w+\s)?\Z", re.IGNORECASE
)
_COSTS = re.compile(
    r"(?<!\w)(?:bills?|costs?|prices?|fees?|fares?|tax(?:es)?|value|premiums?|pint|litre|packet)(?!\w)"
)
