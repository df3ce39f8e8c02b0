"""The dictionary of topics reaches its floors; the scorer counts what it should."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newsmine import ingest
from newsmine.errors import GoldError
from newsmine.evaluation.topics import TopicTally, load_labels, main, tally_topics
from newsmine.types import Zone
from tests.factories import make_article

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
INVENTED = Path(__file__).with_name("topics_invented.toml")

SAMPLE_FLOORS = {"all": (98, 86), "child-safety": (98, 94), "grooming": (98, 80)}
"""Precision and recall in per cent, at what is reached, less one article."""


@pytest.fixture(scope="module")
def sample() -> dict[str, TopicTally]:
    labels = load_labels(SAMPLE / "topics.toml")
    files = sorted(SAMPLE.glob("*.txt"))
    assert {path.stem for path in files} == set(labels), "every article has labels"
    return tally_topics((a for path in files for a in ingest.read_file(path)), labels)


@pytest.mark.parametrize("topic", SAMPLE_FLOORS)
def test_floors_on_the_sample(sample: dict[str, TopicTally], topic: str) -> None:
    precision, recall = SAMPLE_FLOORS[topic]
    assert sample[topic].precision >= precision
    assert sample[topic].recall >= recall


def test_invented_articles_stay_found() -> None:
    labels = tomllib.loads(INVENTED.read_text(encoding="utf-8"))
    articles = [
        make_article(
            entry["text"],
            path=f"{name}.txt",
            zones=(Zone((0, entry["text"].index("\n")), "headline"),),
        )
        for name, entry in labels.items()
    ]
    found = tally_topics(articles, labels)["all"]
    assert found.wrong == 0
    assert found.recall >= 84


LABELS = {"a": {"about": ["bullying", "design"], "touches": ["child-safety"]}, "b": {}}


def test_what_is_counted() -> None:
    text = "Cyberbullying of children. Grooming of a child."
    found = tally_topics(
        [make_article(text, path="x/a.txt"), make_article(text, path="other.txt")], LABELS
    )
    assert found["bullying"] == TopicTally(found=1)
    assert found["design"] == TopicTally(missed=1)
    assert found["grooming"] == TopicTally(wrong=1)
    assert found["child-safety"] == TopicTally()
    assert found["all"] == TopicTally(1, 1, 1)
    assert (found["all"].precision, found["all"].recall, found["all"].f1) == (50, 50, 50)
    assert found["sexting"].f1 == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = 1", "no labels for 'a'"),
        ('[a]\nabout = ["roses"]', "unknown topic 'roses' in 'a'"),
        ("[a]\nabuot = []", "no labels for 'a'"),
        ("[a", "cannot be read"),
    ],
)
def test_wrong_labels_are_told(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "topics.toml").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=reason):
        load_labels(tmp_path / "topics.toml")


def test_the_command_prints_every_topic(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Cyberbullying of children.\n", encoding="utf-8")
    (tmp_path / "topics.toml").write_text('[a]\nabout = ["bullying"]', encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 13
    assert "bullying          1 labelled  P 100.0  R 100.0  F1 100.0" in lines
    assert main([]) == 2
