"""``newsmine clean``: articles as newsmine reads them, and every change explained."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from newsmine.cli.articles import SOME_SKIPPED, Articles
from newsmine.cli.options import Paths, SurveyFile
from newsmine.cli.screen import facts, one_line, safe, show, table
from newsmine.errors import ExportError, QueryError
from newsmine.types import Article, Edit

if TYPE_CHECKING:
    from newsmine.ingest import Survey

EXAMPLES = (
    "echo 'The firms tar- get schools.' | newsmine clean - --explain",
    "newsmine demo --articles sample",
    "newsmine clean sample/01*.txt --explain",
    "newsmine clean sample --without hyphens --out cleaned",
)

_NOUN = ("articles", "article")
_PARTED = ("", "\n")
CONTEXT = 12
"""Characters shown on either side of a change."""


def clean(
    paths: Paths,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also each change, zones, flags, quality, spelling.")
    ] = False,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="STEP", help="Leave a step out; can be repeated."),
    ] = None,
    survey: SurveyFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write a text an article there.")
    ] = None,
) -> None:
    """Print articles as they are read, and every change made.

    Steps: mojibake, characters, furniture, capitals, lines, spaces, hyphens, marks.
    """
    from newsmine.ingest import Survey

    steps = _steps(without or [])
    known = Survey.load(survey) if survey else None
    articles = Articles(paths)
    several = len(paths) > 1 or Path(paths[0]).is_dir()
    count = 0
    for article in articles.read(survey=known, without=steps):
        if out is not None:
            _write(out, article)
        if out is None or explain:
            if several or count:
                sys.stdout.write(f"{_PARTED[count > 0]}==> {safe(article.path)} <==\n")
            _print(article, known or Survey(), text=out is None, explain=explain)
        count += 1
    if out is not None:
        show(Text(f"{count:,} {_NOUN[count == 1]} written to {one_line(out)}"))
    if articles.skipped:
        raise typer.Exit(SOME_SKIPPED)


def _print(article: Article, survey: Survey, *, text: bool, explain: bool) -> None:
    if text:
        sys.stdout.write(safe(article.text) + "\n")
    if explain:
        show(*([""] if text else []), *_explained(article, survey))


def _steps(without: list[str]) -> list[str]:
    from newsmine.ingest.cleaning import STEPS

    for name in without:
        if name not in STEPS:
            raise QueryError(f"--without {name}", "is no step", f"Steps are {', '.join(STEPS)}")
    return without


def _write(folder: Path, article: Article) -> None:
    """The clean text, and beside it where each of its characters came from."""
    from newsmine.ingest.alignment import to_json

    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = folder / f"{article.id}.txt"
        text.write_text(article.text + "\n", encoding="utf-8", errors="replace", newline="\n")
        text.with_suffix(".alignment.json").write_text(to_json(article.alignment), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise ExportError(folder, reason, "Name a folder that can be written") from error


def _explained(article: Article, survey: Survey) -> Iterator[RenderableType]:
    from newsmine.ingest.spelling import suggest

    raw = article.raw.raw_text if article.raw else article.text
    spaces = Counter[str]()
    rows = []
    for edit in article.alignment.edits:
        if edit.rule is not None and _is_white(edit, article.text, raw):
            spaces[edit.rule] += 1
        elif edit.rule is not None:
            rows.append((_where(raw, edit), _before(raw, edit), _after(article, edit), edit.rule))
    if rows:
        yield table("Changes", ("Line", "Before", "After", "Rule"), rows)
    if spaces:
        yield facts("White space", [(rule, f"{n:,}") for rule, n in spaces.most_common()])
    zones = ((zone.kind, _beginning(article.text[slice(*zone.span)])) for zone in article.zones)
    yield table("Zones", ("Zone", "Begins"), zones)
    yield facts("Quality", _quality(article, survey))
    words = [
        (s.word, " or ".join(s.readings), _around(article.text, s.span))
        for s in suggest(article.text, survey)
    ]
    if words:
        yield table("Spelling, suggested only", ("Word", "Maybe", "In"), words)


def _is_white(edit: Edit, text: str, raw: str) -> bool:
    """Whether a change only concerns white space."""
    return "".join(text[slice(*edit.clean)].split()) == "".join(raw[slice(*edit.raw)].split())


def _where(raw: str, edit: Edit) -> str:
    return f"{raw.count(chr(10), 0, edit.raw[0]) + 1:,}"


def _before(raw: str, edit: Edit) -> Text:
    return _marked(raw, edit.raw)


def _after(article: Article, edit: Edit) -> Text:
    return _marked(article.text, edit.clean)


def _marked(text: str, span: tuple[int, int]) -> Text:
    """What stands in a span, in bold, between what stands beside it."""
    start, end = span
    parts = text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT]
    left, middle, right = (safe(part).replace("\n", "⏎") for part in parts)
    return Text.assemble(left, (middle, "bold"), right)


def _around(text: str, span: tuple[int, int]) -> Text:
    return _marked(text, span)


def _beginning(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 60 else f"{line[:59]}…"


def _quality(article: Article, survey: Survey) -> Iterator[tuple[str, str]]:
    from newsmine.ingest.quality import quality_of

    found = quality_of(article, survey)
    if found.known is not None:
        yield "known words", f"{100 * found.known:.1f} % of {found.words:,}"
    if found.confidence is not None:
        yield "confidence of the OCR", f"{100 * found.confidence:.1f} %"
    yield "characters changed", f"{100 * found.edited:.2f} %"
    yield "flags", ", ".join(article.flags) or "none"
