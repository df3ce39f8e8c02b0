"""Who speaks in invented news of all desks (cases/speaker_passages.toml), and for whom."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from newsmine.evaluation.names import same_name
from newsmine.nlp.speakers import resolve_speakers

from .test_speakers import article_of, attributions_of

PASSAGES = tomllib.loads(
    (Path(__file__).parent / "cases" / "speaker_passages.toml").read_text("utf-8")
)


def wrong(case: dict[str, Any]) -> list[str]:
    """What is not as the case says, in words; a name may come with title or acronym."""
    text, found = attributions_of(case)
    out, _ = resolve_speakers(article_of(text), attributions=found, mentions=())
    faults = []
    for (name, organisation), attribution in zip(case["speakers"], out, strict=True):
        speaker = attribution.speaker
        got = (speaker.name, speaker.organisation) if speaker else (None, None)
        right = same_name(name, got[0]) if name else got[0] is None
        owner = same_name(organisation, got[1]) if organisation else got[1] is None
        if not (right and owner):
            faults.append(f"{got} for {(name, organisation)}: {attribution.reasons[-1]}")
    return faults


@pytest.mark.parametrize("case", PASSAGES["case"], ids=lambda c: c["text"].strip()[:60])
def test_passage(case: dict[str, Any]) -> None:
    assert not wrong(case)


@pytest.mark.xfail(strict=True, reason="not read yet")
@pytest.mark.parametrize("case", PASSAGES["failing"], ids=lambda c: c["text"].strip()[:60])
def test_known_failures(case: dict[str, Any]) -> None:
    assert not wrong(case)
