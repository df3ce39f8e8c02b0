"""A passage is found again after its text was cleaned anew, and only where it is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsmine.export.permalink import CONTEXT, Permalink, find, from_url, permalink
from tests.factories import span_of

TEXT = (
    "The league counted 1,200 reports last year.\n\n"
    "“Nobody is counting the rest of the children,” said Ann Lee.\n\n"
    "The ministry said that it would act on every one of the reports."
)
QUOTE = "“Nobody is counting the rest of the children,”"
LINK = permalink(TEXT, span_of(TEXT, QUOTE), sha256="ab12")


def found(text: str, link: Permalink = LINK) -> str | None:
    span = find(text, link)
    return None if span is None else text[slice(*span)]


def test_what_is_kept() -> None:
    assert LINK.exact == QUOTE
    assert TEXT.endswith(LINK.suffix + TEXT[LINK.end + CONTEXT :])
    assert LINK.prefix == " counted 1,200 reports last year.\n\n"[-CONTEXT:]
    assert TEXT[LINK.start : LINK.end] == QUOTE


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (TEXT, QUOTE),
        ("A new header\n\n" + TEXT, QUOTE),
        (TEXT.replace("\n\n", "\n"), QUOTE),
        (TEXT.replace("“", '"').replace(",”", '"'), QUOTE.replace("“", '"').replace(",”", '"')),
        (TEXT.replace("“", "").replace(",”", ""), QUOTE.strip("“,”")),
        (TEXT.replace("counting", "coun-\nting"), QUOTE.replace("counting", "coun-\nting")),
        (TEXT.replace("is c", "is\nc\u00ad"), QUOTE.replace("is c", "is\nc\u00ad")),
        (TEXT.replace("Nobody is", "Nobodv ls"), QUOTE.replace("Nobody is", "Nobodv ls")),
        (TEXT.replace("rest of the", "rcst of thc"), QUOTE.replace("rest of the", "rcst of thc")),
        (TEXT.replace("the rest", "indeed the rest"), QUOTE.replace("the rest", "indeed the rest")),
    ],
)
def test_found_again(changed: str, expected: str) -> None:
    again = found(changed)
    assert again is not None
    assert again.strip('“”",') == expected.strip('“”",')


@pytest.mark.parametrize(
    "other",
    [
        "",
        "Another text altogether.",
        TEXT.replace(QUOTE, "“We count the rest,”"),
        "Nobody is counting.",
        "children the of rest the counting is Nobody",
    ],
)
def test_not_found_where_it_is_not(other: str) -> None:
    assert find(other, LINK) is None


def test_of_equal_ones_the_surroundings_decide() -> None:
    text = "He said “no” at first. She said “no” at last. They said “no” in the end."
    for place in (8, 32, 56):
        link = permalink(text, (place, place + 4))
        assert link.exact == "“no”"
        moved = "A long new beginning of the page, as scanned. " + text
        assert find(moved, link) == (place + 46, place + 50)


def test_of_equal_surroundings_the_nearest() -> None:
    text = "x no. " * 20
    link = permalink(text, (62, 64))
    assert find(text, link) == (62, 64)


def test_nothing_is_nowhere() -> None:
    assert find(TEXT, Permalink(None, "", "a", "b", 0, 0)) is None
    assert find(TEXT, Permalink(None, "…!", "a", "b", 0, 2)) is None


@settings(max_examples=200)
@given(st.text(max_size=80), st.data())
def test_every_span_is_found_in_its_own_text(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = find(text, permalink(text, (start, end)))
    assert span is not None
    assert text[slice(*span)] == text[start:end]


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.just("ab12"))
def test_url_round_trip(text: str, sha256: str | None) -> None:
    link = permalink(text, (len(text) // 3, len(text) // 2), sha256=sha256)
    url = link.url()
    assert from_url(url) == link
    assert url.isascii()
    assert " " not in url


@pytest.mark.parametrize("url", ["", "http://example.org", LINK.url()[:-2], LINK.url() + "x"])
def test_no_permalink(url: str) -> None:
    with pytest.raises(ValueError, match="no permalink"):
        from_url(url)


def test_only_short_passages_are_looked_for_when_changed() -> None:
    """The comparison is quadratic; an unchanged one of any length is found."""
    text = "".join(f"{n} children were counted, {n * n} were not. " for n in range(200))
    link = permalink(text, (100, 5000))
    assert find(f"Moved. {text}", link) == (107, 5007)
    assert find(text.replace("7 children", "7 chi1dren"), link) is None
    short = permalink(text, (100, 900))
    assert find(text.replace("7 children", "7 chi1dren"), short) == (
        101,
        900,
    )  # From its first letter on.
