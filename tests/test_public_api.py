"""`import newsmine` gives six names, typed and documented, and nothing is loaded for them."""

from __future__ import annotations

import inspect
import typing

import pytest

import newsmine
from newsmine import errors

NAMES = ["__version__", "build", "extract", "load", "open_index", "read"]
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


def test_every_error_has_an_exit_code_of_its_own() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = [typing.cast("type[errors.NewsmineError]", kind).exit_code for kind in kinds]
    assert len(codes) == len(set(codes))
