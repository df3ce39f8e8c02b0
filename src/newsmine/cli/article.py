"""``newsmine article``: one article's text, with its quotes marked and who speaks in the margin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from newsmine.cli.options import IndexFile
from newsmine.cli.rows import short_id, verdict_text
from newsmine.cli.screen import one_line, out, safe, say, show, stacked, table
from newsmine.errors import QueryError
from newsmine.types import Attribution, Check, Claim, Span, Speaker, Zone

if TYPE_CHECKING:
    from newsmine.index import Judged, StoredArticle

EXAMPLES = (
    "newsmine article newsmine-demo.db 01",
    "newsmine article newsmine-demo.db 05",
)


MARGIN = 26
_ZONE_STYLES = {
    "headline": "bold",
    "subhead": "bold dim",
    "standfirst": "italic",
    "outlet": "dim",
    "date": "dim",
    "byline": "dim",
    "caption": "dim",
    "pull_quote": "dim italic",
    "furniture": "dim strike",
}
_QUOTE_STYLES = ("green", "yellow", "magenta", "blue", "cyan", "red")


def article(
    file: IndexFile,
    ident: Annotated[str, typer.Argument(metavar="ID", help="An article's id, or how it begins.")],
    scan: Annotated[
        Path | None,
        typer.Option("--scan", metavar="OUT.png", help="Draw the quotes on the page's picture."),
    ] = None,
) -> None:
    """Print an article with its quotes and figures marked.

    Each quote stands in [numbered brackets], its speaker beside it and in the list below. Figures
    are underlined; below is what they count, who says so, and which of them agree.

    With --scan the quotes of a scanned article or PDF are shown where they are printed, in boxes
    with the same numbers; further pages are written as OUT-2.png and so on.
    """
    from newsmine.index import open_index

    with open_index(file) as index:
        stored = index.article(full_id(ident, [found.id for found in index.articles()]))
        judged = index.judged(stored.id)
    if scan is not None:
        _draw(stored, scan)
        return
    marks = list(_marks(stored.attributions, stored.claims))
    show(_page(stored.text, stored.zones, marks), _legend(stored.attributions))
    if stored.claims:
        show("", _figures(stored.text, stored.claims))
    if stored.checks:
        show("", _checks(stored.checks))
    if judged:
        show("", _judged(judged))


def _draw(stored: StoredArticle, out: Path) -> None:
    from newsmine.ingest.scan import draw

    for path in draw(stored.article, [found.content for found in stored.attributions], out):
        say(f"wrote {path}")


def full_id(ident: str, known: Sequence[str]) -> str:
    """The one id that it names, is the start of, or else nothing: then the likely ones are told."""
    if ident in known:
        return ident
    starting = [one for one in known if one.startswith(ident)]
    if len(starting) == 1:
        return starting[0]
    if starting:
        remedy = f"Did you mean {_some(starting)}"
        raise QueryError(ident, f"begins the ids of {len(starting)} articles", remedy)
    stems = {short_id(one): one for one in known}
    near = get_close_matches(ident, known, cutoff=0.5) or [
        stems[stem] for stem in get_close_matches(ident, stems, cutoff=0.4)
    ]
    remedy = f"Did you mean {_some(near)}" if near else "`newsmine quotes FILE` shows ids"
    raise QueryError(ident, "is no article in this index", remedy)


def _some(idents: Sequence[str]) -> str:
    return ", ".join(idents[:3]) + (", …" if len(idents) > 3 else "")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch to be set off; a quote has a number, a figure none."""

    start: int
    end: int
    style: str
    number: int | None = None
    speaker: Speaker | None = None


def _marks(attributions: Iterable[Attribution], claims: Iterable[Claim]) -> Iterator[_Mark]:
    for number, found in enumerate(attributions, 1):
        style = _QUOTE_STYLES[(number - 1) % len(_QUOTE_STYLES)]
        for start, end in found.content:
            yield _Mark(start, end, style, number, found.speaker)
    for claim in claims:
        yield _Mark(*claim.span, "underline")


def _page(text: str, zones: Sequence[Zone], marks: Sequence[_Mark]) -> Table:
    page = Table.grid(padding=(0, 2, 1, 0))
    page.add_column(width=MARGIN if out().width > 3 * MARGIN else MARGIN // 2, overflow="fold")
    page.add_column(overflow="fold")
    for span in _paragraphs(text):
        here = [mark for mark in marks if mark.start < span[1] and span[0] < mark.end]
        page.add_row(_margin(here), _paragraph(text, span, zones, here))
    return page


def _paragraphs(text: str) -> Iterator[Span]:
    for match in re.finditer(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", text, re.DOTALL):
        yield match.span()


def _margin(marks: Sequence[_Mark]) -> Text:
    """Who speaks in this paragraph, each once."""
    quotes = {mark.number: mark for mark in marks if mark.number is not None}
    names = (Text(f"{n} {_name(mark.speaker)}", style=mark.style) for n, mark in quotes.items())
    return Text("\n").join(names)


def _paragraph(text: str, span: Span, zones: Sequence[Zone], marks: Sequence[_Mark]) -> Text:
    """The paragraph cut wherever a zone or mark begins or ends, each piece in its styles."""
    start, end = span
    edges = {start, end}
    for one in (*marks, *(_Mark(*zone.span, "") for zone in zones)):
        edges.update(edge for edge in (one.start, one.end) if start < edge < end)
    ordered = sorted(edges)
    shown = Text()
    for left, right in pairwise(ordered):
        covering = [mark for mark in marks if mark.start <= left and right <= mark.end]
        quotes = [mark for mark in covering if mark.number is not None]
        for mark in quotes:
            if left == max(mark.start, start):
                shown.append(f"[{mark.number} ", style=f"{mark.style} dim")
        styles = [_zone_style(zones, left), *(mark.style for mark in covering)]
        shown.append(safe(text[left:right]), style=" ".join(filter(None, styles)))
        for mark in quotes:
            if right == min(mark.end, end):
                shown.append("]", style=f"{mark.style} dim")
    return shown


def _zone_style(zones: Sequence[Zone], position: int) -> str:
    kinds = (zone.kind for zone in zones if zone.span[0] <= position < zone.span[1])
    return next((_ZONE_STYLES.get(kind, "") for kind in kinds), "")


def _legend(attributions: Sequence[Attribution]) -> Table:
    legend = Table.grid(padding=(0, 2, 0, 0))
    for number, found in enumerate(attributions, 1):
        style = _QUOTE_STYLES[(number - 1) % len(_QUOTE_STYLES)]
        legend.add_row(Text(str(number), style=style), _who(found.speaker), found.kind)
    return legend


def _figures(text: str, claims: Sequence[Claim]) -> Table:
    columns = ("Figure", "Of what", "Form", "When, where", "Says who")
    return table("Figures", columns, (_figure(text, claim) for claim in claims))


def _figure(text: str, claim: Claim) -> tuple[Text | str, ...]:
    printed = one_line(text[slice(*claim.span)])
    moved = f"{printed} {claim.direction}" if claim.direction else printed
    scope = ", ".join(filter(None, (claim.period, claim.area, claim.status)))
    who = _who(claim.speaker) if claim.speaker else ""
    return Text(moved, style="bold"), one_line(claim.counted), claim.form, one_line(scope), who


def _checks(checks: Sequence[Check]) -> Table:
    rows = ((verdict_text(c.verdict, c.rule), _sum(c)) for c in checks)
    return table("Do they agree", ("Verdict", "Sum"), rows)


def _judged(judged: Sequence[Judged]) -> Table:
    """What people corrected, with what was found before."""
    columns = ("Row", "Words", "Judgement", "By")
    rows = ((j.row, one_line(j.text)[:60], one_line(j.said), one_line(j.by)) for j in judged)
    return table("Checked and corrected", columns, rows)


def _sum(check: Check) -> Text:
    return stacked((check.sum, ""), (check.reason, "dim"))


def _who(speaker: Speaker | None) -> Text:
    name, role = _name(speaker), speaker.role if speaker else None
    organisation = speaker.organisation if speaker else None
    rest = [one_line(part) for part in (role, organisation) if part and part != name]
    return Text(", ".join([name, *rest]))


def _name(speaker: Speaker | None) -> str:
    if speaker is None:
        return "(unknown)"
    return one_line(speaker.name) or f"({speaker.type})"
