"""What a user may ask for, checked before it reaches SQL.

How the filters match:

* ``org``, ``speaker``, ``outlet``: the words of the filter, one after the other, somewhere in the
  name, whole, in any case and with or without accents; punctuation and a leading "the" do not
  count. "nspcc" finds "NSPCC", "the NSPCC" and "NSPCC Cymru"; "stower" finds "Tony Stower";
  "meta" does not find "Metalworks". ``org`` also finds what ``data/organisations.toml`` knows to be
  another name of the same organisation: "iwf" the "Internet Watch Foundation".
* ``since``, ``until``: 2018, 2018-05 or 2018-05-03, both inclusive: until 2018 is until its last
  day. An article of a partly known date passes if any day that it may be of does; one without a
  date never does.
* ``text``, ``counted``: words that must all occur, in any order, case and inflection (the Porter
  stemmer: "report" finds "reported"); words in double quotation marks must follow each other;
  ``verif*`` is a beginning. No other character has a meaning.
* ``topic``: one of those that the index is scored for, in any case, hyphens or not; of figures,
  what the passage around them is about.
* ``kind``, ``form``: equal.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, fields
from typing import Any, Literal, TypedDict, get_args

from newsmine.errors import QueryError
from newsmine.index.texts import storable
from newsmine.types import AttributionKind, ClaimForm

What = Literal["quotes", "claims"]
Sort = Literal["date", "outlet", "organisation", "speaker", "confidence", "rank"]
Date = str | int | datetime.date

MOST_WORDS = 50
"""In a full-text filter: SQLite's parser gives up at some number above it."""


class Filters(TypedDict, total=False):
    """The keywords of ``Index.quotes`` and its like; ``None`` is the same as leaving one out."""

    org: str | None
    speaker: str | None
    outlet: str | None
    since: Date | None
    until: Date | None
    kind: AttributionKind | str | None
    text: str | None
    topic: str | None
    form: ClaimForm | str | None
    counted: str | None
    limit: int | None
    sort: Sort | str | None


@dataclass(frozen=True, slots=True)
class Query:
    """A checked query: which table, which rows, in which order.

    Sort by "date" (newest first, undated last) unless told otherwise; by "rank" is by how well
    the text fits (BM25). Rows that tie keep the order of the articles and of the text.

    Raises:
        QueryError: A value makes no sense.
    """

    what: What
    org: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    since: Date | None = None
    until: Date | None = None
    kind: str | None = None
    text: str | None = None
    topic: str | None = None
    form: str | None = None
    counted: str | None = None
    limit: int | None = None
    sort: str | None = None

    def __post_init__(self) -> None:
        for name in ("org", "speaker", "outlet"):
            if (value := getattr(self, name)) is not None:
                name_expression(name, value)
        for name in ("text", "counted"):
            if (value := getattr(self, name)) is not None:
                word_expression(name, value)
        _check_dates(self.since, self.until)
        _check_choice("kind", self.kind, get_args(AttributionKind))
        _check_choice("form", self.form, get_args(ClaimForm))
        _check_choice("sort", self.sort, SORTS[self.what])
        if self.sort == "rank" and self.text is None:
            raise QueryError("sort rank", "needs a text to rank by", "Give a text too")
        if self.limit is not None and self.limit < 1:
            raise QueryError(f"limit {self.limit}", "leaves no row", "Give 1 or more")
        if self.what == "quotes" and (self.form or self.counted):
            raise QueryError("form and counted", "are about figures", "Ask for claims")

    def filters(self) -> dict[str, Any]:
        """The filters that are set, by name."""
        names = (f.name for f in fields(self) if f.name not in ("what", "limit", "sort"))
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    def only(self, *names: str) -> Query:
        """The same query with no filters but these."""
        kept = {name: value for name, value in self.filters().items() if name in names}
        return Query(self.what, **kept)

    def without(self, name: str) -> Query:
        """The same query without one filter."""
        return self.only(*(other for other in self.filters() if other != name))


_BOTH: tuple[str, ...] = ("date", "outlet", "organisation", "speaker", "rank")
SORTS: dict[What, tuple[str, ...]] = {"quotes": (*_BOTH, "confidence"), "claims": _BOTH}


def _check_choice(name: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise QueryError(f"{name} {_shown(value)}", "is unknown", f"Take one of {', '.join(known)}")


def _check_dates(since: Date | None, until: Date | None) -> None:
    first = None if since is None else iso_date("since", since)
    last = None if until is None else iso_date("until", until)
    if first and last and first > latest(last):
        remedy = "Swap them"
        raise QueryError(f"since {first}", f"is later than until {last}", remedy)


def iso_date(name: str, value: Date) -> str:
    """A date as it is written in the index: YYYY, YYYY-MM or YYYY-MM-DD."""
    text = str(value).strip()
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    try:
        if match is None:
            raise ValueError("not of that form")
        datetime.date(*(int(part or 1) for part in match.groups()))
    except ValueError as error:
        remedy = "Write it as 2018, 2018-05 or 2018-05-03"
        raise QueryError(f"{name} {_shown(text)}", "is no date", remedy) from error
    return text


def latest(date: str) -> str:
    """A text not before any day of a date that may be partial, compared as text."""
    return date + "-99-99"[len(date) - 4 :]


def parents(date: str) -> list[str]:
    """The partial dates that the date may be a part of: 2018 and 2018-05 for 2018-05-03."""
    return [date[:length] for length in (4, 7) if length < len(date)]


WHOLE = "="
"""Before a name: all of it, not only words in it."""


def name_expression(field: str, value: str) -> str:
    """The FTS5 expression that finds names with these words in a row.

    Raises:
        QueryError: The value has no word.
    """
    bare = re.sub(r"^\W*the\s+(?=.*\w)", "", value, flags=re.IGNORECASE)
    return phrase_expression(_checked(field, bare))


def word_expression(field: str, value: str) -> str:
    """The FTS5 expression for words and phrases; whatever a user types stays text.

    Raises:
        QueryError: There is no word, too many, or a quotation mark is left open.
    """
    parts = words_of(field, value)
    return " AND ".join(phrase_expression(text) + " *" * more for text, more in parts)


def words_of(field: str, value: str) -> list[tuple[str, bool]]:
    """The words and phrases of a full-text filter, and whether each is only a beginning.

    Raises:
        QueryError: There is no word, too many, or a quotation mark is left open.
    """
    plain = re.sub("[“”„«»]", '"', _checked(field, value))
    if plain.count('"') % 2:
        reason = "has a quotation mark that is not closed"
        raise QueryError(f"{field} {_shown(value)}", reason, "Close it, or leave it out")
    parts = [m for m in re.finditer(r'"([^"]*)"|([^"\s]+)', plain) if re.search(r"[^\W_]", m[0])]
    if sum(len(re.findall(r"\w+", part[0])) for part in parts) > MOST_WORDS:
        reason = f"has more than {MOST_WORDS} words"
        raise QueryError(f"{field} {_shown(value)}", reason, "Search for fewer")
    return [(part[1] or part[2], (part[2] or "").endswith("*")) for part in parts]


def _checked(field: str, value: str) -> str:
    if not re.search(r"[^\W_]", value):
        reason = "has neither a letter nor a digit"
        raise QueryError(f"{field} {_shown(value)}", reason, "Give a word to look for")
    return storable(value).replace("\0", " ")


def phrase_expression(words: str) -> str:
    """An FTS5 string: between double quotes nothing has a meaning but the double quote itself."""
    return '"' + words.replace('"', '""') + '"'


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return repr(text if len(text) <= 60 else text[:60] + "…")
