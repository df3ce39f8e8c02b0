"""Extractions in one searchable file: SQLite with full text, which Datasette opens as it is.

>>> with create_index("news.db") as index:  # doctest: +SKIP
...     index.add(extraction)
...     index.quotes(org="nspcc", since=2018, text='"duty of care"')

``query`` says how each filter matches; ``schema`` holds the tables.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsmine.index.agreement import (
        AGREEMENT_COLUMNS,
        CHECK_COLUMNS,
        AgreementFilters,
        CheckFilters,
        Repeated,
    )
    from newsmine.index.articles import ArticleEntry, IndexInfo, StoredArticle
    from newsmine.index.census import Profile, SpeakerEntry, YearEntry
    from newsmine.index.facets import Facet, Facets
    from newsmine.index.file import Index, create_index, open_index
    from newsmine.index.fixes import Checked, Correction, Judged
    from newsmine.index.journal import Journal, Judgement
    from newsmine.index.name_lists import NameEntry, Names
    from newsmine.index.profiles import DatedEntry, SpeakerProfile
    from newsmine.index.query import Filters, Query
    from newsmine.index.query_line import QueryLine, parse_query
    from newsmine.index.results import InContext, SearchResult
    from newsmine.index.rows import CLAIM_COLUMNS, QUOTE_COLUMNS, RowStream
    from newsmine.index.search import Emptied, FilterEffect
    from newsmine.index.size import IndexSize
    from newsmine.index.store import AddResult
    from newsmine.index.suggestions import Suggestion
    from newsmine.index.variants import Variant

__all__ = [
    "AGREEMENT_COLUMNS",
    "CHECK_COLUMNS",
    "CLAIM_COLUMNS",
    "QUOTE_COLUMNS",
    "AddResult",
    "AgreementFilters",
    "ArticleEntry",
    "CheckFilters",
    "Checked",
    "Correction",
    "DatedEntry",
    "Emptied",
    "Facet",
    "Facets",
    "FilterEffect",
    "Filters",
    "InContext",
    "Index",
    "IndexInfo",
    "IndexSize",
    "Journal",
    "Judged",
    "Judgement",
    "NameEntry",
    "Names",
    "Profile",
    "Query",
    "QueryLine",
    "Repeated",
    "RowStream",
    "SearchResult",
    "SpeakerEntry",
    "SpeakerProfile",
    "StoredArticle",
    "Suggestion",
    "Variant",
    "YearEntry",
    "create_index",
    "open_index",
    "parse_query",
]

_HOMES = {
    **dict.fromkeys(
        ("AGREEMENT_COLUMNS", "AgreementFilters", "CHECK_COLUMNS", "CheckFilters", "Repeated"),
        "agreement",
    ),
    **dict.fromkeys(("ArticleEntry", "IndexInfo", "StoredArticle"), "articles"),
    **dict.fromkeys(("Profile", "SpeakerEntry", "YearEntry"), "census"),
    **dict.fromkeys(("Facet", "Facets"), "facets"),
    **dict.fromkeys(("Index", "create_index", "open_index"), "file"),
    **dict.fromkeys(("Checked", "Correction", "Judged"), "fixes"),
    **dict.fromkeys(("Journal", "Judgement"), "journal"),
    **dict.fromkeys(("NameEntry", "Names"), "name_lists"),
    **dict.fromkeys(("DatedEntry", "SpeakerProfile"), "profiles"),
    **dict.fromkeys(("Filters", "Query"), "query"),
    **dict.fromkeys(("QueryLine", "parse_query"), "query_line"),
    **dict.fromkeys(("InContext", "SearchResult"), "results"),
    **dict.fromkeys(("CLAIM_COLUMNS", "QUOTE_COLUMNS", "RowStream"), "rows"),
    **dict.fromkeys(("Emptied", "FilterEffect"), "search"),
    "AddResult": "store",
    "IndexSize": "size",
    "Suggestion": "suggestions",
    "Variant": "variants",
}


def __getattr__(name: str) -> object:
    # Imported when it is asked for: a search needs a third of it, and whoever typed it waits.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
