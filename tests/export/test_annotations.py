"""Web Annotations as a client reads them: JSON-LD whose selectors find the words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings

from newsmine.export import export
from newsmine.index import Index, open_index
from newsmine.types import Extraction
from tests.export.indexes import HOSTILE, LANTERN, PAIRS, index_of, lantern

MOTIVATIONS = {"describing", "tagging", "identifying", "classifying"}


def read(path: Path) -> list[dict[str, Any]]:
    collection = json.loads(path.read_bytes().decode("utf-8"))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    page = collection["first"]
    assert (page["type"], page["startIndex"]) == ("AnnotationPage", 0)
    items: list[dict[str, Any]] = page["items"]
    assert collection["total"] == len(items)
    assert len({item["id"] for item in items}) == len(items)
    return items


def targets_of(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def by_purpose(annotation: dict[str, Any]) -> dict[str, str]:
    assert all(body["type"] == "TextualBody" for body in annotation["body"])
    return {body["purpose"]: body["value"] for body in annotation["body"]}


def test_a_quote(index: Index, tmp_path: Path) -> None:
    assert export(index, tmp_path / "q.jsonld") == 1
    (found,) = read(tmp_path / "q.jsonld")
    assert found["type"] == "Annotation"
    assert by_purpose(found) == {
        "tagging": "Hearthlight",
        "identifying": "Ann Lee",
        "describing": "head of policy",
        "classifying": "direct",
    }
    first, second = targets_of(found)
    raw = lantern().article.raw
    assert raw is not None
    assert first["source"] == {
        "id": "a/lantern.txt",
        "type": "Text",
        "language": "en",
        "canonical": f"nih:sha-256;{raw.sha256}",
    }
    words, place = first["selector"]
    assert words == {
        "type": "TextQuoteSelector",
        "exact": "“Nobody counts,”",
        "prefix": LANTERN[: place["start"]][-32:],
        "suffix": " said Ann Lee, “the rest.”",
    }
    start = LANTERN.index("“Nobody")
    assert place == {"type": "TextPositionSelector", "start": start, "end": start + 16}
    assert second["selector"][0]["exact"] == "“the rest.”"


def test_a_figure(index: Index, tmp_path: Path) -> None:
    assert export(index, tmp_path / "c.json", what="claims", to="annotations") == 1
    (found,) = read(tmp_path / "c.json")
    assert by_purpose(found) == {"classifying": "count"}
    assert found["target"]["selector"][0]["exact"] == "1,200"


def check(index: Index, path: Path) -> None:
    """The annotations say what the rows say, and where."""
    rows = list(index.iter_quotes())
    assert export(index, path) == len(rows)
    for row, annotation in zip(rows, read(path), strict=True):
        article = index.article(row["article"]).article
        purposes = by_purpose(annotation)
        assert purposes.keys() <= MOTIVATIONS
        assert purposes["classifying"] == row["kind"]
        assert purposes.get("tagging") == row["organisation"]
        assert purposes.get("identifying") == row["speaker"]
        spans = [
            (t["selector"][1]["start"], t["selector"][1]["end"]) for t in targets_of(annotation)
        ]
        assert [list(span) for span in spans] == row["content"]
        for target, (start, end) in zip(targets_of(annotation), spans, strict=True):
            words = target["selector"][0]
            assert words["exact"] == article.text[start:end]
            assert article.text[:start].endswith(words["prefix"])
            assert article.text[end:].startswith(words["suffix"])
            assert unquote(target["source"]["id"]) == article.path
            assert not set(target["source"]["id"]) & set(' <>"{}|\\^`#?')


def test_hostile_articles(hostile_index: Index, tmp_path: Path) -> None:
    check(hostile_index, tmp_path / "h.jsonld")
    assert len(read(tmp_path / "h.jsonld")) == len(HOSTILE)


@settings(max_examples=40)
@given(PAIRS)
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, pair: tuple[Extraction, Extraction]
) -> None:
    folder = tmp_path_factory.mktemp("annotations")
    with open_index(index_of(folder / "x.db", *pair)) as index:
        check(index, folder / "x.jsonld")


def test_the_same_row_has_the_same_id(index: Index, tmp_path: Path) -> None:
    ids = []
    for name in ("1.jsonld", "2.jsonld"):
        export(index, tmp_path / name)
        ids.append([item["id"] for item in read(tmp_path / name)])
    assert ids[0] == ids[1]
