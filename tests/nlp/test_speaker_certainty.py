"""How sure a row's speaker is, and that a row's confidence counts it in."""

from __future__ import annotations

import pytest

from newsmine.nlp.speakers.certainty import speaker_shares, way, weigh_speakers
from newsmine.types import Attribution, Speaker

NAMED = "speaker: named ‘Ann Lee’"
PRONOUN = "speaker: ‘she’ is ‘Ann Lee’, most prominent before"
CALLED = "speaker: ‘the charity’ stands for ‘Hearthlight’"


def row(speaker: Speaker | None, *reasons: str, confidence: float = 0.8) -> Attribution:
    return Attribution("a1", "direct", ((0, 9),), (), (), speaker, confidence, reasons)


LEE = Speaker("Ann Lee", "person")
HEARTHLIGHT = Speaker("Hearthlight", "organisation")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (row(LEE, "pointers", NAMED), "person"),
        (row(LEE, "pointers", PRONOUN), "pronoun"),
        (row(HEARTHLIGHT, CALLED), "called"),
        (row(HEARTHLIGHT), "organisation"),
        (row(Speaker(None, "anonymous"), "speaker: not named"), "anonymous"),
        (row(None, "speaker: no source"), "nobody"),
        # Only what is said of the speaker counts: a mark may be "most prominent before" anything.
        (row(LEE, "mark: most prominent before", NAMED), "person"),
    ],
)
def test_how_a_speaker_was_found(found: Attribution, expected: str) -> None:
    assert way(found) == expected


def test_every_way_has_a_share() -> None:
    types = {"person", "organisation", "group", "anonymous", "document"}
    assert set(speaker_shares()) == types | {"pronoun", "called", "nobody"}
    assert all(0.5 < share < 1 for share in speaker_shares().values())


def test_a_name_is_surer_than_what_stands_for_it() -> None:
    named, pronoun, called = weigh_speakers(row(LEE, r) for r in (NAMED, PRONOUN, CALLED))
    assert 0.8 > named.confidence > pronoun.confidence > called.confidence > 0.5


def test_the_reason_says_it() -> None:
    (weighed,) = weigh_speakers([row(LEE, NAMED)])
    assert weighed.reasons == (NAMED, f"the speaker is right at {speaker_shares()['person']:.2f}")
    assert weighed.speaker == LEE
