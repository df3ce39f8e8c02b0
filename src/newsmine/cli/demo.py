"""``newsmine demo``: the sample corpus as an index, and what one can ask it."""

from __future__ import annotations

import shlex
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from newsmine.cli.build import progress
from newsmine.cli.rows import claims_table, quotes_table
from newsmine.cli.screen import err, one_line, show, table
from newsmine.errors import ExportError, QueryError
from newsmine.resources import shipped

EXAMPLES = (
    "newsmine demo",
    "newsmine demo -o tour.db",
    "newsmine demo --articles sample",
)


SAMPLE = "corpora/sample"
_ORGANISATIONS, _QUOTES, _CLAIMS = 8, 5, 5
_READABLE = range(50, 260)
"""Characters of a quote that is neither a scrap nor a speech."""

Row = Mapping[str, Any]


def demo(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The index to make.")
    ] = Path("newsmine-demo.db"),
    articles: Annotated[
        Path | None,
        typer.Option("--articles", metavar="FOLDER", help="Only copy the sample articles there."),
    ] = None,
) -> None:
    """Index the sample articles and look around in them.

    Their papers, people and organisations are invented.
    """
    files = sorted(shipped(SAMPLE).glob("*.txt"))
    if articles is not None:
        _copy(files, articles)
        folder = shlex.quote(one_line(articles))
        show(Text(f"{len(files)} articles in {folder}. Next:"))
        show(_commands([f"newsmine extract {folder}", f"newsmine build {folder} -o news.db"]))
        return
    _build(files, output)
    _tour(output)


def _copy(files: Sequence[Path], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copyfile(file, folder / file.name)
    except OSError as error:
        reason = f"cannot take the articles ({error.strerror or error})"
        raise ExportError(folder, reason, "Name a folder that you may write to") from error


def _build(files: Sequence[Path], output: Path) -> None:
    from newsmine.pipeline import build

    _require_own(output, files)
    with progress(err()) as on_progress:
        build(files, output, on_progress=on_progress)


def _require_own(output: Path, files: Sequence[Path]) -> None:
    """The sample must not get mixed up with somebody's own articles."""
    from newsmine.index import open_index

    if not output.exists():
        return
    with open_index(output) as index:
        foreign = {Path(a.path).name for a in index.articles()} - {file.name for file in files}
    if foreign:
        raise QueryError(output, "holds other articles", "Name another file: newsmine demo -o FILE")


def _tour(output: Path) -> None:
    from newsmine.index import open_index

    with open_index(output) as index:
        quotes, claims = list(index.iter_quotes()), list(index.iter_claims())
        articles = len(list(index.articles()))
    outlets = len({row["outlet"] for row in quotes if row["outlet"]})
    found = f"{len(quotes)} quotes and {len(claims)} figures"
    show(
        Text.assemble(
            f"{articles} articles of {outlets} papers, {found}: ", (one_line(output), "bold"), "\n"
        ),
        _organisations_table(quotes),
        quotes_table(_good_quotes(quotes), "Who said what"),
        claims_table(_good_claims(claims), "With which numbers"),
        Text("Next:", style="bold"),
        _commands(_suggestions(shlex.quote(one_line(output)), quotes, claims)),
    )


def _organisations_table(quotes: Iterable[Row]) -> Any:
    by_organisation: dict[str, list[Row]] = defaultdict(list)
    for row in quotes:
        if row["organisation"]:
            by_organisation[row["organisation"]].append(row)
    ranked = sorted(by_organisation.items(), key=lambda item: (-len(item[1]), item[0]))
    rows = (_organisation_row(name, rows) for name, rows in ranked[:_ORGANISATIONS])
    return table("Who is heard", ("Organisation", "Quotes", "Speakers", "Papers"), rows)


def _organisation_row(name: str, rows: Sequence[Row]) -> tuple[str, str, str, str]:
    people = Counter(row["speaker"] for row in rows if row["speaker"] not in (None, name))
    names = [one_line(speaker) for speaker, _ in people.most_common(3)]
    more = len(people) - len(names)
    shown = ", ".join(names) + (f" and {more} more" if more else "")
    return one_line(name), str(len(rows)), shown, str(len({row["outlet"] for row in rows}))


def _good_quotes(quotes: Iterable[Row]) -> Iterator[Row]:
    """Quotes that say fully who, when and where; organisations and papers in turn."""
    fields = ("speaker", "role", "organisation", "outlet", "published")
    whole = (
        row
        for row in quotes
        if row["kind"] == "direct"
        and len(row["quote"]) in _READABLE
        and all(row[f] for f in fields)
    )
    return _varied(whole, ("organisation", "outlet"), _QUOTES)


def _good_claims(claims: Iterable[Row]) -> Iterator[Row]:
    whole = (row for row in claims if row["counted"] and (row["speaker"] or row["organisation"]))
    return _varied(whole, ("form", "counted"), _CLAIMS)


def _varied(rows: Iterable[Row], fields: Sequence[str], count: int) -> Iterator[Row]:
    """The first rows of which none shares a field with one before; then whatever comes."""
    seen: set[tuple[str, object]] = set()
    chosen: list[Row] = []
    others: list[Row] = []
    for row in rows:
        values = {(name, row[name]) for name in fields}
        if values & seen:
            others.append(row)
        else:
            chosen.append(row)
            seen |= values
    return iter([*chosen, *others][:count])


def _suggestions(file: str, quotes: Sequence[Row], claims: Sequence[Row]) -> Iterator[str]:
    organisations = Counter(row["organisation"] for row in quotes if row["organisation"])
    for name, _ in organisations.most_common(1):
        yield f"newsmine quotes {file} --org {shlex.quote(one_line(name))}"
    yield f"newsmine claims {file} --form share"
    if quotes:
        yield f"newsmine article {file} {shlex.quote(quotes[0]['article'])}"
    yield f"newsmine export {file} quotes.csv"


def _commands(commands: Iterable[str]) -> Text:
    return Text("\n").join(Text(f"  {command}", style="green") for command in commands)
