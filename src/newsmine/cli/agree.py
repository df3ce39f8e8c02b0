"""``newsmine agree``: what coded sheets say of the rows, and of the coders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from newsmine.cli.screen import say, show, table

EXAMPLES = (
    "newsmine sample newsmine-demo.db 60 --by outlet -o a.xlsx",
    "newsmine agree a.xlsx",
    "cp a.xlsx b.xlsx; newsmine agree a.xlsx b.xlsx -o report.json",
)


def agree(
    sheets: Annotated[
        list[Path], typer.Argument(metavar="SHEET...", help="Coded sheets of one draw.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="All figures, as JSON."),
    ] = None,
) -> None:
    """Print how right each column is, and how far coders agree.

    Of one sheet, precision; of several, agreement too: Krippendorff's alpha, of two Cohen's kappa.
    The JSON goes into a data package: newsmine export FILE package.zip --validation report.json
    """
    from newsmine.evaluation.coders import agree as summed
    from newsmine.export.files import replacing, require_file

    if output:
        require_file(output)
    report = summed(sheets)
    show(_precision(report))
    if len(sheets) > 1:
        show(_agreement(report))
    if output:
        with replacing(output) as file:
            file.write(f"{json.dumps(report, ensure_ascii=False, indent=2)}\n".encode())
        say(f"{output}: written.")


def _precision(report: Mapping[str, Any]) -> Any:
    columns = ("Column", "Right", "Wrong", "Unsure", "Empty", "Precision", "95 % interval")
    rows = []
    for name, found in report["columns"].items():
        one = found["precision"]
        counts = (str(one[code]) for code in ("right", "wrong", "unsure", "empty"))
        rows.append((name, *counts, _per_cent(one["precision"]), _interval(one["interval"], 100)))
    return table(f"{report['rows']:,} {report['what']}", columns, rows)


def _agreement(report: Mapping[str, Any]) -> Any:
    columns = ["Column", "Rows", "Agree", "Alpha", "95 % interval"]
    two = len(report["sheets"]) == 2
    rows = []
    for name, found in report["columns"].items():
        one = found["agreement"]
        cells = [name, str(one["rows"]), _per_cent(one["percent"]), _share(one["alpha"])]
        kappa = [_share(one["kappa"])] if two else []
        rows.append([*cells, _interval(one["alpha_interval"], 1), *kappa])
    return table("Coders", [*columns, "Kappa"] if two else columns, rows)


def _per_cent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}".replace("%", " %")


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _interval(ends: list[float] | None, scale: int) -> str:
    if ends is None:
        return ""
    return " to ".join(f"{end * scale:.1f}" if scale > 1 else f"{end:.2f}" for end in ends)
