"""Real articles beside the checkout: they read, and every word leads back to the raw text."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from newsmine.ingest import find_inputs, read_file
from newsmine.types import Article, Byline

DATA = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))
WORD = re.compile(r"\w+|[^\w\s]")
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data folder is not there")


REPAIRS = ("mojibake", "initial inferred", "mark")
"""The rules that put other characters in place of the raw ones."""


def is_repair(rule: str) -> bool:
    return any(repair in rule for repair in REPAIRS)


def lead_back(article: Article) -> list[tuple[str, str]]:
    """Words, numbers and marks whose raw characters differ, where no repair says why."""
    assert article.raw is not None
    raw, alignment = article.raw.raw_text, article.alignment
    wrong = []
    for match in WORD.finditer(article.text):
        printed = "".join(raw[a:b] for a, b in alignment.to_raw(match.span()))
        repaired = any(is_repair(e.rule or "") for e in alignment.explain(match.span()))
        if printed != match[0] and not repaired:
            wrong.append((match[0], printed))
    return wrong


@needs_data
@pytest.mark.parametrize("folder", ["articles", "british/tune", "attributions/polnear/dev"])
def test_every_word_leads_back(folder: str) -> None:
    for path in find_inputs([DATA / folder]):
        (article,) = read_file(path)
        assert lead_back(article) == [], path


@needs_data
def test_the_press_database_article() -> None:
    (path,) = find_inputs([DATA / "articles" / "daily-mail-*.txt"])
    (article,) = read_file(path)
    kinds = [zone.kind for zone in article.zones]
    assert article.outlet == "Daily Mail"
    assert article.headline is not None
    assert article.standfirst is None
    assert article.bylines == (Byline("Emily Kent Smith", "Media and Technology Reporter"),)
    assert kinds == [
        *("outlet", "headline", "byline", "lead", "body", "pull_quote", "furniture", "furniture")
    ]
    assert article.flags == ("capital lead",)


@needs_data
def test_british_news_has_headline_lead_and_body() -> None:
    for path in find_inputs([DATA / "british" / "tune"]):
        (article,) = read_file(path)
        kinds = {zone.kind for zone in article.zones}
        assert {"headline", "body"} <= kinds, path
        assert article.headline == article.text.split("\n\n")[0]
