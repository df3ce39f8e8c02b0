"""What coders are asked of each row, with which answers; the guide that goes with a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from newsmine.index.clusters.words import words_of

What = Literal["quotes", "claims"]

CODES = ("right", "wrong", "unsure")


@dataclass(frozen=True, slots=True)
class Question:
    """A column to be coded: its heading and what it asks."""

    column: str
    asks: str


QUESTIONS: Mapping[What, tuple[Question, ...]] = {
    "quotes": (
        Question(
            "is it a statement?",
            "Does somebody say or write this here, in their words or in the paper's? If not"
            " (a title, a scare quote, the paper's own view), it is wrong: leave the others empty.",
        ),
        Question(
            "kind right?",
            "direct: all in quotation marks; mixed: in part; indirect: in the paper's words.",
        ),
        Question(
            "speaker right?",
            "Is it this person or body that speaks? Another spelling of the name is right; an empty"
            " cell is right if the article does not say who speaks.",
        ),
        Question(
            "organisation right?",
            "Does the speaker speak for this body, or belong to it? An empty cell is right if the"
            " article names none.",
        ),
    ),
    "claims": (
        Question(
            "is it a figure?",
            "Does the article state this number of something? If not (a date, an age, a name), it"
            " is wrong: leave the others empty.",
        ),
        Question("value right?", "Is the value what is printed, unit and form with it?"),
        Question("counted right?", "Is this what the figure counts?"),
        Question("speaker right?", "Is it this person or body that gives the figure?"),
    ),
}

SHOWN: Mapping[What, tuple[str, ...]] = {
    "quotes": ("quote", "kind", "speaker", "role", "organisation"),
    "claims": ("text", "value", "form", "unit", "counted", "speaker", "organisation"),
}
"""What is judged."""

WHERE = ("context", "outlet", "published", "headline", "path", "permalink")
NOTE = "note"
DESIGN = ("stratum", "stratum_rows", "stratum_drawn", "rows_drawn", "id", "seal")
"""What `newsmine agree` needs to know a row by."""


def columns(what: What) -> tuple[str, ...]:
    """All columns of a sheet, in order."""
    asked = (question.column for question in QUESTIONS[what])
    return ("row", *SHOWN[what], WHERE[0], *asked, NOTE, *WHERE[1:], *DESIGN)


def seal_of(ident: str, text: str, stratum: str) -> str:
    """A few letters that change when a row's text, id and stratum no longer belong together.

    Only words count: spreadsheets change blanks and marks when they save.
    """
    plain = "|".join((ident, " ".join(words_of(text)), " ".join(words_of(stratum))))
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:8]


def guide(what: What) -> tuple[tuple[str, str], ...]:
    """The guide for coders, as headings and texts."""
    return (
        ("How to code", "Read the quote or figure in its context, then answer each question:"),
        ("right", "It is as the row says."),
        ("wrong", "It is not."),
        ("unsure", "The text leaves it open, or you cannot tell. Say why under note."),
        ("(empty)", "Not looked at, or of no sense because the first answer is wrong."),
        ("", ""),
        *((question.column, question.asks) for question in QUESTIONS[what]),
        ("", ""),
        (
            "Several coders",
            "Each codes a copy of this sheet, alone, without talking about rows before all are"
            " done. Then: newsmine agree a.xlsx b.xlsx",
        ),
        (
            "Leave as it is",
            "All other columns. Rows may be sorted, if whole rows move; none may be added or left"
            " out.",
        ),
    )
