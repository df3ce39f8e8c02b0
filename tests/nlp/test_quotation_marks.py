"""Which mark opens, which closes, which is an apostrophe."""

from __future__ import annotations

import tomllib
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.quotation_marks import Style, find_quotations, usual_style, with_repairs
from newsmine.nlp.words import paragraphs
from newsmine.types import Attribution

_LETTERS = {"open": "O", "close": "C", "apostrophe": "A", "stray": "x"}
_FILE = Path(__file__).parent / "cases" / "quotation_marks.toml"


def _cases() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else [],
        )
        for case in tomllib.loads(_FILE.read_text("utf-8"))["case"]
    ]


def read(text: str, *, usual: Style | None = None) -> str:
    return "".join(_LETTERS[mark.reading] for mark in find_quotations(text, usual=usual).marks)


def outer(text: str) -> list[str]:
    return [text[slice(*q.span)] for q in find_quotations(text).quoted if q.depth == 0]


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    found = find_quotations(case["text"])
    assert "".join(_LETTERS[mark.reading] for mark in found.marks) == case["marks"]
    assert outer(case["text"]) == case["quoted"]
    if "repairs" in case:
        assert [repair.rule for repair in found.repairs] == case["repairs"]


def _data() -> dict[str, Any]:
    path = resources.files("newsmine.data").joinpath("quotation_marks.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _entries() -> list[Any]:
    data = _data()
    entries = [*data["elision"], *data["clipped"], data["function_word"], data["plain_in"]]
    return [pytest.param(entry, id=entry.get("word", entry["example"])) for entry in entries]


@pytest.mark.parametrize("entry", _entries())
def test_each_word_of_the_data_matches_its_example(entry: dict[str, str]) -> None:
    assert read(entry["example"]) == entry["reading"]
    if "not_example" in entry:
        assert read(entry["not_example"]) == entry["not_reading"]


def test_reporting_verbs_match_their_example() -> None:
    entry = _data()["reporting"]
    assert outer(entry["example"]) == [entry["quoted"]]
    assert outer(entry["not_example"]) == [entry["not_quoted"]]


@pytest.mark.parametrize("verb", _data()["reporting"]["verbs"])
def test_each_reporting_verb_ends_what_lacks_its_mark(verb: str) -> None:
    assert outer(f"‘We lost it, she {verb} later.") == ["‘We lost it,"]


def test_a_reopened_paragraph_says_that_it_continues() -> None:
    found = find_quotations("“One.\n\n“Two,” she said.\n\n“Three,” he said.")
    assert [q.continues for q in found.quoted] == [False, True, False]
    assert [q.goes_on for q in found.quoted] == [True, False, False]


def test_what_follows_a_lost_closing_mark_and_a_reporters_clause_does_not_continue() -> None:
    found = find_quotations("“One, he said. “Two,” she said.")
    assert [q.continues for q in found.quoted] == [False, False]


def test_a_speaker_within_a_reopened_quotation_does_not_end_it() -> None:
    # The next paragraph opens again, so nothing was lost here.
    text = "“One came in, he said. And then.\n\n“Two,” she said."
    assert outer(text) == ["“One came in, he said. And then.", "“Two,”"]


def test_a_repair_says_where() -> None:
    text = "‘We lost it, he said."
    repair = find_quotations(text).repairs[0]
    assert text[: repair.span[0]] == "‘We lost it,"
    assert repair.span[0] == repair.span[1]


def test_a_quotation_says_what_was_wrong_with_its_marks() -> None:
    text = "“We lost it,' he said. ‘It fell.’"
    found = find_quotations(text)
    rows = [Attribution(f"a{i}", "direct", (q.span,)) for i, q in enumerate(found.quoted)]
    reasons = [a.reasons for a in with_repairs(rows, found.repairs)]
    assert reasons == [("marks: closed by another mark",), ()]


_SINGLE_PAPER = "‘One,’ she said.\n\n‘Two,’ he said.\n\n‘Three,’ they said.\n\n"


def test_the_usual_style_needs_a_clear_majority() -> None:
    assert usual_style(_SINGLE_PAPER) == "single"
    assert usual_style(_SINGLE_PAPER + "“Four,” she said.") == "single"
    assert usual_style(_SINGLE_PAPER + "“Four,” she said.\n\n“Five,” he said.") is None
    assert usual_style("‘One,’ she said.") is None
    assert usual_style("The ’90s.\n\n’Tis late.\n\nThe boys’ club.") is None


def test_the_usual_style_decides_what_a_paragraph_leaves_open() -> None:
    paragraph = "The ’ospital and the nurses’ home."
    assert read(paragraph, usual="single") == "OC"
    assert read(paragraph, usual="double") == "AA"


@given(st.text(alphabet="ab .,“”‘’'\"\n", max_size=60))
def test_one_paragraph_never_changes_another(text: str) -> None:
    paragraph = text.replace("\n", " ")
    alone = read(paragraph)
    beside = read(f"She said: “We need a law.” He left.\n\n{paragraph}")
    assert beside == "OC" + alone


_SENTENCES = (
    "She said: “We need a law.” He left.",
    "‘The charities’ view is simple,’ he said.",
    "“One goes here.",
    "“Two goes here,” they said.",
    "The so-called ‘dark web’ is “large”.",
    "Nobody spoke.",
    "'It was rock 'n' roll,' he said. 'He is 6' tall.'",
    "`Old marks', she said, ``and new''.",
)


@given(
    st.lists(st.sampled_from(_SENTENCES), min_size=2, max_size=7),
    st.data(),
    st.sampled_from(["", "“", "”", "‘", "’", '"', "'", "”“", " "]),
    st.sampled_from(["single", "double", None]),
)
def test_a_damaged_mark_reaches_no_further_than_its_paragraph(
    parts: list[str], data: st.DataObject, damage: str, usual: Style | None
) -> None:
    number = data.draw(st.integers(0, len(parts) - 1))
    marks = [i for i, char in enumerate(parts[number]) if char in "“”‘’'\"`"]
    if not marks:
        return
    at = data.draw(st.sampled_from(marks))
    hurt = [*parts]
    hurt[number] = parts[number][:at] + damage + parts[number][at + 1 :]
    # How the paragraph before ends may hang on the mark that opens this one: the re-open chain.
    near = {number} | ({number - 1} if at == 0 else set())
    before, after = (_by_paragraph(p, usual=usual) for p in (parts, hurt))
    for i in set(range(len(parts))) - near:
        assert before[i] == after[i]


def _by_paragraph(parts: list[str], *, usual: Style | None) -> list[list[tuple[str, int]]]:
    """The stretches of each paragraph."""
    text = "\n\n".join(parts)
    quoted = find_quotations(text, usual=usual).quoted
    return [
        [(text[slice(*q.span)], q.depth) for q in quoted if start <= q.span[0] < end]
        for start, end in paragraphs(text)
    ]


@given(st.integers(0, 11), st.sampled_from(["", "‘", "'", "“"]))
def test_one_damaged_mark_does_not_change_the_style_of_an_article(at: int, damage: str) -> None:
    text = "\n\n".join(["“One goes here,” she said, “and stays.”"] * 4)
    marks = [i for i, char in enumerate(text) if char in "“”"]
    hurt = text[: marks[at]] + damage + text[marks[at] + 1 :]
    assert usual_style(hurt) == "double"


@given(st.text(alphabet="ab .,“”‘’'\"\n´`«»", max_size=80))
def test_stretches_lie_in_their_text_and_never_cross(text: str) -> None:
    found = find_quotations(text)
    for q in found.quoted:
        assert 0 <= q.span[0] < q.span[1] <= len(text)
    flat = [q.span for q in found.quoted if q.depth == 0]
    assert all(a[1] <= b[0] for a, b in pairwise(flat))
    for repair in found.repairs:
        assert 0 <= repair.span[0] <= repair.span[1] <= len(text)


@given(st.text(alphabet="ab .,“”‘’'\"\n´`«»", max_size=80))
def test_every_mark_is_read_once(text: str) -> None:
    read_so = [mark.span for mark in find_quotations(text).marks]
    assert all(a[1] <= b[0] for a, b in pairwise(read_so))
    places = {i for start, end in read_so for i in range(start, end)}
    assert places >= {i for i, char in enumerate(text) if char in "“”‘’'\"«»´`"}


_DOUBLE_ARTICLE = "\n\n".join(
    f'{name} said: "The pool is shut." It was late.' for name in ("Ann", "Bob", "Cat", "Dan")
)
"""Whose quotations have double marks."""


def last_paragraph(text: str, *, before: str = _DOUBLE_ARTICLE) -> list[str]:
    """The outermost quotations of a paragraph after those of an article."""
    whole = f"{before}\n\n{text}"
    return [q for q in outer(whole) if q in text and whole.rindex(q) > len(before)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        # half of a double mark
        ("'We are not,\" he said, and left.", ["'We are not,\""]),
        ("\"We are not,' he said, and left.", ["\"We are not,'"]),
        # specks
        ("The council 'met on Monday and the plan fell.", []),
        ("The council 'met on Monday in the hall by the sea, and a plan of'the mayor fell.", []),
        ("They 'met on Monday by the sea in the hall of the old town, where the plan' fell.", []),
        # no specks
        ("The council's 'charter' fell on Monday.", ["'charter'"]),
        ("\"He told me 'no' on Monday,\" she said.", ["\"He told me 'no' on Monday,\""]),
        ("'We are not pleased with the plan of the mayor for the old hall by the sea,' he said.",
         ["'We are not pleased with the plan of the mayor for the old hall by the sea,'"]),
    ],
)  # fmt: skip
def test_single_marks_where_double_ones_are_usual(text: str, quoted: list[str]) -> None:
    assert last_paragraph(text) == quoted


def test_a_long_fragment_where_single_marks_are_usual() -> None:
    article = _DOUBLE_ARTICLE.replace('"', "'")
    text = "He spoke of 'a plan of the mayor for the old hall by the sea that nobody wants' again."
    quoted = ["'a plan of the mayor for the old hall by the sea that nobody wants'"]
    assert last_paragraph(text, before=article) == quoted


def test_specks_do_not_hide_the_usual_style() -> None:
    article = _DOUBLE_ARTICLE.replace("Bob said", "Bob 'said").replace("Cat said", "Cat 'said")
    assert usual_style(article) == "double"


def test_two_single_marks_are_a_double_one_in_the_usual_style() -> None:
    assert usual_style(_DOUBLE_ARTICLE.replace('"', "''")) == "double"
