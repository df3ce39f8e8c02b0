"""Words in arrays are read as a tuple of words is."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.ingest.layout.placed import PlacedWords
from newsmine.types import Page, Word

PLACES = st.floats(allow_nan=False)
WORDS = st.builds(
    Word, st.text(), st.tuples(PLACES, PLACES, PLACES, PLACES), st.none() | st.floats(0, 1)
)
SPANS = st.tuples(st.integers(0, 2**40), st.integers(0, 2**40))

NETS = ((0, 4), Word("Nets", (1.5, 2.0, 30.25, 12.0), 0.9))
TORN = ((5, 9), Word("torn", (32.0, 2.0, 60.0, 12.0)))


@given(st.lists(st.tuples(SPANS, WORDS)))
def test_what_goes_in_comes_out_exactly(words: list[tuple[tuple[int, int], Word]]) -> None:
    placed = PlacedWords(words)
    assert list(placed) == words
    assert placed == tuple(words)
    assert hash(placed) == hash(tuple(words))


@pytest.mark.parametrize("place", [0, 1, -1, slice(None), slice(1, None), slice(None, None, -1)])
def test_places_and_slices_are_a_tuple_s(place: int | slice) -> None:
    assert PlacedWords([NETS, TORN])[place] == (NETS, TORN)[place]


def test_beyond_the_last_word_there_is_none() -> None:
    with pytest.raises(IndexError):
        PlacedWords([NETS])[1]


def test_other_words_or_fewer_are_not_equal() -> None:
    moved = ((0, 4), Word("Nets", (1.5, 2.0, 30.25, 12.5), 0.9))
    assert PlacedWords([NETS]) != (moved,)
    assert PlacedWords([NETS]) != PlacedWords([NETS, TORN])
    assert PlacedWords([NETS]) != [NETS]


def test_no_confidence_stays_none() -> None:
    assert [word.confidence for _, word in PlacedWords([NETS, TORN])] == [0.9, None]


def test_a_page_of_them_equals_one_of_a_tuple_pickled_and_copied_too() -> None:
    page = Page(100.0, 200.0, "pt", PlacedWords([NETS, TORN]))
    assert page == Page(100.0, 200.0, "pt", (NETS, TORN))
    assert pickle.loads(pickle.dumps(page)) == page == copy.deepcopy(page)
    assert repr(page.words) == repr((NETS, TORN))
