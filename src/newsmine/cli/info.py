"""``newsmine info``: what an index holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsmine.cli.options import IndexFile
from newsmine.cli.screen import facts, one_line, show

if TYPE_CHECKING:
    from newsmine.index import Checked, IndexInfo

EXAMPLES = ("newsmine info newsmine-demo.db",)


def info(file: IndexFile) -> None:
    """Print what an index holds, and what made it."""
    from newsmine.index import open_index

    with open_index(file) as index:
        rows = [*_facts(index.info()), *_judged(index.checked())]
    show(facts(one_line(file), rows))


def _facts(info: IndexInfo) -> Iterator[tuple[str, str]]:
    for name in ("articles", "quotes", "claims", "speakers", "organisations", "outlets"):
        yield name, f"{getattr(info, name):,}"
    yield "published", " to ".join(one_line(d) for d in (info.earliest, info.latest) if d)
    yield "without a date", f"{info.undated:,}"
    yield "model", ", ".join(map(one_line, info.models))
    yield "newsmine", ", ".join(map(one_line, info.newsmine))
    yield "form", str(info.form)
    yield "size", f"{info.bytes / 1e6:,.1f} MB"


def _judged(checked: Checked) -> Iterator[tuple[str, str]]:
    """What people said of rows; nothing where nobody looked."""
    yield from (
        (name, f"{count:,}")
        for name, count in (
            ("checked, right", checked.right),
            ("corrected", checked.corrected),
            ("dropped", checked.dropped),
        )
        if count
    )
    if checked.lost:
        yield "corrections lost", f"{checked.lost:,} (see newsmine fix FILE --list)"
