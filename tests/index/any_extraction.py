"""Hypothesis strategies: any record that ``newsmine.types`` allows, lone surrogates included."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from newsmine import types
from newsmine.ingest.alignment import identity
from newsmine.progress import Skipped

AWKWARD = "\0\n\r\x1b\x85\u2028\ufeff\uffff'\"\\{}\U0001f600\ud83d\ude00\udc80"
TEXTS = st.text(st.characters() | st.sampled_from(AWKWARD), max_size=12)
MAYBE = st.none() | TEXTS
SPANS = st.tuples(st.integers(0, 2**40), st.integers(0, 99))
REALS = st.floats(allow_nan=False, allow_infinity=False)
BOUNDS = st.none() | st.fractions()


def several(one: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=most).map(tuple)


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


BYLINES = several(st.builds(types.Byline, TEXTS, MAYBE))
ZONES = several(st.builds(types.Zone, SPANS, one_of(types.ZoneKind)))
FLAGS = several(TEXTS)
WORDS = st.builds(types.Word, TEXTS, st.tuples(REALS, REALS, REALS, REALS), st.none() | REALS)
PAGES = st.builds(
    types.Page,
    *(REALS, REALS, TEXTS),
    words=several(st.tuples(SPANS, WORDS)),
    image=MAYBE,
    number=st.integers(1, 9),
)
GIVEN = st.builds(
    types.Given,
    **dict.fromkeys(("outlet", "published", "headline", "standfirst"), MAYBE),
    bylines=BYLINES,
    zones=ZONES,
    flags=FLAGS,
)
RAW = st.builds(types.RawArticle, *(TEXTS,) * 4, pages=several(PAGES, 2), given=GIVEN)
ARTICLES = st.builds(
    types.Article,
    *(TEXTS, TEXTS, TEXTS, st.integers(0, 9).map(identity)),
    **dict.fromkeys(("outlet", "published", "headline", "standfirst"), MAYBE),
    bylines=BYLINES,
    zones=ZONES,
    flags=FLAGS,
    raw=st.none() | RAW,
)
SPEAKERS = st.none() | st.builds(
    types.Speaker,
    *(MAYBE, one_of(types.SpeakerType), MAYBE, MAYBE),
    mention=st.none() | SPANS,
    candidates=several(TEXTS),
)
ATTRIBUTIONS = st.builds(
    types.Attribution,
    *(TEXTS, one_of(types.AttributionKind)),
    **dict.fromkeys(("content", "source", "cue"), several(SPANS)),
    speaker=SPEAKERS,
    confidence=REALS,
    reasons=several(TEXTS),
)
CLAIMS = st.builds(
    types.Claim,
    *(TEXTS, SPANS, one_of(types.ClaimForm), BOUNDS, BOUNDS, BOUNDS, *(MAYBE,) * 8),
    status=st.none() | one_of(types.ClaimStatus),
    attribution=MAYBE,
    speaker=SPEAKERS,
    reasons=several(TEXTS),
)
CHECKS = st.builds(
    types.Check, several(TEXTS), TEXTS, one_of(types.Verdict), sum=MAYBE, reason=MAYBE
)
SETTINGS = st.dictionaries(TEXTS, MAYBE | st.booleans() | st.integers() | REALS, max_size=3)
EXTRACTIONS = st.builds(
    types.Extraction,
    ARTICLES,
    st.builds(types.Provenance, TEXTS, TEXTS, SETTINGS),
    mentions=several(
        st.builds(types.Mention, SPANS, one_of(types.MentionLabel), MAYBE),
    ),
    attributions=several(ATTRIBUTIONS),
    claims=several(CLAIMS),
    checks=several(CHECKS),
)
SKIPPED = st.builds(Skipped, TEXTS, TEXTS, TEXTS)
