"""The fields of claims: readable cases of one point each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newsmine.nlp.claims import find_claims
from newsmine.nlp.numbers.lexicon import read_data
from newsmine.types import Claim
from tests.nlp.test_claims import FIELDS, an_article
from tests.nlp.test_numbers import expected, load_cases


def resolved(claim: Claim) -> list[str]:
    """The intervals that the reasons give for the period."""
    given = [r.removeprefix("period: ") for r in claim.reasons if r.startswith("period: ")]
    return given[0].split(" or ") if given else []


def organisation(claim: Claim) -> str | None:
    return claim.speaker.organisation if claim.speaker else None


@pytest.mark.parametrize("case", load_cases("claims_fields"))
def test_fields(case: dict[str, Any]) -> None:
    text = case["text"]
    article = replace(an_article(text), published=case.get("published"))
    found = find_claims(article, attributions=(), mentions=())
    wanted = case.get("claims", [])
    assert [text[slice(*claim.span)] for claim in found] == [want["text"] for want in wanted]
    for claim, want in zip(found, wanted, strict=True):
        got: dict[str, Any] = {field: getattr(claim, field) for field in FIELDS}
        got |= {"resolved": resolved(claim), "organisation": organisation(claim)}
        got |= {"speaker": claim.speaker.name if claim.speaker else "none", "text": want["text"]}
        got["value"] = want.get("value") if claim.value == expected(want.get("value")) else claim
        # TOML has no null: "none" says that a field stays unknown.
        found_fields = {name: "none" if got[name] is None else got[name] for name in want}
        assert found_fields == want


@pytest.mark.parametrize("table", ["enumerations", "persons", "pairs", "sets", "numbered", "idle"])
def test_lists_of_what_claims_nothing(table: str) -> None:
    for entry in read_data("claims_phrases")[table]:
        nothing = find_claims(an_article(entry["example"]), attributions=(), mentions=())
        assert nothing == (), entry["example"]
        assert find_claims(an_article(entry["not"]), attributions=(), mentions=()), entry["not"]


@pytest.mark.parametrize("table", ["verbs", "ly_nouns"])
def test_lists_that_lead_to_the_subject(table: str) -> None:
    for entry in read_data("claims_phrases")[table]:
        (claim,) = find_claims(an_article(entry["example"]), attributions=(), mentions=())
        assert claim.counted == entry["reads"]
        assert entry["not"] not in entry["words"]


def test_nations_are_places() -> None:
    for entry in read_data("claims_phrases")["nations"]:
        (claim,) = find_claims(an_article(entry["example"]), attributions=(), mentions=())
        assert claim.area == entry["stands_for"]
        (other,) = find_claims(an_article(entry["not"]), attributions=(), mentions=())
        assert other.area is None


@pytest.mark.parametrize(
    "text",
    [
        "He told a meeting in London that 40 homes were lost.",
        "They set aside £500m for Britain's role in the fair.",
    ],
)
def test_a_place_in_passing_is_no_area(text: str) -> None:
    (claim,) = find_claims(an_article(text), attributions=(), mentions=())
    assert claim.area is None
