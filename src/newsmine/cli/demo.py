"""``newsmine demo``: the sample corpus as an index, and what one can ask it."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from newsmine.cli.build import progress
from newsmine.cli.options import place
from newsmine.cli.rows import claims_table, quotes_table, short_id
from newsmine.cli.screen import err, one_line, show, table
from newsmine.errors import ExportError, QueryError
from newsmine.resources import shipped

EXAMPLES = (
    "newsmine demo",
    "newsmine demo -o tour.db",
    "newsmine demo --open",
    "newsmine demo --articles sample",
)


SAMPLE = "corpora/sample"
_WIDTH = 100
_ORGANISATIONS, _QUOTES = 8, 4
_FORMS = ("count", "share", "change_relative", "ratio")
_DETAILS = ("direction", "period", "base", "speaker", "published")
_READABLE = range(50, 220)
"""Characters of a quote that is neither a scrap nor a speech."""
_LONG_ROLE = 40

Row = Mapping[str, Any]


def demo(
    output: Annotated[
        Path,
        typer.Option("--output", "-o", parser=place, metavar="FILE", help="The index to make."),
    ] = Path("newsmine-demo.db"),
    articles: Annotated[
        Path | None,
        typer.Option("--articles", metavar="FOLDER", help="Only copy the sample articles there."),
    ] = None,
    open: Annotated[
        bool, typer.Option("--open", help="Then serve it as pages, in the browser.")
    ] = False,
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
    if open:
        from newsmine.cli.serve import serve

        serve(output, port=0, open=True)


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

    if not isinstance(output, Path):
        raise QueryError(output, "is on a server", "The tour makes a file: newsmine demo -o FILE")
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
        info = index.info()
    ranked = _by_organisation(quotes)
    found = f"{info.articles} articles of {info.outlets} papers, {len(quotes)} quotes, "
    show(
        Text.assemble(found, f"{len(claims)} figures. The index: ", (one_line(output), "bold")),
        "",
        _organisations_table(ranked),
        "",
        quotes_table(_good_quotes(ranked), "Who said what", narrow=True),
        "",
        claims_table(_good_claims(claims), "With which numbers", narrow=True),
        "",
        Text("Next:", style="bold"),
        _commands(_suggestions(shlex.quote(one_line(output)), ranked, claims)),
        width=_WIDTH,
    )


def _by_organisation(quotes: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Who is quoted most, with the quotes, the surest first."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(quotes, key=lambda row: -row["confidence"]):
        if row["organisation"]:
            groups[row["organisation"]].append(row)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def _organisations_table(ranked: Sequence[tuple[str, list[Row]]]) -> Table:
    columns = ("Organisation", "Quotes", "Papers", "Speakers")
    rows = (_organisation_row(name, rows) for name, rows in ranked[:_ORGANISATIONS])
    return table("Who is heard", columns, rows)


def _organisation_row(name: str, rows: Sequence[Row]) -> tuple[str, str, str, str]:
    people = Counter(row["speaker"] for row in rows if row["type"] == "person" and row["speaker"])
    names = [one_line(speaker) for speaker, _ in people.most_common(2)]
    more = len(people) - len(names)
    shown = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    papers = {row["outlet"] for row in rows if row["outlet"]}
    return one_line(name), str(len(rows)), str(len(papers)), shown


def _good_quotes(ranked: Sequence[tuple[str, list[Row]]]) -> Iterator[Row]:
    """Of the organisations heard most, a quote each that says fully who, when and where."""
    heard = (next(filter(_is_good, rows), None) for _, rows in ranked)
    return islice((row for row in heard if row), _QUOTES)


def _is_good(row: Row) -> bool:
    """A whole sentence, neither cut nor long, by a person with a short role, dated."""
    if row["kind"] != "direct" or row["type"] != "person" or len(row["quote"]) not in _READABLE:
        return False
    whole = row["quote"].lstrip("“‘\"'")[:1].isupper() and " … " not in row["quote"]
    told = all(row[name] for name in ("speaker", "role", "outlet", "published"))
    return whole and told and len(row["role"]) < _LONG_ROLE


def _good_claims(claims: Sequence[Row]) -> Iterator[Row]:
    """A figure of each form, with what it counts and who says so; details are welcome."""
    whole = [row for row in claims if row["counted"] and row["organisation"]]
    for form in _FORMS:
        same = [row for row in whole if row["form"] == form]
        if same:
            yield max(same, key=lambda row: sum(row[f] is not None for f in _DETAILS))


def _suggestions(
    file: str, ranked: Sequence[tuple[str, list[Row]]], claims: Sequence[Row]
) -> Iterator[str]:
    for name, rows in ranked[:1]:
        yield f"newsmine quotes {file} --org {shlex.quote(one_line(name))}"
        yield f"newsmine article {file} {shlex.quote(short_id(rows[0]['article']))}"
    if any(row["form"] == "share" for row in claims):
        yield f"newsmine claims {file} --form share"
    yield f"newsmine export {file} quotes.csv"
    yield f"newsmine serve {file}"


def _commands(commands: Iterable[str]) -> Text:
    return Text("\n").join(Text(f"  {_typed(command)}", style="green") for command in commands)


def _typed(command: str) -> str:
    """The command as it works when pasted: `make demo` puts no newsmine on the PATH."""
    program = Path(sys.argv[0])
    if program.name != "newsmine" or shutil.which("newsmine"):
        return command
    return shlex.quote(os.path.relpath(program)) + command.removeprefix("newsmine")
