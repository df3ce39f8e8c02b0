"""What reaches the screen: safe text, tables that fit, results on stdout, remarks on stderr.

An article is untrusted text: an escape sequence in it could rewrite the reader's terminal, and a
direction mark could turn a quotation round. Both are shown as visible signs, never sent raw.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

# Controls but newline and tab; C1 controls; marks that turn the direction; lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_CONTROL_PICTURES = 0x2400
_NARROW = 160
"""Below this many columns a row is stacked in fewer, taller cells."""
_ENDLESS = 100_000


def safe(text: str) -> str:
    """The text with each dangerous character replaced by one visible sign; same length."""
    return _UNSAFE.sub(lambda match: _sign(match[0]), text)


def _sign(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def one_line(value: object) -> str:
    """A value for a cell or a message: safe, on one line; unknown is empty."""
    return "" if value is None else " ".join(safe(str(value)).split())


def json_text(record: object, *, indent: int | None = None) -> str:
    """JSON in readable Unicode; what a terminal could obey is escaped, as JSON allows."""
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    return re.sub(
        "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", _escape, text
    )


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def out(width: int | None = None) -> Console:
    """Standard output: colours and the terminal's width on a terminal, else plain and unbounded.

    Args:
        width: Columns to keep to off a terminal, for what is only there to be looked at.
    """
    return _console(sys.stdout, width)


def err() -> Console:
    """Standard error, for whatever is not the result."""
    return _console(sys.stderr, None)


def _console(stream: TextIO, width: int | None) -> Console:
    width = None if stream.isatty() else width or _ENDLESS
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def is_narrow(console: Console) -> bool:
    """Whether rows should be stacked on it."""
    return console.width < _NARROW


def say(message: str) -> None:
    """A remark for the person at the keyboard."""
    err().print(Text(one_line(message)), soft_wrap=True)


def show(*parts: RenderableType, width: int | None = None) -> None:
    """Print results on standard output."""
    console = out(width)
    for part in parts:
        console.print(part)


def table(
    title: str | None,
    columns: Iterable[str],
    rows: Iterable[Sequence[RenderableType]],
    *,
    airy: bool = False,
) -> Table:
    """A light table; cells are text as it stands, never markup. ``airy`` parts its rows."""
    grid = Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        header_style="bold",
        show_edge=False,
        leading=1 if airy else 0,
    )
    for name in columns:
        grid.add_column(name, overflow="fold", justify="right" if name in _COUNTS else "left")
    for row in rows:
        grid.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
    return grid


_COUNTS = frozenset({"Quotes", "Claims", "Papers", "Figure"})


def facts(title: str, rows: Iterable[tuple[str, str]]) -> Group:
    """Names and values under a title."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, value in rows:
        grid.add_row(Text(f"  {name}"), Text(value))
    return Group(Text(title, style="bold"), grid)


def stacked(*lines: tuple[object, str]) -> Text:
    """A cell of several lines, each with its style; unknown ones are left out."""
    parts = [Text(one_line(value), style=style) for value, style in lines if one_line(value)]
    return Text("\n").join(parts)


def field(row: Mapping[str, object], name: str) -> str:
    """One field of a row, ready for a cell."""
    return one_line(row.get(name))
