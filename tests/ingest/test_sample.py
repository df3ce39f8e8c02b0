"""The sample corpus: the header of each invented article is read as its gold says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsmine.ingest import read_file
from newsmine.resources import shipped
from newsmine.types import Article

GOLD = sorted(shipped("corpora/sample").glob("*.gold.json"))


def flat(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def read(gold: Path) -> tuple[dict[str, Any], Article]:
    (article,) = read_file(gold.with_name(gold.name.replace(".gold.json", ".txt")))
    return json.loads(gold.read_text(encoding="utf-8")), article


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name[:2])
def test_header(path: Path) -> None:
    gold, article = read(path)
    assert article.outlet == gold["outlet"]
    assert article.published == gold["published"]
    assert article.headline == flat(gold["headline"])
    assert article.standfirst == flat(gold["standfirst"])
    authors = [(author["name"], author.get("role")) for author in gold["bylines"]]
    assert [(byline.name, byline.role) for byline in article.bylines] == authors


def test_zones() -> None:
    """Most zones below the header too; a line of prose that closes a page looks like body."""
    found = wanted = 0
    for path in GOLD:
        gold, article = read(path)
        kinds = {flat(article.text[slice(*z.span)]): z.kind for z in article.zones}
        for kind, texts in (gold.get("zones") or {}).items():
            for text in texts:
                printed = flat(text if isinstance(text, str) else text["text"])
                wanted += 1
                found += kinds.get(printed) == kind
    assert found >= 0.8 * wanted
