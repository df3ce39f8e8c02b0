"""What coded sheets say: how right each column is, and how far coders agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from newsmine.evaluation.coders.coded import Coded, CodedRow, read_sheet, same_draw
from newsmine.evaluation.coders.questions import CODES, QUESTIONS
from newsmine.evaluation.coders.statistics import (
    alpha_interval,
    cohen_kappa,
    krippendorff_alpha,
    percent_agreement,
    weighted_share,
)
from newsmine.index.rates import wilson

Report = dict[str, Any]

METHOD = (
    "Precision is right / (right + wrong), each stratum weighted by its rows in the index, with"
    " Wilson's 95 % interval at Kish's effective number of rows; of several coders, on the rows"
    " where those who say right or wrong say the same. Agreement counts unsure as a code, an empty"
    " cell as none; alpha is Krippendorff's for nominal codes, its interval a bootstrap over rows."
)


def agree(paths: Sequence[str | Path]) -> Report:
    """Read coded sheets of one draw and sum them up, as plain values for JSON.

    One sheet gives precision alone. Rows are known by their ids, so that their order is free.

    Raises:
        GoldError: A sheet cannot be read, was changed, or is of another draw than the others.
    """
    from newsmine import __version__

    sheets = [read_sheet(path) for path in paths]
    same_draw(sheets)
    first = sheets[0]
    questions = [question.column for question in QUESTIONS[first.what]]
    return {
        "newsmine": __version__,
        "what": first.what,
        "sheets": _names(sheets),
        "rows": len(first.rows),
        "strata": {name: {"rows": rows} for name, rows in sorted(first.strata.items())},
        "method": METHOD,
        "columns": {column: _column(sheets, column) for column in questions},
    }


def _column(sheets: Sequence[Coded], column: str) -> Report:
    each = {
        name: _precision(sheet, _codes_of(sheet, column))
        for name, sheet in zip(_names(sheets), sheets, strict=True)
    }
    found: Report = {"precision": _precision(sheets[0], _agreed(sheets, column)), "coders": each}
    if len(sheets) > 1:
        found["agreement"] = _agreement(sheets, column)
    return found


def _names(sheets: Sequence[Coded]) -> list[str]:
    """The files' names, with their folders where two are called the same."""
    names = [sheet.path.name for sheet in sheets]
    return names if len(set(names)) == len(names) else [str(sheet.path) for sheet in sheets]


def _codes_of(sheet: Coded, column: str) -> Callable[[CodedRow], str | None]:
    return lambda row: sheet.rows[row.id].codes.get(column)


def _agreed(sheets: Sequence[Coded], column: str) -> Callable[[CodedRow], str | None]:
    """What all say of a row who say right or wrong; else that it is unsure, or nothing."""

    def code(row: CodedRow) -> str | None:
        said = {sheet.rows[row.id].codes.get(column) for sheet in sheets} - {None}
        sure = said - {"unsure"}
        return next(iter(sure)) if len(sure) == 1 else "unsure" if said else None

    return code


def _precision(sheet: Coded, code: Callable[[CodedRow], str | None]) -> Report:
    counts: dict[str, Counter[str | None]] = {name: Counter() for name in sheet.strata}
    for row in sheet.rows.values():
        counts[row.stratum][code(row)] += 1
    strata = [
        (sheet.strata[name], found["right"] + found["wrong"], found["right"])
        for name, found in counts.items()
    ]
    total: Counter[str | None] = sum(counts.values(), Counter())
    report: Report = {name: total[name] for name in CODES} | {"empty": total[None]}
    report["strata_without"] = sorted(
        name for name, found in counts.items() if not found["right"] + found["wrong"]
    )
    shared = weighted_share(strata)
    if shared is None:
        return report | {"precision": None, "interval": None}
    share, cases = shared
    return report | {"precision": share, "interval": list(wilson(share, cases))}


def _agreement(sheets: Sequence[Coded], column: str) -> Report:
    units = [
        [sheet.rows[ident].codes[column] for sheet in sheets if column in sheet.rows[ident].codes]
        for ident in sheets[0].rows
    ]
    interval = alpha_interval(units)
    report: Report = {
        "rows": sum(len(unit) > 1 for unit in units),
        "percent": percent_agreement(units),
        "alpha": krippendorff_alpha(units),
        "alpha_interval": list(interval) if interval else None,
    }
    if len(sheets) == 2:
        pairs = [(unit[0], unit[1]) for unit in units if len(unit) == 2]
        report["kappa"] = cohen_kappa(pairs)
    return report
