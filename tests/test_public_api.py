"""`import newsmine` gives its names, typed and documented, and nothing is loaded for them."""

from __future__ import annotations

import inspect
import typing
from pathlib import Path

import pytest

import newsmine
from newsmine import errors

NAMES = ["__version__", "build", "extract", "load", "open_index", "parse_numbers", "read"]
FUNCTIONS = [name for name in NAMES if not name.startswith("_")]


def test_these_names_and_no_others() -> None:
    assert newsmine.__all__ == NAMES
    assert dir(newsmine) == NAMES


def test_unknown_names_are_missing() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extracts'"):
        _ = newsmine.extracts  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_documented(name: str) -> None:
    doc = inspect.getdoc(getattr(newsmine, name))
    assert doc
    assert "Raises:" in doc


@pytest.mark.parametrize("name", FUNCTIONS)
def test_typed(name: str) -> None:
    signature = inspect.signature(getattr(newsmine, name))
    assert signature.return_annotation is not signature.empty
    assert all(p.annotation is not p.empty for p in signature.parameters.values())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_options_are_named(name: str) -> None:
    """What comes after the thing itself is given by name."""
    parameters = inspect.signature(getattr(newsmine, name)).parameters.values()
    by_place = [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY]
    assert len(by_place) <= (2 if name == "build" else 1)


@pytest.mark.skipif(
    not (Path(__file__).parents[1] / "models" / "en_newsmine" / "config.cfg").is_file(),
    reason="models/en_newsmine is not built",
)
def test_the_whole_way(tmp_path: Path) -> None:
    """What docs/python-api.md promises, with the real model."""
    text = "“We need a new law,” said Ann Lee, director of the charity Hearthlight."
    extraction = newsmine.extract(text)
    (attribution,) = extraction.attributions
    assert attribution.speaker is not None
    assert attribution.speaker.name == "Ann Lee"
    assert extraction.article.raw is not None
    ((start, end),) = extraction.article.alignment.to_raw(attribution.content[0])
    assert extraction.article.raw.raw_text[start:end] == "“We need a new law,”"

    (tmp_path / "law.txt").write_text(text, encoding="utf-8")
    assert [article.text for article in newsmine.read(tmp_path / "law.txt")] == [text]
    summary = newsmine.build(tmp_path, tmp_path / "news.db", model=newsmine.load())
    assert summary.added == 1
    with newsmine.open_index(tmp_path / "news.db") as index:
        table = index.quotes(org="Hearthlight")
    assert table["speaker"].tolist() == ["Ann Lee"]


def test_every_error_has_an_exit_code_of_its_own() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = [typing.cast("type[errors.NewsmineError]", kind).exit_code for kind in kinds]
    assert len(codes) == len(set(codes))
