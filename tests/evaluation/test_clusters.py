"""Copies and sayings of the sample corpus, found from its gold attributions, reach their floors."""

from __future__ import annotations

import itertools
import json
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from newsmine import read
from newsmine.evaluation.gold import SUFFIX, load_gold
from newsmine.index import Index, create_index
from newsmine.types import Attribution
from tests.factories import make_extraction

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "corpora" / "sample"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["clusters"]

Pairs = set[tuple[str, str]]


def pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def f1(found: Pairs, right: Pairs) -> float:
    return 200 * len(found & right) / (len(found) + len(right))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The articles as they are read, with the attributions that people marked."""
    with create_index(tmp_path_factory.mktemp("clusters") / "sample.db") as opened:
        for gold in load_gold(SAMPLE):
            (article,) = read(SAMPLE / f"{gold.name}.txt", clean=False)
            quotes = [
                Attribution(f"{number}", one.kind, one.content, speaker=one.speaker)
                for number, one in enumerate(gold.attributions)
            ]
            extraction = make_extraction(
                article.text,
                path=f"{gold.name}.txt",
                outlet=gold.outlet,
                published=gold.published,
                zones=article.zones,
                quotes=quotes,
            )
            opened.add(extraction)
        opened.cluster()
        yield opened


def groups(index: Index, sql: str) -> list[list[str]]:
    return [json.loads(row[0]) for row in index._database.rows(sql)]


def test_wire_copies(index: Index) -> None:
    wires: dict[str, list[str]] = {}
    for file in SAMPLE.glob(f"*{SUFFIX}"):
        if wire := json.loads(file.read_text("utf-8")).get("wire"):
            wires.setdefault(wire, []).append(file.name.removesuffix(SUFFIX) + ".txt")
    sql = """SELECT json_group_array(path) FROM copies JOIN articles ON number = article
        WHERE kind NOT NULL GROUP BY copies.text"""
    assert f1(pairs(groups(index, sql)), pairs(wires.values())) >= FLOORS["copies F1"]


def test_sayings(index: Index) -> None:
    labels = tomllib.loads((HERE / "sayings.toml").read_text("utf-8"))
    articles = ", ".join(f"'{name}.txt'" for name in labels["articles"])
    sql = f"""SELECT json_group_array(substr(path, 1, 2) || ':' || attribution)
        FROM prints JOIN attributions ON attributions.id = prints.quote
        JOIN articles ON number = attributions.article WHERE path IN ({articles}) GROUP BY saying"""
    found, right = pairs(groups(index, sql)), pairs(labels["sayings"])
    assert f1(found, right) >= FLOORS["sayings F1"], (found - right, right - found)
