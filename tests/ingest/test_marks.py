"""Quotation marks that OCR misread: what is put right, and what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.ingest.alignment import AlignedText
from newsmine.ingest.cleaning import clean
from newsmine.ingest.cleaning.quotation_marks import repair_marks, style_of
from newsmine.ingest.ocr import is_scanned
from newsmine.ingest.readers import make_raw
from newsmine.types import Given

SINGLE = "‘We saw it,’ said Ann Roe. ‘It was late.’ She isn’t sure.\n\n"
DOUBLE = "“We saw it,” said Ann Roe. “It was late.” She isn’t sure.\n\n"


def repaired(text: str, before: str = "") -> str:
    whole = before + text
    return AlignedText.of(whole).replace(repair_marks(whole)).text[len(before) :]


@pytest.mark.parametrize(
    ("before", "read", "printed"),
    [
        (SINGLE, "“I heard it,’ he said.", "‘I heard it,’ he said."),
        (SINGLE, "‘I heard it,” he said.", "‘I heard it,’ he said."),
        (SINGLE, '"I heard it," he said.', "‘I heard it,’ he said."),
        (SINGLE, "‘I heard it,° he said.", "‘I heard it,’ he said."),
        (SINGLE, "’I heard it,‘ he said.", "‘I heard it,’ he said."),
        (SINGLE, "He doesn‘t know, and can”t.", "He doesn’t know, and can’t."),
        (SINGLE, "He doesn't know Jo's boat.", "He doesn’t know Jo’s boat."),
        (DOUBLE, '"I heard it," he said.', "“I heard it,” he said."),
        (DOUBLE, "“I heard it,“ he said.", "“I heard it,” he said."),
        (DOUBLE, "”I heard it,” he said.", "“I heard it,” he said."),
        (DOUBLE, "“I heard it.’ The end", "“I heard it.” The end"),
    ],
)
def test_what_is_put_right(before: str, read: str, printed: str) -> None:
    assert repaired(read, before) == printed


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (SINGLE, "‘She called it “a joke”, I think,’ he said."),
        (SINGLE, "The parents’ boat and the Roes’ house."),
        (SINGLE, "‘The boys’ boat sank,’ he said."),
        (SINGLE, "He was 6'2\" and the water was 40° warm."),
        (SINGLE, "’Tis late. It was in the ’90s"),
        (SINGLE, "A film called “The Wall” is on."),
        (SINGLE, "‘They tell us: “I was there.”’"),
        (DOUBLE, "``We saw it,” said Ann Roe."),
        (SINGLE, "‘He said: “I left ’cos I was tired.” And he was,’ she said."),
        (DOUBLE, "“He said ‘never’ and left,” she said."),
        (DOUBLE, "The ‘forgotten’ harbour of the ’80s"),
        (DOUBLE, "“I heard it and"),
        (DOUBLE, "He said“We heard it.”"),
        (DOUBLE, "a “ b ” c"),
    ],
)
def test_what_stays(before: str, text: str) -> None:
    assert repaired(text, before) == text


def test_a_text_in_straight_marks_stays_so() -> None:
    straight = "\"We saw it,\" said Ann Roe. She isn't sure. 'Never', she said."
    assert repair_marks(straight) == []


def test_the_outlets_style_is_surer_than_a_vote() -> None:
    """On harsh scans most single marks are read as double ones, and a vote is wrong."""
    read = "“We saw it,” said Ann Roe. “It was late.”"
    printed = "‘We saw it,’ said Ann Roe. ‘It was late.’"
    assert style_of(read) == "double"
    assert AlignedText.of(read).replace(repair_marks(read, usual="single")).text == printed


@pytest.mark.parametrize(("text", "style"), [(SINGLE, "single"), (DOUBLE, "double"), ("No", None)])
def test_the_style_of_a_text(text: str, style: str | None) -> None:
    assert style_of(text) == style


def test_possessives_are_no_vote_for_single_marks() -> None:
    assert style_of("The boys’ boats, the girls’ boats, the Roes’ boats. “It sank”") == "double"


def test_each_change_is_explained() -> None:
    text = clean(SINGLE + "He doesn‘t know.", scanned=True)
    place = text.text.index("doesn") + 5
    (edit,) = text.alignment.explain((place, place + 1))
    assert (edit.rule, text.text[place]) == ("quotation mark", "’")
    assert edit.raw[1] - edit.raw[0] == 1


def test_only_scanned_text_is_changed() -> None:
    text = SINGLE + "He doesn‘t know."
    assert "doesn‘t" in clean(text).text
    assert "doesn’t" in clean(text, scanned=True).text


@pytest.mark.parametrize(
    ("reader", "flags", "scanned"),
    [
        ("text", (), False),
        ("pdf", (), False),
        ("pdf", ("read by tesseract",), True),
        ("image", ("read by rapidocr",), True),
        ("alto", (), True),
        ("docx", ("segmented",), False),
    ],
)
def test_which_texts_are_scanned(reader: str, flags: tuple[str, ...], scanned: bool) -> None:
    assert is_scanned(make_raw("Text", "a", reader, given=Given(flags=flags))) is scanned


@given(st.text(alphabet="ab .,’‘“”\"'`°\n-(s"))
def test_one_glyph_for_one_and_nothing_else(text: str) -> None:
    changes = repair_marks(text)
    assert all(change.end - change.start == len(change.new) == 1 for change in changes)
    after = AlignedText.of(text).replace(changes).text
    other = str.maketrans(dict.fromkeys("’‘“”\"'`°", "|"))
    assert after.translate(other) == text.translate(other)


@given(st.text(alphabet="ab .,’‘“”\"'`\n"))
def test_what_is_right_stays_right(text: str) -> None:
    """Repaired once, a text of one style needs no more than one more look."""
    once = repaired(text)
    assert len(repaired(once)) == len(once) == len(text)
