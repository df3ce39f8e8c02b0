"""Who is speaking, on marked-up articles (cases/speakers.toml) and on odd input."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.speakers import resolve_speakers
from newsmine.types import Alignment, Article, Attribution, Edit, Mention, Span, Zone

CASES = tomllib.loads((Path(__file__).parent / "cases" / "speakers.toml").read_text("utf-8"))[
    "case"
]
MARK = re.compile(r"\[([SCQ])(\d):(.*?)\](?!\])", re.DOTALL)


def article_of(text: str) -> Article:
    whole = (0, len(text))
    return Article("a", "-", text, Alignment((Edit(whole, whole),)), zones=(Zone(whole, "body"),))


def read_marks(marked: str) -> tuple[str, dict[str, dict[str, Span]]]:
    """The plain text, and for each number the spans of its source, cue and content."""
    text, spans, last = "", dict[str, dict[str, Span]](), 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        start = len(text)
        text += match[3]
        spans.setdefault(match[2], {})[match[1]] = start, len(text)
        last = match.end()
    return text + marked[last:], spans


def attributions_of(case: dict[str, Any]) -> tuple[str, list[Attribution]]:
    text, spans = read_marks(case["text"].strip())
    found = []
    for number, roles in spans.items():
        if "sources" in case:
            start = text.index(case["sources"][int(number) - 1])
            roles["S"] = start, start + len(case["sources"][int(number) - 1])
        quoted = "Q" in roles and text[roles["Q"][0]] in "“‘"
        parts = {k: (roles[k],) if k in roles else () for k in "SCQ"}
        kind = "direct" if quoted else "indirect"
        found.append(Attribution(number, kind, parts["Q"], parts["S"], parts["C"]))
    return text, found


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case: dict[str, Any]) -> None:
    text, given_ = attributions_of(case)
    out, _ = resolve_speakers(article_of(text), attributions=given_, mentions=())
    assert len(case["speakers"]) == len(out)
    for index, (want, attribution) in enumerate(zip(case["speakers"], out, strict=True)):
        assert attribution.reasons[-1].startswith("speaker:")
        if index in case.get("nobody", ()):
            assert attribution.speaker is None
            continue
        assert attribution.speaker is not None
        got = {key: getattr(attribution.speaker, key) or "" for key in want}
        assert got == want, attribution.reasons
    if "candidates" in case:
        assert list(out[0].speaker.candidates) == case["candidates"]


def test_every_case_asks_something() -> None:
    assert all(any(c["speakers"]) or c.get("nobody") for c in CASES)


def test_order_and_other_fields_stay() -> None:
    text, given_ = attributions_of(CASES[0])
    turned = [*reversed(given_)]
    out, _ = resolve_speakers(article_of(text), attributions=turned, mentions=())
    assert [a.id for a in out] == [a.id for a in turned]
    assert [(a.content, a.source, a.cue) for a in out] == [
        (a.content, a.source, a.cue) for a in turned
    ]


def test_mentions_get_the_fullest_name() -> None:
    text = "Owen Marsh left. Mr Marsh said the TCB was late. The Tide Council Board (TCB) agreed."
    spans = [(text.index(w), text.index(w) + len(w)) for w in ("Mr Marsh", "TCB", "Owen Marsh")]
    mentions = [
        Mention(s, label) for s, label in zip(spans, ("PERSON", "ORG", "PERSON"), strict=True)
    ]
    _, out = resolve_speakers(article_of(text), attributions=(), mentions=mentions)
    assert [m.entity for m in out] == ["Owen Marsh", "Tide Council Board (TCB)", "Owen Marsh"]
    assert [m.span for m in out] == spans


def test_wrong_mentions_do_not_spoil_a_clear_name() -> None:
    text = "Harbour minister Gemma Larch spoke. Ms Larch said nets were torn."
    start = text.index("Ms Larch")
    wrong = [Mention((text.index("Gemma"), text.index("Gemma") + 5), "ORG"), Mention((0, 7), "LOC")]
    said = Attribution(
        "1", "indirect", ((text.index("nets"), len(text) - 1),), ((start, start + 8),)
    )
    out, _ = resolve_speakers(article_of(text), attributions=[said], mentions=wrong)
    assert out[0].speaker is not None
    assert (out[0].speaker.name, out[0].speaker.type) == ("Gemma Larch", "person")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "A", "’", "“", "THE", "Mr", "the the of of and"])
def test_odd_texts(text: str) -> None:
    whole = ((0, len(text)),) if text else ()
    odd = [
        Attribution("1", "direct", whole, whole, whole),
        Attribution("2", "indirect", (), (), ()),
        Attribution("3", "direct", whole, (), ()),
    ]
    out, _ = resolve_speakers(article_of(text), attributions=odd, mentions=())
    assert len(out) == 3


PIECES = ["Mr", "Orrin", "Pell", "the", "charity", "said", "it", "he", "of", "and", "report", "BBC"]
PIECES += [
    "MPs",
    "by",
    "Trust",
    "Home",
    "Office",
    "secretary",
    "’s",
    ",",
    ".",
    "“",
    "”",
    "40%",
    "\n\n",
]
WORDS = st.sampled_from(PIECES)


@given(st.lists(WORDS, max_size=40), st.data())
def test_any_spans_get_an_answer(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    place = st.integers(0, len(text))
    span = st.tuples(place, place).map(lambda p: (min(p), max(p)))
    one = st.builds(
        Attribution,
        id=st.just("x"),
        kind=st.sampled_from(["direct", "indirect"]),
        content=st.lists(span, max_size=2).map(tuple),
        source=st.lists(span, max_size=2).map(tuple),
        cue=st.lists(span, max_size=1).map(tuple),
    )
    given_ = data.draw(st.lists(one, max_size=4))
    mentions = data.draw(st.lists(st.builds(Mention, span, st.just("ORG")), max_size=3))
    out, named = resolve_speakers(article_of(text), attributions=given_, mentions=mentions)
    assert len(out) == len(given_)
    assert len(named) == len(mentions)
    for attribution in out:
        if attribution.speaker is not None:
            assert attribution.speaker.name != ""
            assert attribution.speaker.name is not None or attribution.speaker.candidates


def test_a_long_text_takes_time_in_proportion() -> None:
    block = "Harbour minister Gemma Larch of the Tide Council met Owen Marsh. The charity said so. "
    short, long_ = (block * n for n in (200, 800))
    times = []
    for text in (short, long_):
        start = time.process_time()
        resolve_speakers(article_of(text), attributions=(), mentions=())
        times.append(time.process_time() - start)
    assert times[1] < 12 * max(times[0], 0.01)


def test_a_possessive_mark_alone_keeps_its_source() -> None:
    said = Attribution("1", "direct", (), ((2, 5),))
    out, _ = resolve_speakers(article_of("Mr ’s"), attributions=[said], mentions=())
    assert out[0].speaker is not None
    assert out[0].speaker.name != ""
