"""Lines that say what they are by their own words, wherever they stand."""

from __future__ import annotations

import re

from newsmine.ingest import lexicon
from newsmine.ingest.bylines import is_role, parse_bylines
from newsmine.ingest.dates import date_line
from newsmine.ingest.outlets import is_capitalised, is_label, outlet_name

_PARTING = " ,;|·•–—-"


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page or the database, or only labels the section."""
    return lexicon.matches("furniture", text) or is_label(text)


def is_caption(text: str) -> bool:
    """Whether a line stands under a picture."""
    return lexicon.matches("captions", text)


def published(line: str, *, day_first: bool | None = None) -> str | None:
    """The ISO date of a date line; an outlet, section or page may stand beside the date."""
    return date_line(line, is_label=_beside_date, day_first=day_first)


def outlet_beside_date(part: str) -> str | None:
    """The outlet that stands before or after a date on its line.

    An unknown name needs "The" or three words here: *New York, May 3* names a place.
    """
    part = part.strip(_PARTING)
    name = outlet_name(part)
    unknown = is_capitalised(part) and not is_furniture(part)
    full = len(part.split()) >= 3 or part.casefold().startswith("the ")
    return name or (part if unknown and full else None)


def stands_apart(line: str, *, goes_on: bool = False) -> bool:
    """Whether a line is a byline, role, date, outlet, caption or furniture, and all of it.

    Args:
        line: The line.
        goes_on: Whether it could be the rest of the line before; a picture credit at its end then
            says nothing about its beginning, and what ends with a stop is no section's name.
    """
    if len(line) > lexicon.LONGEST_LINE:
        return False
    by_words = parse_bylines(line) or is_role(line) or outlet_name(line) or published(line)
    captioned = lexicon.matches("captions", line, without="credit" if goes_on else "")
    label = is_label(line) and not (goes_on and line.endswith("."))
    return bool(by_words or captioned or label or lexicon.matches("furniture", line))


def title_case(name: str) -> str:
    """A name printed in capitals as it is written elsewhere: *JO McPELL-BELL*, *Jo McPell-Bell*."""
    if not re.sub("Mac|Mc", "", name).isupper() or len(name) < 5:
        return name
    words = (w if w in _KEPT else _capitalised(w) for w in name.split())
    joined = " ".join(words)
    small = r"(?<=\s)(Of|The|And|On|For|In|Von|Van|De|Der)(?=\s)"
    return re.sub(small, lambda m: m[0].lower(), joined)


_KEPT = frozenset("UK US USA EU BBC ITV PA AP AFP TV UKTV II III".split())  # noqa: SIM905


def _capitalised(word: str) -> str:
    capital = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word)
    capital = re.sub(r"(?<=\w)([’'])(S|T)\b", lambda m: m[1] + m[2].lower(), capital)
    return re.sub(r"\b(Mc)([a-z])", lambda m: m[1] + m[2].upper(), capital)


def _beside_date(part: str) -> bool:
    return bool(outlet_beside_date(part) or is_furniture(part))
