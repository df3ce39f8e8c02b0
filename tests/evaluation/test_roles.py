"""Roles and links: the definitions, and the same figures as the shared scorer gives."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from newsmine.evaluation.brat import BratArticle, BratAttribution, read_folder
from newsmine.evaluation.roles import FIGURES, matched, role_figures, tally_roles
from newsmine.types import Span

DATA = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
SCORER = DATA.parent / "tools" / "score_attributions.py"
POLNEAR = DATA / "attributions" / "polnear" / "dev"

TEXT = "“It must stop,” said Ann Lee. The league says it is “unfair” to all. He left."


def spans(*strings: str) -> tuple[Span, ...]:
    return tuple((TEXT.index(s), TEXT.index(s) + len(s)) for s in strings)


def made(content: str, cue: str = "", source: str = "") -> BratAttribution:
    return BratAttribution(
        spans(source) if source else (), spans(cue) if cue else (), spans(content)
    )


DIRECT = made("“It must stop,”", "said", "Ann Lee")
MIXED = made("it is “unfair” to all", "says", "The league")


def f1(
    found: list[BratAttribution], gold: tuple[BratAttribution, ...] = (DIRECT, MIXED)
) -> dict[str, float]:
    figures = role_figures(tally_roles(TEXT, gold, found))
    return {name: round(value.f1, 1) for name, value in figures.items()}


def test_all_right() -> None:
    indirect = made("He left")
    assert set(f1([DIRECT, MIXED, indirect], (DIRECT, MIXED, indirect)).values()) == {100.0}


def test_nothing_found() -> None:
    assert set(f1([]).values()) == {0.0}


def test_marks_and_stops_do_not_matter() -> None:
    found = f1([made("It must stop", "said", "Ann Lee"), MIXED])
    assert found["content exact"] == 100
    assert found["relation"] == 100
    # It no longer starts with a mark, so it is not among the direct ones found.
    assert found["direct relation"] == 0


def test_half_of_the_words_are_enough_for_a_relation_only() -> None:
    found = f1([made("must stop", "said", "Lee"), MIXED])
    assert found["relation"] == 100
    assert found["content exact"] == 50
    assert found["source exact"] == 50
    assert found["content overlap"] == pytest.approx(93.3)


def test_the_source_must_share_a_word() -> None:
    assert f1([made("“It must stop,”", "said", "He"), MIXED])["relation"] == 50
    assert f1([made("“It must stop,”", "said"), MIXED])["relation"] == 50
    nobody = made("“It must stop,”")
    assert f1([nobody], (nobody,))["relation"] == 100


def test_kinds_are_told_by_marks() -> None:
    found = f1([MIXED])
    assert (found["mixed relation"], found["direct relation"]) == (100, 0)
    assert found["quoted relation"] == pytest.approx(66.7)


def test_one_to_one_best_first() -> None:
    half = made("must stop", "said", "Ann Lee")
    assert matched(TEXT, [DIRECT], [half, DIRECT]) == {0: 1}
    assert matched(TEXT, [DIRECT, half], [DIRECT]) == {0: 0}
    elsewhere = made("“It must stop,”", source="The league")
    assert matched(TEXT, [DIRECT], [elsewhere]) == {}
    assert matched(TEXT, [DIRECT], [elsewhere], sources=False) == {0: 0}


def shared_score() -> Callable[..., dict[str, dict[str, float]]]:
    spec = importlib.util.spec_from_file_location("score_attributions", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Callable[..., dict[str, dict[str, float]]] = module.score
    return score


def disturbed(article: BratArticle, random: Random) -> list[BratAttribution]:
    """The gold as a bad extractor would give it: roles lost, shifted, exchanged, invented."""

    def shifted(span: Span) -> Span:
        # Never an empty one: the shared scorer takes nothing at all for a quotation mark.
        start, end = span[0] + random.choice([0, 0, -9, 5]), span[1] + random.choice([0, -6, 12])
        good = 0 <= start < end <= len(article.text) and article.text[start:end].strip()
        return (start, end) if good else span

    def role(given: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(map(shifted, given)) if random.random() < 0.9 else ()

    out = [
        BratAttribution(role(a.source), role(a.cue), tuple(map(shifted, a.content)))
        for a in article.attributions
        if random.random() < 0.8
    ]
    return out + [a for a in out if random.random() < 0.1]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_shared_scorer_gives_the_same_figures(seed: int) -> None:
    if not SCORER.is_file() or not POLNEAR.is_dir():
        pytest.skip(f"{SCORER} or {POLNEAR} is absent: nothing to compare with")
    articles = list(read_folder(POLNEAR))[:30]
    found = {a.name: disturbed(a, Random(f"{seed} {a.name}")) for a in articles}
    tallies = [tally_roles(a.text, a.attributions, found[a.name]) for a in articles]
    ours = role_figures(sum(tallies, tallies[0].__class__()))

    def plain(a: BratAttribution) -> dict[str, Any]:
        return {"source": a.source, "cue": a.cue, "content": a.content}

    gold = {a.name: (a.text, list(map(plain, a.attributions))) for a in articles}
    predicted = {name: list(map(plain, rows)) for name, rows in found.items()}
    theirs = shared_score()(gold, predicted)
    assert set(theirs) == set(FIGURES) - {"mixed relation", "indirect relation"}
    for name, figure in theirs.items():
        expected = (100 * figure["P"], 100 * figure["R"], 100 * figure["F1"])
        given = (ours[name].precision, ours[name].recall, ours[name].f1)
        assert given == pytest.approx(expected), name
        assert 20 < given[2] < 99, "neither trivially right nor wrong"
