"""What the page shows once more is tied to the quotation it repeats."""

from __future__ import annotations

import re
from typing import cast, get_args

import pytest

from newsmine.nlp.pull_quotes import tie_repeats
from newsmine.nlp.quotation_marks import find_quotations
from newsmine.types import Attribution, Span, Zone, ZoneKind

_ZONE = re.compile(r"<(\w+)>\s*")
_ROW = re.compile(r"\[([RU]):(.+?)\]", re.DOTALL)


def tied(marked: str) -> list[tuple[str, tuple[str, ...]]]:
    """The rows left and their reasons.

    Paragraphs are headed by ``<zone>``; ``[R:…]`` is a row with source and cue, ``[U:…]`` one
    without.
    """
    text, zones, rows = "", [], []
    for part in marked.split("\n\n"):
        match = _ZONE.match(part)
        kind = cast(ZoneKind, match[1] if match else "body")
        assert kind in get_args(ZoneKind)
        start = len(text)
        text, found = _plain(text, part[match.end() if match else 0 :])
        rows += found
        zones.append(Zone((start, len(text)), kind))
        text += "\n\n"
    named: dict[str, tuple[Span, ...]] = {"R": ((0, 1),), "U": ()}
    attributions = [
        Attribution(f"a{i}", "direct", (span,), named[letter], named[letter], confidence=0.9)
        for i, (letter, span) in enumerate(rows)
    ]
    out = tie_repeats(text, attributions, zones=zones, quotations=find_quotations(text))
    return [(text[slice(*a.content[0])], a.reasons) for a in out]


def _plain(text: str, part: str) -> tuple[str, list[tuple[str, Span]]]:
    rows, end = [], 0
    for match in _ROW.finditer(part):
        text += part[end : match.start()]
        rows.append((match[1], (len(text), len(text) + len(match[2]))))
        text, end = text + match[2], match.end()
    return text + part[end:], rows


BODY = "Ann Roe said: [R:‘It must have real teeth, or nobody will look at it.’]"
WORDS = "‘It must have real teeth, or nobody will look at it.’"

REPEATED = [
    ("<pull_quote> ‘It must have teeth’", "repeated as a pull quote"),
    ("<pull_quote> It must have real teeth\nAnn Roe", "repeated as a pull quote"),
    ("<headline> ‘It must have teeth’: a charity’s view", "repeated in the headline"),
    ("<subhead> ‘Nobody will look’", "repeated in a subhead"),
    ("<caption> ‘It must have real teeth’: Ann Roe at work", "repeated in a caption"),
]


@pytest.mark.parametrize(("display", "reason"), REPEATED)
def test_the_quotation_says_where_it_is_repeated(display: str, reason: str) -> None:
    assert tied(f"{display}\n\n{BODY}") == [(WORDS, (reason,))]


NOT_REPEATED = [
    "<pull_quote> ‘It has no use at all’",
    "<headline> It must have teeth, says charity",  # no marks: the reporter's own words
    "<subhead> ‘Teeth’",  # one word may be anybody's
    "<subhead> ‘look it’",  # two words, but not beside each other
]


@pytest.mark.parametrize("display", NOT_REPEATED)
def test_other_words_are_tied_to_nothing(display: str) -> None:
    assert tied(f"{display}\n\n{BODY}") == [(WORDS, ())]


def test_a_repetition_that_the_layout_left_in_the_body_is_no_row() -> None:
    assert tied(f"{BODY}\n\n[U:‘It must have real teeth’]\n\nNobody spoke.") == [
        (WORDS, ("repeated as a pull quote",))
    ]


def test_another_quotation_in_a_paragraph_of_its_own_stays() -> None:
    rows = tied(f"{BODY}\n\n[U:‘We have waited eleven years for it.’]\n\nNobody spoke.")
    assert [words for words, _ in rows] == [WORDS, "‘We have waited eleven years for it.’"]


def test_a_caption_without_a_speaker_is_no_row_of_its_own() -> None:
    assert tied(f"<caption> [U:‘It must have real teeth’]: Roe\n\n{BODY}") == [
        (WORDS, ("repeated in a caption",))
    ]


def test_a_headline_that_names_its_source_stays_a_row() -> None:
    rows = tied(f"<headline> [R:‘It must have teeth’], says Roe\n\n{BODY}")
    assert rows == [("‘It must have teeth’", ()), (WORDS, ("repeated in the headline",))]


def test_one_who_says_a_part_of_it_again_is_quoted_again() -> None:
    # Both have a speaker, and the body is no display.
    rows = tied(f"{BODY}\n\nBob Doe said: [R:‘It must have real teeth’]")
    assert [reasons for _, reasons in rows] == [(), ()]


def test_the_surest_row_with_a_source_is_the_original() -> None:
    rows = tied(f"<pull_quote> ‘It must have teeth’\n\n[U:It must have teeth, or so.]\n\n{BODY}")
    assert rows[1] == (WORDS, ("repeated as a pull quote",))


@pytest.mark.parametrize("marked", ["", "<pull_quote> ’", "<headline> ‘’"])
def test_next_to_nothing(marked: str) -> None:
    assert tied(marked) == []
