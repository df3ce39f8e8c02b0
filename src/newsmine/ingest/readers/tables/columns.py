"""Which column of a table is the text, which the headline, the outlet, the date, the author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from newsmine.ingest import lexicon
from newsmine.ingest.readers.base import printable

Row = Mapping[str, Any]
Columns = Mapping[str, str]
"""The column of each field that the table has."""

PROSE = 100
"""Characters that cells hold on average where a column of no known name is taken for the text."""

OWN_OUTPUTS = (
    frozenset(("article", "attributions", "provenance")),
    frozenset(("quote", "speaker", "kind", "article")),
    frozenset(("claim", "form", "value", "article")),
)
"""Columns by which newsmine's own output is known."""


def find_columns(names: Sequence[str], sample: Sequence[Row]) -> Columns:
    """The columns by their names; without a known one, the text is the longest prose.

    Args:
        names: All columns, in order.
        sample: Rows from the beginning.

    Returns:
        Fields (``text``, ``headline``, ``standfirst``, ``outlet``, ``published``, ``byline``,
        ``id``) and their columns; no ``text`` where the table has none.
    """
    found = {field: ranked[0] for field in known() if (ranked := _named(names, field))}
    texts = _named(names, "text") or [n for n in names if n not in found.values()]
    lengths = {name: _length(name, sample) for name in texts}
    longest = max(texts, key=lambda name: lengths[name], default=None)
    # Of several columns with a name for texts, the fullest is; a name alone is enough for one.
    if longest is not None and (found.get("text") or lengths[longest] >= PROSE):
        found["text"] = longest if lengths[longest] else found.get("text", longest)
    return found


def is_known(name: str) -> bool:
    """Whether a column has one of the known names."""
    return any(_folded(name) in names for names in known().values())


def says(columns: Columns) -> tuple[str, ...]:
    """The flag that says which column was taken for what; none where names and fields agree."""
    taken = [
        f"{printable(name)} as {field}" for field, name in columns.items() if _folded(name) != field
    ]
    return (f"column {', '.join(taken)}",) if taken else ()


def is_own_output(names: Sequence[str]) -> bool:
    """Whether the table is what newsmine itself wrote."""
    return any(own <= {_folded(name) for name in names} for own in OWN_OUTPUTS)


@cache
def known() -> Mapping[str, tuple[str, ...]]:
    """The known names of each field's column, the surest first."""
    return {c["field"]: tuple(c["names"]) for c in lexicon.load("columns")["column"]}


def _named(names: Sequence[str], field: str) -> list[str]:
    ranks = known()[field]
    fitting = [name for name in names if _folded(name) in ranks]
    return sorted(fitting, key=lambda name: ranks.index(_folded(name)))


def _folded(name: str) -> str:
    return re.sub(r"[\s.\-]+", "_", name.strip().lstrip("\ufeff")).casefold()


def _length(name: str, sample: Sequence[Row]) -> float:
    return sum(map(len, _proses(name, sample))) / max(len(sample), 1)


def _proses(name: str, sample: Sequence[Row]) -> Iterator[str]:
    """The cells of a column that hold words."""
    for row in sample:
        value = row.get(name)
        parts = value if isinstance(value, list) else [value]
        yield from (
            part for part in parts if isinstance(part, str) and re.search(r"[^\W\d_]", part)
        )
