"""What people found who judged a sample of the rows, as it goes into a data package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newsmine.errors import QueryError

_REMEDY = "Take the file that `newsmine agree ... -o report.json` wrote"


def load_validation(path: str | Path, format: str) -> dict[str, Any]:
    """The report of ``newsmine agree``.

    Raises:
        QueryError: It is no such report, or the format has no place for it.
    """
    if format != "datapackage":
        raise QueryError("validation", f"has no place in {format}", "Export a data package: .zip")
    try:
        report = json.loads(Path(path).read_text(encoding="utf-8"))
        list(_lines(report))
    except OSError as error:
        reason = f"cannot be read ({(error.strerror or str(error)).lower()})"
        raise QueryError(path, reason, _REMEDY) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise QueryError(path, "is no report of coded sheets", _REMEDY) from error
    found: dict[str, Any] = report
    return found


def validation_text(report: Mapping[str, Any]) -> bytes:
    """A report for people, as a part of a README."""
    return ("Validation\n\n" + "\n".join(_lines(report)) + "\n").encode("utf-8", "replace")


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    coders = len(report["sheets"])
    people = "1 coder" if coders == 1 else f"{coders} coders"
    yield f"A random sample of {report['rows']:,} {report['what']}, judged by {people}."
    for column, found in report["columns"].items():
        yield f"- {column} {', '.join(_facts(found)) or 'not coded'}"
    yield str(report["method"])


def _facts(found: Mapping[str, Any]) -> Iterator[str]:
    precision, agreement = found["precision"], found.get("agreement") or {}
    if precision["precision"] is not None:
        low, high = precision["interval"]
        yield f"{precision['precision']:.1%} right (95 % interval {low:.1%} to {high:.1%})"
    if agreement.get("alpha") is not None:
        low, high = agreement["alpha_interval"]
        yield f"Krippendorff's alpha {agreement['alpha']:.3f} ({low:.3f} to {high:.3f})"
