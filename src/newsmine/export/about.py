"""What an export is: where its rows come from and what its columns mean.

A table without that is soon a table that nobody trusts. JSON for programs, a text for people; the
fields' names are those of docs/formats.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from newsmine.export.columns import described

UNDESCRIBED = "Not described."


@dataclass(frozen=True, slots=True)
class About:
    """Where rows come from.

    ``query`` are the filters as they were given, ``index`` what the index says of itself,
    ``created`` is UTC, ISO 8601.
    """

    what: str
    columns: tuple[str, ...]
    rows: int
    created: str
    newsmine: str
    query: Mapping[str, Any] = field(default_factory=dict)
    index: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def provenance(self) -> dict[str, Any]:
        """All but the columns, as JSON values."""
        return {
            "what": self.what,
            "rows": self.rows,
            "query": dict(self.query),
            "index": dict(self.index),
            "newsmine": self.newsmine,
            "created": self.created,
            "notices": list(self.notices),
        }

    def codebook(self) -> dict[str, Any]:
        """Provenance and columns, as the codebook file has them."""
        return {**self.provenance(), "columns": list(self._columns())}

    def _columns(self) -> Iterator[dict[str, str]]:
        for name in self.columns:
            known = described(self.what, name)
            kind, meaning = (known.type, known.meaning) if known else ("text", UNDESCRIBED)
            yield {"name": name, "type": kind, "meaning": meaning}

    def facts(self) -> Iterator[tuple[str, str]]:
        """The provenance as names and texts, for people; an empty fact is left out."""
        yield "What", f"{self.rows:,} {self.what}"
        yield "Query", _listed(self.query) or f"all {self.what}"
        for name, value in self.index.items():
            if value not in (None, [], {}):
                yield f"Index: {name}", _text(value)
        yield "Written by", f"newsmine {self.newsmine}"
        yield "Written at", self.created
        for notice in self.notices:
            yield "Note", notice

    def json(self) -> bytes:
        """The codebook file."""
        text = json.dumps(self.codebook(), ensure_ascii=False, indent=2, default=str)
        return f"{text}\n".encode("utf-8", "replace")

    def readme(self, name: str) -> bytes:
        """The text beside a file of this name."""
        facts = "\n".join(f"{fact}: {_one_line(value)}" for fact, value in self.facts())
        columns = "\n".join(f"- {c['name']} ({c['type']}): {c['meaning']}" for c in self._columns())
        text = f"{_one_line(name)}\n\n{facts}\n\n{_HOW_TO_READ}\n\nColumns\n\n{columns}\n"
        return text.encode("utf-8", "replace")


_HOW_TO_READ = (
    "Rows were found by a program: see the confidence and reasons, and check against the article\n"
    "before you cite. An empty cell means unknown. Offsets count characters, end exclusive."
)


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {_text(value)}" for name, value in values.items())


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return _listed(value)
    if isinstance(value, list | tuple):
        return "; ".join(map(_text, value))
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())
