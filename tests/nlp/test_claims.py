"""Claims: readable cases, the data files' own examples, attributions, zones, the real article."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.claims import find_claims
from newsmine.nlp.claims.change import find_change
from newsmine.nlp.claims.context import _periods
from newsmine.nlp.claims.counted import counted_by
from newsmine.nlp.claims.lexicon import needs, patterns, together
from newsmine.nlp.claims.source import Origins
from newsmine.nlp.claims.text import Sentence, Sentences, vocabulary
from newsmine.nlp.numbers import Number, parse_numbers
from newsmine.nlp.numbers.lexicon import read_data
from newsmine.types import (
    Alignment,
    Article,
    Attribution,
    Claim,
    Edit,
    Mention,
    Speaker,
    Zone,
)
from tests.nlp.test_numbers import SHARED, expected, load_cases

FIELDS = ("form", "unit", "counted", "population", "direction", "base", "period", "area",
          "status", "approximator")  # fmt: skip


def an_article(text: str, *zones: Zone) -> Article:
    whole = (0, len(text))
    body = zones or ((Zone(whole, "body"),) if text else ())
    return Article("a", "a.txt", text, Alignment((Edit(whole, whole),)), zones=body)


def claims_of(
    text: str, *attributions: Attribution, mentions: tuple[Mention, ...] = ()
) -> tuple[Claim, ...]:
    return find_claims(an_article(text), attributions=attributions, mentions=mentions)


def span_of(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


@pytest.mark.parametrize("case", load_cases("claims"))
def test_claims(case: dict[str, Any]) -> None:
    text = case["text"]
    found = claims_of(text)
    wanted = case.get("claims", [])
    assert [text[slice(*claim.span)] for claim in found] == [want["text"] for want in wanted]
    for claim, want in zip(found, wanted, strict=True):
        assert {f: getattr(claim, f) for f in FIELDS if f in want} == {
            f: want[f] for f in FIELDS if f in want
        }
        if "value" in want:
            assert claim.value == expected(want["value"])
        if "speaker" in want:
            assert (claim.speaker.name if claim.speaker else "none") == want["speaker"]
        if "organisation" in want:
            assert claim.speaker is not None
            assert claim.speaker.organisation == want["organisation"]


def test_a_level_has_no_direction_where_it_only_began() -> None:
    before, _after = claims_of("The fund grew from £2m to £5m.")
    assert before.direction is None


def test_unknown_is_none() -> None:
    (claim,) = claims_of("There were 40.5.")
    assert (claim.counted, claim.base, claim.period, claim.area, claim.speaker) == (None,) * 5


def test_reasons_name_the_rules() -> None:
    (claim,) = claims_of("Referrals rose by 40 per cent.")
    assert claim.reasons == ("number: percent", "direction: change-verb", "counted: subject")


# Who says so


def test_the_attribution_that_covers_the_figure_gives_speaker_and_id() -> None:
    text = "Mr Hale said 40 schools had closed. The council disputes it: 12 did."
    hale = Speaker("Oskar Hale", "person", "head", "Schools Union")
    said = Attribution("q7", "indirect", (span_of(text, "40 schools had closed"),), speaker=hale)
    first, second = claims_of(text, said)
    assert (first.attribution, first.speaker) == ("q7", hale)
    assert second.attribution is None


def test_the_innermost_attribution_wins() -> None:
    text = "Mr Hale said the council claimed that 40 schools had closed."
    outer = Attribution(
        "outer",
        "indirect",
        (span_of(text, "the council claimed that 40 schools had closed"),),
        speaker=Speaker("Hale", "person"),
    )
    inner = Attribution(
        "inner",
        "indirect",
        (span_of(text, "40 schools had closed"),),
        speaker=Speaker("council", "organisation"),
    )
    (claim,) = claims_of(text, outer, inner)
    assert claim.attribution == "inner"


def test_an_uncued_quotation_has_the_speaker_of_the_one_before() -> None:
    text = '"We closed four schools," said Mr Hale. "We shall open 40 nurseries."'
    hale = Speaker("Oskar Hale", "person")
    first = Attribution(
        "q1",
        "direct",
        (span_of(text, '"We closed four schools,"'),),
        (span_of(text, "Mr Hale"),),
        (span_of(text, "said"),),
        hale,
    )
    second = Attribution("q2", "direct", (span_of(text, '"We shall open 40 nurseries."'),))
    claims = claims_of(text, first, second)
    assert [claim.speaker for claim in claims] == [hale, hale]


def test_a_share_in_the_next_paragraph_comes_from_the_survey() -> None:
    text = "Two-thirds of parents agree, a Hallmere poll suggests.\n\nOnly 7 per cent said no."
    poll = Speaker("Hallmere poll", "document", None, "Hallmere")
    said = Attribution(
        "q1",
        "indirect",
        (span_of(text, "Two-thirds of parents agree"),),
        (span_of(text, "a Hallmere poll"),),
        (span_of(text, "suggests"),),
        poll,
    )
    _first, second = claims_of(text, said)
    assert second.speaker == poll
    assert (second.counted, second.population) == ("parents that said no", "parents")


def test_nothing_is_carried_over_a_paragraph_for_a_count() -> None:
    text = "Mr Hale said 40 schools had closed.\n\nThe town has 12 parks."
    said = Attribution(
        "q1",
        "indirect",
        (span_of(text, "40 schools had closed"),),
        speaker=Speaker("Oskar Hale", "person"),
    )
    _first, second = claims_of(text, said)
    assert second.speaker is None


# Zones, places, other inputs


def test_bylines_dates_and_furniture_hold_no_claims() -> None:
    text = "40 arrests\n\nBy 12 reporters\n\nThere were 40 arrests.\n\nPage 3 of 9 pages"
    kinds = ("headline", "byline", "body", "furniture")
    starts = [0, text.index("By"), text.index("There"), text.index("Page"), len(text)]
    zones = [Zone((a, b), k) for a, b, k in zip(starts, starts[1:], kinds, strict=False)]
    found = find_claims(an_article(text, *zones), attributions=(), mentions=())
    assert [claim.span[0] for claim in found] == [0, text.index("40 arrests.")]


def test_a_place_mention_gives_the_area() -> None:
    text = "There are 40 foster homes in Northwick."
    place = Mention(span_of(text, "Northwick"), "LOC")
    (claim,) = claims_of(text, mentions=(place,))
    assert claim.area == "Northwick"
    assert claims_of(text)[0].area is None


@pytest.mark.parametrize("text", ["", " ", "\n\n", "40", "%", "\ufeff40 men\r\n", "5" * 5000])
def test_odd_texts(text: str) -> None:
    assert all(c.span[1] <= len(text) for c in claims_of(text))


@given(st.text(alphabet="ab 1950.,%£-–'\"\n()Tofperisn", max_size=120))
def test_any_text_gives_ordered_claims(text: str) -> None:
    spans = [claim.span for claim in claims_of(text)]
    assert spans == sorted(spans)


def test_a_long_line_takes_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "the number of calls rose 5% in town and " * count
        begun = time.perf_counter()
        assert len(claims_of(text)) == count
        return time.perf_counter() - begun

    seconds(5)
    assert seconds(800) < 30 * seconds(100) + 0.5


# The data files' own examples


def only(text: str) -> tuple[Number, Sentence]:
    number = next(n for n in parse_numbers(text) if n.is_quantity and n.kind != "vague")
    sentence = Sentences(text, [(0, len(text))]).at(number.span[0])
    assert sentence is not None
    return number, sentence


@pytest.mark.parametrize("table", ["verbs", "nouns", "comparatives", "particles"])
def test_words_of_change(table: str) -> None:
    for entry in read_data("claims_changes")[table]:
        change = find_change(*only(entry["example"]))
        assert change is not None, entry
        assert change.direction == entry["direction"]
        assert find_change(*only(entry["not"])) is None, entry


@pytest.mark.parametrize("entry", read_data("claims_phrases")["stops"], ids=lambda e: e["kind"])
def test_words_that_end_a_phrase(entry: dict[str, Any]) -> None:
    phrase = counted_by(*only(entry["example"]), changed=False)
    assert phrase is not None
    assert phrase.text == entry["reads"]
    assert entry["not"] not in entry["words"]


@pytest.mark.parametrize("table", ["periods", "bases"])
def test_period_and_base_patterns(table: str) -> None:
    for entry, (pattern, _status) in zip(
        read_data("claims_phrases")[table], patterns(table), strict=True
    ):
        match = pattern.search(entry["example"])
        assert match is not None, entry
        assert match["it" if table == "bases" else 0].strip() == entry["reads"]
        assert not pattern.search(entry["not"]), entry


def test_status_and_document_patterns() -> None:
    for table in ("statuses", "documents"):
        for entry, (pattern, _status) in zip(
            read_data("claims_phrases")[table], patterns(table), strict=True
        ):
            match = pattern.search(entry["example"])
            assert match is not None, entry
            if table == "documents":
                assert (match["it"] or match["it2"]).strip() == entry["reads"]
            assert not pattern.search(entry["not"]), entry


@pytest.mark.parametrize("table", ["statuses", "documents"])
def test_every_example_holds_a_word_that_its_pattern_needs(table: str) -> None:
    for entry, needed in zip(read_data("claims_phrases")[table], needs(table), strict=True):
        whole = Sentence(entry["example"], 0, len(entry["example"]), 0)
        assert vocabulary(whole) & needed, entry


@pytest.mark.parametrize(
    "period",
    [
        *(entry["reads"] for entry in read_data("claims_phrases")["periods"]),
        "in the final half", "since the launch", "by the end of the century", "on Tuesday night",
        "in 1987", "2010-11", "during the same period", "over the past fortnight",
    ],
)  # fmt: skip
def test_periods_are_looked_for_where_one_of_their_words_stands(period: str) -> None:
    _number, sentence = only(f"There were 40 complaints {period}.")
    alone = {match[0] for _n, match in together("periods").find(sentence.text, (0, sentence.end))}
    assert alone
    assert {match[0] for match in _periods(sentence)} == alone


def test_a_vocabulary_is_runs_of_letters() -> None:
    _number, sentence = only("The UK’s 40-strong team’s 3bn")
    assert vocabulary(sentence) == {"the", "uk", "s", "strong", "team", "bn"}


@pytest.mark.parametrize("place", ["the UK", "the north-east", "Northern Ireland", "the county"])
def test_areas_are_looked_for_where_one_of_their_words_stands(place: str) -> None:
    article = an_article(f"In all, 40 schools in {place} closed.")
    (claim,) = find_claims(article, attributions=(), mentions=())
    assert claim.area in (place, place.removeprefix("the "))


def test_origins_of_nothing() -> None:
    text = "There were 40 complaints."
    number, sentence = only(text)
    assert Origins((), Sentences(text, [(0, len(text))])).of(number, sentence) is None


# The real article, by rules that know nothing of it


@pytest.fixture
def real() -> tuple[str, tuple[Claim, ...]]:
    path = Path(SHARED) / "articles" / "daily-mail-child-abuse-images.txt"
    if not path.exists():
        pytest.skip(f"no real article at {path}")
    text = path.read_text(encoding="utf-8")
    # The last per cent figure stands in what the last "revealed that" reports.
    start = text.rindex("revealed that") + len("revealed that ")
    office = Speaker("the Office", "organisation", None, "the Office")
    said = Attribution("q9", "indirect", ((start, text.index(".", start)),), speaker=office)
    return text, claims_of(text, said)


def test_the_real_article(real: tuple[str, tuple[Claim, ...]]) -> None:
    text, claims = real
    assert [claim.form for claim in claims] == [
        "rate", "rate", "count", "change_relative", "rate", "multiple", "change_relative",
    ]  # fmt: skip
    _headline, _lead, level, change, rate, higher, rise = claims
    assert level.value == int(text[slice(*level.span)].replace(",", ""))
    assert (level.direction, level.base) == ("up", change.base)
    assert (level.counted or "").endswith("offences")
    assert (change.direction, change.approximator, change.high) == ("up", "almost", change.value)
    assert (change.base or "").endswith("previous year")
    assert change.speaker is not None
    assert change.speaker.type == "document"
    assert rate.unit is not None
    assert rate.unit.startswith("minutes")
    assert (rate.period or "").startswith("between")
    assert (higher.status, higher.direction, higher.value) == ("hypothetical", "up", None)
    assert (rise.direction, rise.attribution) == ("up", "q9")
    assert (rise.period or "").endswith("five years")


def test_an_age_in_the_real_article_is_no_claim(real: tuple[str, tuple[Claim, ...]]) -> None:
    text, claims = real
    at = text.index("-year-old")
    assert not any(claim.span[0] < at < claim.span[1] + 1 for claim in claims)
