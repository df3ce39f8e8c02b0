"""Who said what, with which numbers, in which paper.

>>> import newsmine
>>> text = "“We need a law,” said Ann Lee, director of the charity Hearthlight."
>>> extraction = newsmine.extract(text)
>>> [number.value for number in newsmine.parse_numbers("half a million children")]
[Fraction(500000, 1)]
>>> newsmine.build("articles/", "news.db")  # doctest: +SKIP
>>> newsmine.open_index("news.db").quotes(org="Hearthlight")  # doctest: +SKIP

Importing newsmine loads nothing heavy: each function imports what it needs when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["__version__", "build", "extract", "load", "open_index", "parse_numbers", "read"]

if TYPE_CHECKING:
    from newsmine.index import open_index as open_index
    from newsmine.nlp import load as load
    from newsmine.nlp.numbers import parse_numbers as parse_numbers
    from newsmine.pipeline import build as build
    from newsmine.pipeline import extract as extract
    from newsmine.pipeline import read as read

_HOMES = {
    "build": "newsmine.pipeline",
    "extract": "newsmine.pipeline",
    "load": "newsmine.nlp",
    "open_index": "newsmine.index",
    "parse_numbers": "newsmine.nlp.numbers",
    "read": "newsmine.pipeline",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'newsmine' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
