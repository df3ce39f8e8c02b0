"""Words read as they were probably printed."""

import pytest

from newsmine.nlp.encoder_view import EncoderView

# Common ones first, numbered as the encoder's vocabulary is.
COMMON = (
    "the of and in to was he for on with that his by at from be have children about said would "
    "report safe who woman young public minister year people mind morning"
)
RARE = "tho bis burrow sweet apologize"
WORDS = {word: 1997 + 3 * n for n, word in enumerate(COMMON.split())}
WORDS |= {word: 28000 + n for n, word in enumerate(RARE.split())}

CLEAN = "the minister said that the public would have a report about children by the morning"
SCAN = "tbe rninister sald tbat tbe pnblic wonld bave a repoit abont cbildren by the rnorning"


@pytest.fixture
def view() -> EncoderView:
    """A view with a small vocabulary."""
    return EncoderView(WORDS)


def read(view: EncoderView, text: str) -> str:
    """A text of words parted by blanks, as the encoder reads them."""
    return " ".join(view.read_as(text.split()))


def test_a_clean_text_is_read_as_it_is_printed(view: EncoderView) -> None:
    clean = CLEAN + " Burrows tweeted of Ofcom tho he said mums apologised bis tweet"
    assert read(view, clean) == clean


def test_a_scan_is_read_as_it_was_printed(view: EncoderView) -> None:
    assert read(view, SCAN) == CLEAN


@pytest.mark.parametrize(
    ("word", "printed"),
    [
        ("ofthe", "of the"),  # its blank was lost
        ("hesaid", "he said"),
        ("wou1d", "would"),
        ("tho", "the"),  # a word, but a rare one
        ("bis", "his"),
        ("Tbe", "the"),
    ],
)
def test_words_of_a_scan(view: EncoderView, word: str, printed: str) -> None:
    assert view.read_as([*SCAN.split(), word])[-1] == printed


@pytest.mark.parametrize("word", ["Burrows", "Ofcom", "1970", "6th", "“", "xyzzy", "he", "burrows"])
def test_what_stays_in_a_scan(view: EncoderView, word: str) -> None:
    assert view.read_as([*SCAN.split(), word])[-1] == word


def test_a_mistake_that_is_nothing_else_is_read_in_a_clean_text(view: EncoderView) -> None:
    assert read(view, f"{CLEAN} tbe people") == f"{CLEAN} the people"


def test_words_are_one_for_one(view: EncoderView) -> None:
    words = ["", "I", "’", *SCAN.split(), "x" * 400]
    assert len(view.read_as(words)) == len(words)
    assert view.read_as([]) == []


def test_another_text_does_not_matter(view: EncoderView) -> None:
    before = view.read_as(CLEAN.split())
    view.read_as(SCAN.split())
    assert view.read_as([*CLEAN.split(), "tho"]) == [*before, "tho"]
