"""Quotations signed with a name."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from newsmine.nlp.quotation_marks import find_quotations
from newsmine.nlp.signed import REASON, find_signed, with_signed
from newsmine.types import Attribution, Span, Zone


def signed(text: str, *, people: tuple[str, ...] = ()) -> list[tuple[list[str], str, str | None]]:
    """Contents, name and dash of what is signed."""
    named: list[Span] = [(text.index(p), text.index(p) + len(p)) for p in people]
    found = find_signed(
        text,
        quotations=find_quotations(text),
        zones=[Zone((0, len(text)), "body")],
        people=named,
    )
    return [
        (
            [text[slice(*c)] for c in s.content],
            text[slice(*s.name)],
            text[slice(*s.dash)] if s.dash else None,
        )
        for s in found
    ]


def _data(key: str) -> list[str]:
    text = resources.files("newsmine.data").joinpath("signed.toml").read_text("utf-8")
    return [e.replace(" / ", "\n\n") for group in tomllib.loads(text).values() for e in group[key]]


@pytest.mark.parametrize("example", _data("examples"))
def test_credits_and_labels_sign_nothing(example: str) -> None:
    assert signed(example) == []


@pytest.mark.parametrize("example", _data("not_examples"))
def test_names_like_them_sign(example: str) -> None:
    assert [row[0] for row in signed(example)] == [["“It is late.”"]]


SIGNED = [
    ("“It is late.” — Jo Roe, baker", "Jo Roe, baker", "—"),
    ("“It is late.”\n— Jo Roe", "Jo Roe", "—"),
    ("“It is late.”\n\n– Jo Roe, 42, of Larch.", "Jo Roe, 42, of Larch", "–"),
    ("“It is late.” ― Jo de Roe (1801)", "Jo de Roe (1801)", "―"),
    ("“It is late.” -- Jo Roe (@joroe) May 3, 2016", "Jo Roe (@joroe) May 3, 2016", "--"),
    ("We asked you all. “It is late.” - Jo Roe", "Jo Roe", "-"),
    ("4. “It is late.” — J. Roe", "J. Roe", "—"),
]


@pytest.mark.parametrize(("text", "name", "dash"), SIGNED)
def test_a_name_behind_a_dash(text: str, name: str, dash: str) -> None:
    assert signed(text) == [(["“It is late.”"], name, dash)]


def test_signatures_run_on_where_lines_were_lost() -> None:
    text = "“It is late.” — Jo Roe “It is not.” — Bo Doe, baker 3. “It is now.” — Al Poe"
    assert [(row[0], row[1]) for row in signed(text)] == [
        (["“It is late.”"], "Jo Roe"),
        (["“It is not.”"], "Bo Doe, baker"),
        (["“It is now.”"], "Al Poe"),
    ]


def test_paragraphs_opened_again_are_signed_with_the_last() -> None:
    text = "“It is late.\n\n“It is dear.”\n\n— Jo Roe"
    assert signed(text) == [(["“It is late.", "“It is dear.”"], "Jo Roe", "—")]


def test_without_a_dash_a_person_has_to_be_named() -> None:
    text = "“It is late.” Jo Roe, 42, baker"
    assert signed(text, people=("Jo Roe",)) == [(["“It is late.”"], "Jo Roe, 42, baker", None)]
    assert signed(text) == []


NOT_SIGNED = [
    "“It is late.” — Jo Roe said so for years",
    "“It is late” — Jo Roe, who said so for years — and dear.",
    "The plan – “late” – Larch has is dear.",
    "He called it “late” — Larch was not",
    "“It is late,” Jo Roe, a baker, said.",
    "“It is late.” Jo Roe went home.",
    "“It is late.”\n\nJo Roe – a baker – went home.",
    "“It is late.”\n\n— none of them knew",
    "“It is late.",
    "— Jo Roe",
    "",
]


@pytest.mark.parametrize("text", NOT_SIGNED)
def test_not_signed(text: str) -> None:
    people = ("Jo Roe",) if "Jo Roe" in text else ()
    assert signed(text, people=people) == []


def test_rows_of_the_same_words_give_way_and_others_stay() -> None:
    text = "Bo Doe said: “It is not.”\n\n“It is late.” — Jo Roe"
    late = text.index("“It is late"), text.index(" — Jo")
    other = text.index("“It is not"), text.index("\n\n")
    said = text.index("said"), text.index(":")
    row = Attribution("a1", "direct", (other, late), ((0, 6),), (said,))
    found = find_signed(
        text, quotations=find_quotations(text), zones=[Zone((0, len(text)), "body")]
    )
    out = with_signed(text, [row], found)
    assert [(a.id, a.content, a.reasons) for a in out] == [
        ("a1", (other,), ()),
        ("a2", (late,), (REASON,)),
    ]


def test_other_zones_are_not_looked_at() -> None:
    text = "“It is late.” — Jo Roe"
    zones = [Zone((0, len(text)), "furniture")]
    assert find_signed(text, quotations=find_quotations(text), zones=zones) == ()


def test_nothing_signed_changes_nothing() -> None:
    row = Attribution("a1", "indirect", ((0, 2),))
    assert with_signed("It is.", [row], ()) == (row,)
