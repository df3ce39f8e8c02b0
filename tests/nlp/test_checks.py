"""Checks between figures: readable cases, published figures, the gate, several articles."""

from __future__ import annotations

import random
import re
import time
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsmine import pipeline
from newsmine.nlp.checks import compare, find_checks
from newsmine.nlp.checks.across import Agreement, Cited, agreements, relate
from newsmine.nlp.checks.figures import link, whole_words
from newsmine.nlp.checks.intervals import Interval, judge, round_step
from newsmine.nlp.checks.misread import one_digit_apart
from newsmine.nlp.checks.periods import lengths, same_period, years_of
from newsmine.nlp.checks.sums import plain
from newsmine.nlp.checks.things import same_thing, singular, surely_same, thing_of
from newsmine.nlp.claims import find_claims
from newsmine.nlp.numbers.lexicon import read_data
from newsmine.types import Article, Check, Claim, Zone
from tests.factories import make_article
from tests.nlp.test_numbers import SHARED

CASES = Path(__file__).parent / "cases" / "checks.toml"
ROOT = Path(__file__).parents[2]


def load_cases(table: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=case.get("label", case["text"])[:60],
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for case in tomllib.loads(CASES.read_text(encoding="utf-8"))[table]
    ]


def an_article(text: str, *zones: Zone) -> Article:
    return make_article(text, zones=zones or (Zone((0, len(text)), "body"),))


def checked(article: Article) -> list[tuple[list[str], Check]]:
    """The checks of an article with their figures as printed, by rules that need no model."""
    claims = find_claims(article, attributions=(), mentions=())
    printed = {claim.id: article.text[slice(*claim.span)] for claim in claims}
    return [
        (sorted(printed[name] for name in check.claims), check)
        for check in find_checks(article, claims)
    ]


def verify(case: dict[str, Any]) -> None:
    found = checked(an_article(case["text"]))
    wanted = case.get("checks", [])
    assert sorted(figures for figures, _ in found) == sorted(sorted(w["figures"]) for w in wanted)
    for want in wanted:
        (check,) = [check for figures, check in found if figures == sorted(want["figures"])]
        assert check.verdict == want["verdict"]
        assert want.get("sum", "") in (check.sum or "")
        assert want.get("reason", "") in (check.reason or "")


@pytest.mark.parametrize("case", load_cases("published"))
def test_published_figures(case: dict[str, Any]) -> None:
    verify(case)


@pytest.mark.parametrize("case", load_cases("case"))
def test_figures_of_one_text(case: dict[str, Any]) -> None:
    verify(case)


# What agrees


@pytest.mark.parametrize(
    ("value", "worked", "verdict"),
    [
        (23, "23.4", "agree"),
        (23, "23.6", "agree"),  # cut
        (23, "24.1", "disagree"),
        (23, "22.4", "disagree"),
        (20, "22.8", "agree_if_coarse"),
        (20, "23.1", "disagree"),
        (25, "27", "agree_if_coarse"),  # to fives
        (3, "3.56", "agree_if_coarse"),
        (1, "1.9", "disagree"),
        (22000, "22724", "agree_if_coarse"),
        (22724, "22000", "disagree"),
        ("2.5", "2.54", "agree"),
        ("2.5", "2.7", "disagree"),
    ],
)
def test_a_figure_and_a_sum(value: str | int, worked: str, verdict: str) -> None:
    exact, half = Fraction(value), Fraction(1, 2 if Fraction(value).denominator == 1 else 20)
    printed = Interval(exact - half, exact + half)
    assert judge(exact, printed, Interval(Fraction(worked), Fraction(worked))).verdict == verdict


def test_a_bound_is_not_rounded_away() -> None:
    more_than = Interval(Fraction(20), None)
    for worked, verdict in [("20.4", "agree"), ("19.8", "agree_if_coarse"), ("18", "disagree")]:
        one = Interval(Fraction(worked), Fraction(worked))
        assert judge(Fraction(20), more_than, one).verdict == verdict


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=1, max_value=10**9))
def test_a_sum_that_is_right_agrees(part: int, whole: int) -> None:
    """Whatever two exact figures give, printed to the whole number it agrees."""
    half = Fraction(1, 2)
    worked = Interval(part - half, part + half) / Interval(whole - half, whole + half)
    printed = round(Fraction(part, whole))
    assume(printed)
    judged = judge(Fraction(printed), Interval(printed - half, printed + half), worked)
    assert judged.verdict == "agree"


@given(st.integers(min_value=1, max_value=10**6), st.fractions(min_value=3, max_value=50))
def test_a_sum_far_off_disagrees(value: int, factor: Fraction) -> None:
    half = Fraction(1, 2)
    worked = Interval(value * factor, value * factor)
    judged = judge(Fraction(value), Interval(value - half, value + half), worked)
    assert judged.verdict == "disagree"


@pytest.mark.parametrize(
    ("value", "step"),
    [(20, 10), (25, 5), (23, 1), (150, 10), (22700, 100), (22500, 500), ("2.5", "0.1")],
)
def test_what_a_figure_is_rounded_to(value: str | int, step: str | int) -> None:
    assert round_step(Fraction(value)) == Fraction(step)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(22724, "22,724"), ("23.1297", "23.1"), ("6.342", "6.34"), ("0.5", "0.5"), (1, "1")],
)
def test_sums_are_written_for_readers(value: str | int, shown: str) -> None:
    assert plain(Fraction(value)) == shown


# What is comparable


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("offences", "the offences", True),
        ("grooming offences", "offences", True),
        ("grooming offences", "drug offences", False),
        ("the number of calls", "calls", True),
        ("calls about bullying", "calls", True),
        ("children", "child", True),
        ("offences", "arrests", False),
        ("offences", None, None),
        ("they", "offences", None),
    ],
)
def test_things(a: str | None, b: str | None, same: bool | None) -> None:
    assert same_thing(thing_of(a), thing_of(b)) is same


def test_a_bare_noun_is_too_little_across_articles() -> None:
    assert surely_same(thing_of("offences"), thing_of("offences")) is None
    assert surely_same(thing_of("grooming offences"), thing_of("grooming offences")) is True


@pytest.mark.parametrize(
    ("word", "one"), [("bodies", "body"), ("boxes", "box"), ("buses", "bus"), ("losses", "loss"),
                      ("cases", "case"), ("crisis", "crisis"), ("women", "woman")]
)  # fmt: skip
def test_singulars(word: str, one: str) -> None:
    assert singular(word) == (one if word != "buses" else "buse")


def a_claim(name: str = "c1", value: int = 31238, **fields: Any) -> Claim:
    half = Fraction(1, 2)
    fields = {"form": "count", "counted": "grooming offences", **fields}
    exact = Fraction(value)
    return Claim(name, (0, 1), value=exact, low=exact - half, high=exact + half, **fields)


def test_england_and_wales_is_not_the_uk() -> None:
    """Published: 31,238 offences in England and Wales, 47,008 in the UK."""
    one = a_claim(area="England and Wales")
    other = a_claim(value=47008, area="the UK")
    found = compare(one, other)
    assert found.comparable is False
    assert found.differs == ("area",)


@pytest.mark.parametrize(
    ("fields", "others", "comparable"),
    [
        ({}, {}, True),
        ({"area": "Britain"}, {"area": "UK"}, True),
        ({"period": "in 2017"}, {"period": "in 2018"}, False),
        ({"period": "in 2018"}, {}, True),
        ({"form": "money", "unit": "GBP"}, {"form": "money", "unit": "USD"}, False),
        ({"form": "share"}, {"form": "ratio"}, True),
        ({"population": "parents"}, {"population": "teachers"}, False),
        ({"status": "forecast"}, {"status": "recorded"}, False),
        ({"status": "estimate"}, {"status": "recorded"}, True),
        ({"counted": None}, {}, None),
        ({"form": "rate", "unit": "calls a day"}, {"form": "rate", "unit": "GBP a day"}, False),
        (
            {"form": "rate", "unit": "calls a day"},
            {"form": "rate", "unit": "minutes between two"},
            True,
        ),
    ],
)
def test_comparability(
    fields: dict[str, Any], others: dict[str, Any], comparable: bool | None
) -> None:
    assert compare(a_claim(**fields), a_claim(**others)).comparable is comparable


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("between 2017 and 2018", [1, 2]),
        ("in the past five years", [5]),
        ("in the year to March", [1]),
        ("in 2017/18", [1]),
        ("in 18 months", [Fraction(3, 2)]),
        ("last month", [Fraction(1, 12)]),
        ("since 2010", []),
        (None, []),
    ],
)
def test_lengths_of_periods(period: str | None, years: list[Fraction]) -> None:
    assert [length.years for length in lengths(period)] == years


def test_years_of_periods() -> None:
    assert years_of("in 2017/18") == {2017, 2018}
    assert years_of("last year", "2019-05-03") == {2018, 2019}
    assert years_of("last year") == frozenset()
    assert same_period("in March", "in June") is False
    assert same_period("last year", "in 2012", published=("2019-05", None)) is False


CORPORA = [ROOT / "corpora" / "sample", SHARED / "british" / "tune"]


@pytest.mark.parametrize("folder", CORPORA, ids=lambda folder: folder.name)
def test_figures_of_unrelated_articles_are_not_comparable(folder: Path) -> None:
    """Under 1 % of 10,000 random pairs."""
    if not folder.is_dir():
        pytest.skip(f"no articles at {folder}")
    articles = [a for path in sorted(folder.glob("*.txt")) for a in pipeline.read(path)]
    found = [(a, find_claims(a, attributions=(), mentions=())) for a in articles]
    found = [(article, claims) for article, claims in found if claims]
    choose, comparable, related = random.Random(4), 0, 0
    for _ in range(10_000):
        one, other = (_picked(choose, pair) for pair in choose.sample(found, 2))
        dates = (one.published, other.published)
        comparable += (
            compare(one.claim, other.claim, published=dates, across=True).comparable is True
        )
        related += relate(one, other) is not None
    assert comparable < 100
    assert related < 100


def _picked(choose: random.Random, pair: tuple[Article, tuple[Claim, ...]]) -> Cited:
    article, claim = pair[0], choose.choice(pair[1])
    start, end = claim.span
    context = article.text[max(0, start - 150) : end + 150]
    return Cited(claim, article.text[start:end], article.id, context, published=article.published)


# Several articles


def cited(value: int, article: str, **fields: Any) -> Cited:
    kept = {name: fields.pop(name, None) for name in ("outlet", "published", "compiler")}
    context = fields.pop("context", "")
    return Cited(a_claim(value=value, **fields), f"{value:,}", article, context, **kept)


def only(one: Cited, other: Cited) -> tuple[str, str]:
    found = relate(one, other)
    assert found is not None
    return found.relation, found.verdict


def test_relations_of_two_figures() -> None:
    base = cited(
        4120, "a", area="UK", period="in 2018", compiler="Hearthlight", published="2019-01"
    )
    assert only(base, cited(4120, "b")) == ("same figure", "agree")
    assert only(base, cited(4000, "b")) == ("rounded copy", "agree_if_coarse")
    assert only(base, cited(4120, "b", area="Wales")) == ("other scope", "not_comparable")
    later = cited(4180, "b", compiler="Hearthlight", published="2019-06")
    assert only(base, later) == ("revised", "undetermined")
    other = cited(7310, "b", compiler="Pollmark", period="in 2018")
    assert only(base, other) == ("conflict", "disagree")
    assert only(base, cited(7310, "b", published="2019-02-03")) == ("conflict", "undetermined")
    assert relate(base, cited(7310, "b", published="2014-02-03")) is None
    assert relate(base, cited(7310, "b")) is None


def test_unrelated_figures_have_no_relation() -> None:
    base = cited(4120, "a")
    assert relate(base, cited(4120, "a")) is None
    assert relate(base, cited(4120, "b", counted="drug offences")) is None
    assert relate(base, cited(4120, "b", form="money", unit="GBP")) is None


def test_a_bare_noun_needs_a_telling_figure() -> None:
    assert relate(cited(500, "a", counted="cases"), cited(500, "b", counted="cases")) is None
    found = relate(cited(4127, "a", counted="cases"), cited(4127, "b", counted="cases"))
    assert found is not None
    assert found.relation == "same figure"


def test_shares_need_passages_alike() -> None:
    said = "Forty per cent of Northwick parents would ban telephones at school"
    fields = {"form": "share", "counted": "Northwick parents"}
    other = "Forty per cent of parents in town never cook supper on Sundays"
    one = cited(40, "a", context=said, **fields)
    assert relate(one, cited(40, "b", context=said, **fields)) is not None
    assert relate(one, cited(40, "b", context=other, **fields)) is None


def test_compilers_are_counted_not_articles() -> None:
    papers = [cited(4120, name, compiler="Hearthlight", outlet=name) for name in "abc"]
    (found,) = list(agreements([*papers, cited(90, "d", counted="burnt hedges")]))
    assert isinstance(found, Agreement)
    assert (found.relation, len(found.figures)) == ("same figure", 3)
    assert found.compilers == ("Hearthlight",)
    assert found.reason == "in 3 articles, released by Hearthlight"


def test_copies_are_one_answer_and_conflicts_another() -> None:
    figures = [
        cited(4120, "a", period="in 2018", compiler="Hearthlight"),
        cited(4000, "b", period="in 2018"),
        cited(7310, "c", period="in 2018", compiler="Pollmark"),
    ]
    found = list(agreements(figures))
    assert [f.relation for f in found] == ["rounded copy", "conflict"]
    assert found[1].compilers == ("Pollmark", "Hearthlight") or found[1].compilers == (
        "Hearthlight",
        "Pollmark",
    )


# Headlines, misread digits


def headed(headline: str, body: str) -> Article:
    text = f"{headline}\n\n{body}"
    at = len(headline)
    return an_article(text, Zone((0, at), "headline"), Zone((at + 2, len(text)), "body"))


@pytest.mark.parametrize(
    ("headline", "verdict"),
    [
        ("Charity counts 4,120 grooming offences", "agree"),
        ("Charity counts 4,000 grooming offences", "agree_if_coarse"),
        ("Charity counts 4,520 grooming offences", None),
        ("Charity counts 4,420 grooming offences", "disagree"),
    ],
)
def test_headlines(headline: str, verdict: str | None) -> None:
    found = checked(headed(headline, "Hearthlight counted 4,120 grooming offences."))
    assert [check.verdict for _, check in found] == ([verdict] if verdict else [])


def test_digits_that_ocr_mixes_up() -> None:
    assert one_digit_apart(Fraction(22724), Fraction(27724))
    assert not one_digit_apart(Fraction(22724), Fraction(27774))
    assert not one_digit_apart(Fraction(22724), Fraction(23724))
    assert not one_digit_apart(Fraction(120), Fraction(420))


def test_an_offer_changes_no_figure() -> None:
    text = "Referrals rose from 8,300 to 13,200, up 50 per cent."
    ((_, check),) = checked(an_article(text))
    assert check.verdict == "disagree"
    assert check.reason == "agrees if OCR misread a digit: 8,800 for 8,300"
    assert "13,200 ÷ 8,300" in (check.sum or "")


@pytest.mark.parametrize(
    "text", ["", "Nothing here.", "Just 40 calls.", "0 of 0 calls, or 0 a day"]
)
def test_nothing_to_check(text: str) -> None:
    assert checked(an_article(text)) == []


@given(st.text(alphabet="01259 ,.%£()-–fromtouparse\n", max_size=150))
def test_any_text_is_checked_without_harm(text: str) -> None:
    article = an_article(text)
    claims = find_claims(article, attributions=(), mentions=())
    known = {claim.id for claim in claims}
    assert all(set(check.claims) <= known for check in find_checks(article, claims))


def test_the_same_article_gives_the_same_checks() -> None:
    text = (
        "Police logged 7,300 thefts last year, 20 a day. Of the 7,300, 1,825 (one in four) failed."
    )
    assert checked(an_article(text)) == checked(an_article(text))


def test_a_long_table_takes_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "Calls rose from 100 to 150, up 20 per cent, or 3 a day of the 900 calls. " * count
        article = an_article(text)
        claims = find_claims(article, attributions=(), mentions=())
        begun = time.process_time()
        assert len(find_checks(article, claims)) >= count
        return time.process_time() - begun

    seconds(2)
    assert seconds(160) < 24 * seconds(20) + 0.5


# The data file's own examples


@pytest.mark.parametrize("entry", read_data("checks")["words"], ids=lambda e: e["kind"])
def test_words(entry: dict[str, Any]) -> None:
    thing = thing_of(entry["example"])
    assert thing is not None
    assert thing.head == entry["reads"]


@pytest.mark.parametrize("entry", read_data("checks")["periods"], ids=lambda e: e["example"])
def test_period_patterns(entry: dict[str, Any]) -> None:
    pattern = re.compile(entry["pattern"], re.IGNORECASE)
    assert pattern.search(entry["example"])
    assert not pattern.search(entry["not"])


@pytest.mark.parametrize("entry", read_data("checks")["links"], ids=lambda e: e["kind"])
def test_link_patterns(entry: dict[str, Any]) -> None:
    gap, _ = link(entry["kind"])
    assert gap.fullmatch(entry["example"])
    assert not gap.fullmatch(entry["not"])


@pytest.mark.parametrize("entry", read_data("checks")["wholes"], ids=lambda e: e["kind"])
def test_whole_patterns(entry: dict[str, Any]) -> None:
    pattern = whole_words(entry["kind"])
    assert pattern.search(entry["example"])
    assert not pattern.search(entry["not"])


# The real article


def test_the_real_article() -> None:
    """Its level, its rate and the base that its change implies."""
    path = SHARED / "articles" / "daily-mail-child-abuse-images.txt"
    if not path.exists():
        pytest.skip(f"no real article at {path}")
    (article,) = pipeline.read(path)
    found = [check for _, check in checked(article)]
    assert [(check.rule, check.verdict) for check in found] == [
        ("headline and text", "agree"),
        ("rate and total", "undetermined"),
        ("change", "undetermined"),
        ("rate and total", "agree"),
    ]
    _headline, _lead, change, rate = found
    assert "18,179 to 18,326" in (change.sum or "")
    assert "every 23.1 minutes" in (rate.sum or "")
    assert "46.3" in (rate.reason or "")
