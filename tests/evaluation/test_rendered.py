"""Pages set, scanned and compared: the truth is exact, and the figures count what they say."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from newsmine.evaluation.likeness import compare
from newsmine.evaluation.mark_fidelity import double_marks
from newsmine.evaluation.rendered import Counts, copies, count_page, curly, kinds_of, overlap
from newsmine.evaluation.typesetting import FEWEST, MILD, Copy, SetPage, Style, set_page

STORY = Copy(
    (
        "The harbour wall at Larkmouth fell into the sea on Monday night, and nobody was hurt.",
        "‘We heard it go,’ said Ann Roe, whose extraordinary recollections were recorded there.",
        "Repairs will cost £2.4m, a representative of the administration mentioned afterwards.",
    ),
    "Harbour wall falls",
    "By JO POOLE",
)
CLEAR = Style(blur=0.0, noise=0.0, skew=0.0)


def unbroken(text: str) -> str:
    return text.replace("-\n\n", "").replace("-\n", "")


def test_the_text_is_that_of_the_article_line_by_line() -> None:
    page = set_page([STORY], CLEAR)
    whole = [STORY.headline or "", STORY.byline or "", *STORY.paragraphs]
    assert unbroken(page.text).split() == " ".join(whole).split()
    assert all(page.text[slice(*word.span)] == word.text for word in page.words)


def test_boxes_hold_the_ink_and_nothing_else_does() -> None:
    page = set_page([STORY], replace(CLEAR, drop_capitals=True))
    left = page.image.copy()
    for word in page.words:
        box = tuple(round(edge) for edge in word.box)
        assert page.image.crop(box).getextrema()[0] < 128, word.text
        left.paste(255, (box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1))
    assert left.getextrema()[0] > 128


def test_boxes_turn_with_the_page() -> None:
    straight, skewed = (set_page([STORY], replace(CLEAR, skew=skew)) for skew in (0.0, 2.0))
    for one, other in zip(straight.words, skewed.words, strict=True):
        assert one.text == other.text
        box = tuple(round(edge) for edge in other.box)
        ink = skewed.image.crop(box).point(lambda value: 255 if value < 128 else 0).getbbox()
        assert ink is not None, other.text
    assert straight.words[-1].box != skewed.words[-1].box


def test_columns_stand_beside_each_other() -> None:
    page = set_page([STORY], replace(CLEAR, columns=3))
    body = [word for word in page.words if word.span[0] > page.text.index("The harbour")]
    tops = {word.text: word.box[1] for word in body}
    assert page.words[-1].box[0] > page.image.size[0] / 2
    assert tops["£2.4m,"] < max(tops.values())


def test_words_are_broken_with_letters_on_both_lines() -> None:
    long = " ".join(["representatives of recollected administrations"] * 9)
    page = set_page([Copy((long,))], CLEAR)
    broken = [word for word in page.words if word.text.endswith("-")]
    assert broken, "long words in narrow columns are broken"
    assert all(len(word.text) > FEWEST for word in broken)


def test_a_drop_capital_stands_before_its_word_without_a_blank() -> None:
    page = set_page([STORY], replace(CLEAR, drop_capitals=True))
    capital = next(word for word in page.words if word.text == "T")
    assert page.text[capital.span[0] :].startswith("THE harbour")
    assert capital.box[3] - capital.box[1] > 1.5 * 8 * 200 / 72


def test_chance_is_the_seeds() -> None:
    one, same, other = (set_page([STORY], replace(MILD, seed=seed)) for seed in (1, 1, 2))
    assert one.image.tobytes() == same.image.tobytes() != other.image.tobytes()


@pytest.mark.parametrize(
    ("printed", "read", "edits"),
    [
        ("one two three", "one two three", 0),
        ("one two three", "one  two\nthree", 0),
        ("one two three", "one twa three", 1),
        ("one two three", "one three", 4),
        ("‘We go,’ he", "“We go, he", 2),
        ("said: “No", "said:“ No", 2),
        ("text", "", 4),
        ("", "text", 4),
    ],
)
def test_edits_are_counted_in_characters(printed: str, read: str, edits: int) -> None:
    assert compare(printed, read).edits == edits


def test_characters_are_paired_by_place() -> None:
    printed, read = "‘We can’t go,’ he said", "“We can't go he said"
    pairs = compare(printed, read).pairs
    shown = {printed[i]: read[j] for i, j in pairs.items() if printed[i] != read[j]}
    assert shown == {"‘": "“", "’": "'"}
    assert printed.index(",") not in pairs


def test_words_are_paired_in_order_only() -> None:
    like = compare("one two three four", "three four one two")
    assert len(like.words) == 2


def test_what_each_mark_is() -> None:
    text = "‘We can’t,’ she said of the boys’ boat. “It’s ‘old’.”\n\nThe boys’ boat sank."
    kinds = kinds_of(text)
    told = [(text[place], kinds[place][:2]) for place in sorted(kinds)]
    assert told == [
        ("‘", "op"),
        ("’", "ap"),
        ("’", "cl"),
        ("’", "ap"),
        ("“", "op"),
        ("’", "ap"),
        ("‘", "op"),
        ("’", "cl"),
        ("”", "cl"),
        ("’", "ap"),
    ]


def test_straight_marks_are_curled_for_printing() -> None:
    assert curly("\"We can't,\" she said. ''No.''") == "“We can’t,” she said. “No.”"


def test_every_second_article_is_british() -> None:
    text = 'Wall falls\n\n"We heard it," said Ann Roe. "It was late."'
    american, british = copies([text, text], seed=1)
    assert american.paragraphs == ("“We heard it,” said Ann Roe. “It was late.”",)
    assert british.paragraphs == ("‘We heard it,’ said Ann Roe. ‘It was late.’",)
    assert american.headline == british.headline == "Wall falls"


@pytest.mark.parametrize(
    ("other", "share"),
    [((0, 0, 10, 10), 1.0), ((0, 0, 5, 10), 0.5), ((10, 0, 20, 10), 0.0), ((5, 0, 15, 10), 1 / 3)],
)
def test_overlap(other: tuple[float, float, float, float], share: float) -> None:
    assert overlap((0, 0, 10, 10), other) == pytest.approx(share)


def test_double_marks_are_counted_where_they_stand() -> None:
    tally = double_marks([('He said " No, then', 'He said, "No," then')])
    assert (tally["printed"], tally["raw read"], tally["raw right"]) == (2, 1, 1)


@pytest.mark.skipif(
    shutil.which("tesseract") is None,
    reason="Tesseract is not installed (sh tools/system.sh, or apt install tesseract-ocr)",
)
def test_a_clear_page_comes_back_whole() -> None:
    counts = Counts()
    page: SetPage = set_page([Copy(STORY.paragraphs * 3, STORY.headline)], MILD)
    count_page(page, counts)
    assert counts.share("edits", "characters") < 0.02
    assert counts.share("found", "words") > 0.95
    assert counts.share("in order", "found") > 0.97
    assert counts.share("boxes right", "boxes") > 0.95
    assert counts.tally["opening"] == counts.tally["opening clean"] == 3
