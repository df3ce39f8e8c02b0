"""Nothing in an article can command the terminal that shows it."""

from __future__ import annotations

import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.cli.screen import json_text, one_line, safe, table

BELL, ESCAPE, CSI, OVERRIDE = "\x07", "\x1b", "\x9b", "\u202e"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (f"a{ESCAPE}[2Jb", "a␛[2Jb"),
        (f"ding{BELL}", "ding␇"),
        ("rubbed\x7fout", "rubbed␡out"),
        (f"a{CSI}2Jb", "a�2Jb"),
        (f"a{OVERRIDE}cba", "a�cba"),
        ("half \ud800 pair", "half � pair"),
        ("one\rtwo", "one␍two"),
    ],
)
def test_dangerous_characters_become_signs(raw: str, shown: str) -> None:
    assert safe(raw) == shown


@pytest.mark.parametrize("text", ["“Très bien” – £5 — ok… 日本", "a\n\n\tb", "e\u0301 \u00a0 x"])
def test_all_others_stay(text: str) -> None:
    assert safe(text) == text


@given(st.text())
def test_offsets_hold(text: str) -> None:
    assert len(safe(text)) == len(text)


@given(st.text(st.characters(codec=None)))
def test_one_line_is_one_safe_line(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs")]


@given(st.text(st.characters(codec="utf-8")))
def test_json_is_safe_and_loses_nothing(text: str) -> None:
    written = json_text({"text": text})
    assert safe(written) == written
    assert json.loads(written) == {"text": text}


def test_cells_are_no_markup() -> None:
    from rich.console import Console

    console = Console(file=io.StringIO(), width=80)
    console.print(table(None, ("Said",), [("[bold]not bold[/bold] :smile:",)]))
    assert "[bold]not bold[/bold] :smile:" in console.file.getvalue()  # type: ignore[attr-defined]
