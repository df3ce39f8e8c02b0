"""How sure it is that a row is a statement."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources

import pytest

from newsmine.nlp.certainty import TURN, certainty_model, properties, weigh
from newsmine.types import Attribution, AttributionKind


def attribution(text: str, content: str, *, kind: AttributionKind = "indirect") -> Attribution:
    start = text.index(content)
    span = (start, start + len(content))
    return Attribution("a1", kind, (span,), ((0, 3),), ((4, 8),), confidence=0.7)


def chance(text: str, content: str, *, kind: AttributionKind = "indirect") -> float:
    found = attribution(text, content, kind=kind)
    return certainty_model().probability(properties(text, found))


def test_a_clause_is_surer_than_a_bare_object() -> None:
    clause = chance("Ann said the plan was years late and dear", "the plan was years late and dear")
    bare = chance("Ann backs the plan", "the plan")
    assert clause > 0.6 > 0.5 > bare


def test_a_wish_is_less_sure_than_a_statement() -> None:
    text = "Ann said to leave the plan as it is"
    assert chance(text, "to leave the plan as it is") < chance(text, "leave the plan as it is")


def test_a_quotation_is_surer_than_a_quoted_word() -> None:
    long = chance(
        "Ann said “we have waited for years”", "“we have waited for years”", kind="direct"
    )
    short = chance("Ann said “late”", "“late”", kind="direct")
    assert long > short


def test_the_unsure_are_left_out_and_the_others_say_why() -> None:
    text = "Ann said the plan was years late. Ann backs it"
    sure = attribution(text, "the plan was years late")
    cue = text.index("backs")
    unsure = replace(attribution(text, "it"), cue=((cue, cue + 5),))
    kept = weigh(text, (sure, unsure), model=certainty_model(), least=0.5)
    assert [k.content for k in kept] == [sure.content]
    assert "a statement at" in kept[0].reasons[-1]


@pytest.mark.parametrize("kind", ["saying", "reacting", "thinking"])
def test_cues_match_their_examples(kind: str) -> None:
    path = resources.files("newsmine.data").joinpath("cues.toml")
    entry = tomllib.loads(path.read_text("utf-8"))[kind]
    for text, right in ((entry["example"], 1.0), (entry["not_example"], 0.0)):
        cued = replace(attribution("Ann left it late", "it late"), cue=((0, len(text)),))
        assert properties(f"{text} it late", cued)[f"cue {kind}"] == right


def test_what_is_said_is_surer_than_what_is_hoped() -> None:
    said = chance("Ann said the plan was late", "the plan was late")
    text = "Ann hoped the plan was late"
    hoped = replace(attribution(text, "the plan was late"), cue=((4, 9),))
    assert said > certainty_model().probability(properties(text, hoped))


def _lists() -> dict[str, dict[str, str]]:
    path = resources.files("newsmine.data").joinpath("clauses.toml")
    return tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize(("kind", "name"), [("finite", "clause"), ("question", "question")])
def test_word_lists_match_their_examples(kind: str, name: str) -> None:
    entry = _lists()[kind]
    for key, expected in (("example", 1.0), ("not_example", 0.0)):
        text = entry[key]
        assert properties(text, Attribution("a", "indirect", ((0, len(text)),)))[name] == expected


def test_every_weight_has_a_property() -> None:
    assert (
        certainty_model().weights.keys()
        == properties("", Attribution("a", "direct", ((0, 0),))).keys()
    )


def test_a_turn_of_a_dialogue_is_kept_however_short() -> None:
    text = "“Why?”"
    alone = Attribution("a", "direct", ((0, len(text)),), confidence=0.2)
    turn = replace(alone, reasons=(TURN,))
    kept = weigh(text, (alone, turn), model=certainty_model(), least=0.3)
    assert [a.reasons[0] for a in kept] == [TURN]
