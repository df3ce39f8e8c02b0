"""Small indexes to export, some of them hostile, some drawn at random."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from newsmine.index import create_index
from newsmine.types import Attribution, Byline, Check, Claim, Extraction, Speaker
from tests.factories import make_extraction, make_speaker, span_of

LANTERN = "\n\n".join(
    (
        "Reports rise",
        "Hearthlight counted 1,200 reports.",
        "“Nobody counts,” said Ann Lee, “the rest.”",
    )
)
HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    "<b>bold</b> & <script>alert(1)</script>",
    "{\\relax} 5% of $10 & #1_a ~ ^ \\",
    "line\r\nline\rline\n\ttab",
    "bell\x07 escape\x1b[31m nul\0 del\x7f c1\x85 sep\u2028",
    "]]> &amp; \" ' <!-- x -->",
    "'); DROP TABLE articles; --",
    "Zoë 😀 李 \u202eright to left",
    "TY  - JOUR\nER  - ",
    "x" * 1_000_000,
)
AWKWARD = "\0\t\n\r\x0b\x1b\x85\u2028\ufeff\ufffe\uffff'\"=+-@,;<>&{}\\%$#_~^\U0001f600"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(AWKWARD), max_size=15)
NAMES = TEXTS.filter(bool)
DATES = st.none() | st.sampled_from(["2018", "2018-05", "2018-05-03"])
KINDS = st.sampled_from(["direct", "mixed", "indirect"])


def lantern() -> Extraction:
    """One article with an interrupted quote, a figure and a check."""
    ann = make_speaker("Ann Lee", role="head of policy", organisation="Hearthlight")
    content = (span_of(LANTERN, "“Nobody counts,”"), span_of(LANTERN, "“the rest.”"))
    said = Attribution("a1", "direct", content, speaker=ann, confidence=0.75, reasons=("marks",))
    return make_extraction(
        LANTERN,
        path="a/lantern.txt",
        outlet="Daily Lantern",
        published="2018-05",
        headline="Reports rise",
        bylines=(Byline("Jo Penn", "Home Editor"), Byline("Al van der Reed")),
        quotes=[said],
        claims=(Claim("c1", span_of(LANTERN, "1,200"), "count", counted="reports"),),
        checks=(Check(("c1",), "count_rate", "agree", "1 = 1"),),
    )


def silent() -> Extraction:
    """An article in which nobody speaks."""
    return make_extraction("It rained.", path="b/silent.txt", outlet="Courier", published="2017")


def hostile(number: int) -> Extraction:
    """An article full of one hostile text, with a quote of it."""
    evil = HOSTILE[number]
    before = f"{evil}\n\nsaid "
    span = len(before), len(before) + len(evil)
    speaker = Speaker(evil, "organisation", role=evil)
    return make_extraction(
        f"{before}{evil}\n",
        path=f"h/{number} {evil[:100]}.txt",
        outlet=evil,
        published=f"2019-01-{number + 1:02}",
        headline=evil,
        standfirst=evil,
        bylines=(Byline(evil),),
        quotes=[Attribution("a1", "direct", (span,), speaker=speaker, reasons=(evil[:50],))],
    )


def index_of(path: Path, *extractions: Extraction) -> Path:
    with create_index(path) as index:
        for extraction in extractions:
            index.add(extraction)
    return path


@st.composite
def extractions(draw: Callable[..., Any], *, number: int) -> Extraction:
    """An article of random pieces, some of them quotes, with random names around."""
    text, spans = "", []
    for said, words in draw(st.lists(st.tuples(st.booleans(), NAMES), min_size=1, max_size=6)):
        if said:
            spans.append((len(text), len(text) + len(words)))
        text += words
    quotes = [
        Attribution(f"a{n}", draw(KINDS), (span,), speaker=draw(_SPEAKERS))
        for n, span in enumerate(spans)
    ]
    return make_extraction(
        text,
        id=f"article-{number}",
        path=f"{number}/{draw(TEXTS)}",
        outlet=draw(st.none() | NAMES),
        published=draw(DATES),
        headline=draw(st.none() | NAMES),
        bylines=tuple(Byline(name) for name in draw(st.lists(NAMES, max_size=2))),
        quotes=quotes,
    )


_SPEAKERS = st.none() | st.builds(
    Speaker, NAMES, st.sampled_from(["person", "organisation"]), organisation=st.none() | NAMES
)
PAIRS = st.tuples(extractions(number=1), extractions(number=2))
