"""Do the figures agree: the checks of each article, and the same figure in several articles."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypedDict, get_args

from newsmine.errors import QueryError
from newsmine.index.conditions import Condition, all_of, condition_of
from newsmine.index.database import Database
from newsmine.index.plan import Plan
from newsmine.index.query import Date, Query
from newsmine.index.query_line import QueryLine
from newsmine.index.rows import CLAIM_COLUMNS, Row, RowStream, plain_row
from newsmine.index.search import line_of, stream
from newsmine.types import Claim, Verdict

if TYPE_CHECKING:
    from newsmine.nlp.checks.across import Agreement, Cited, Relation

CHECK_COLUMNS = (
    *("rule", "verdict", "sum", "reason", "figures", "counted"),
    *("outlet", "published", "headline", "article", "path", "claims"),
)
AGREEMENT_COLUMNS = (
    *("relation", "verdict", "sum", "reason", "figures", "counted"),
    *("compilers", "outlets", "published", "articles", "claims"),
)

TRACED = 200
"""Figures whose repetition is looked for; every one is set against all equal figures."""


class CheckFilters(TypedDict, total=False):
    """The keywords of ``Index.checks``; ``None`` is the same as leaving one out.

    ``org``, ``outlet``, ``since``, ``until`` and ``counted`` match as for claims, and one of the
    figures must pass; ``verdict``, ``rule`` and ``article`` (an id) are equal.
    """

    article: str | None
    verdict: Verdict | str | None
    rule: str | None
    org: str | None
    outlet: str | None
    since: Date | None
    until: Date | None
    counted: str | None
    limit: int | None


class AgreementFilters(TypedDict, total=False):
    """The keywords of ``Index.agreements``: which claims are compared, which answers are given."""

    relation: Relation | str | None
    verdict: Verdict | str | None
    org: str | None
    outlet: str | None
    since: Date | None
    until: Date | None
    counted: str | None
    limit: int | None


_WORST_FIRST = """CASE verdict WHEN 'disagree' THEN 1 WHEN 'agree_if_coarse' THEN 2
    WHEN 'agree' THEN 3 WHEN 'undetermined' THEN 4 ELSE 5 END"""
_OF_CLAIMS = ("org", "outlet", "since", "until", "counted")
_EQUAL = {"article": "row.article", "verdict": "row.verdict", "rule": "row.rule"}
_ROWS = """SELECT
        checks.rule, checks.verdict, checks.sum, checks.reason,
        (SELECT json_group_array(figure) FROM (
            SELECT claims.figure FROM json_each(checks.claims) AS one
            JOIN claims ON claims.article = checks.article AND claims.claim = one.value
            ORDER BY one.key
        ) AS each) AS figures,
        (SELECT claims.counted FROM json_each(checks.claims) AS one
            JOIN claims ON claims.article = checks.article AND claims.claim = one.value
            WHERE claims.counted NOT NULL ORDER BY one.key LIMIT 1) AS counted,
        articles.outlet, articles.published, articles.headline, articles.id AS article,
        articles.path, checks.claims, checks.id
    FROM checks JOIN articles ON articles.number = checks.article"""


def checks(database: Database, filters: CheckFilters) -> RowStream:
    """The checks within articles that pass all filters: what disagrees first, the newest first.

    Raises:
        QueryError: A filter makes no sense.
    """
    wanted = _checked(filters)
    conditions: list[Condition] = [
        (f"{_EQUAL[name]} = ?", (wanted[name],)) for name in _EQUAL if name in wanted
    ]
    asked = line_of(_of_claims(wanted)).filters()
    if of_claims := [condition_of(database, filter, "claims") for filter in asked]:
        conditions.append(_of_some_claim(of_claims))
    where, values = all_of(conditions)
    limit = f" LIMIT {wanted['limit']}" if "limit" in wanted else ""
    sql = f"""SELECT {", ".join(CHECK_COLUMNS)} FROM ({_ROWS}) AS row WHERE {where}
        ORDER BY {_WORST_FIRST}, published DESC NULLS LAST, article, id{limit}"""
    return RowStream(CHECK_COLUMNS, (_check_row(row) for row in database.rows(sql, values)))


def _of_some_claim(conditions: list[Condition]) -> Condition:
    of_one, values = all_of(conditions)
    exists = f"""EXISTS (SELECT 1 FROM json_each(row.claims) AS one
        JOIN claims AS hit ON hit.claim = one.value
        JOIN articles ON articles.number = hit.article AND articles.id = row.article
        WHERE {of_one})"""
    return exists, values


def _check_row(row: Any) -> Row:
    found = {name: row[name] for name in CHECK_COLUMNS}
    return found | {name: json.loads(found[name]) for name in ("figures", "claims")}


def agreed(database: Database, filters: AgreementFilters) -> RowStream:
    """The figures that several articles give, out of the claims that pass the filters.

    Raises:
        QueryError: A filter makes no sense.
    """
    wanted = _checked(filters)
    return RowStream(AGREEMENT_COLUMNS, _agreements(database, _of_claims(wanted), wanted))


def _of_claims(wanted: Mapping[str, Any]) -> Query:
    return Query("claims", **{name: wanted[name] for name in _OF_CLAIMS if name in wanted})


def _agreements(database: Database, query: Query, wanted: Mapping[str, Any]) -> Iterator[Row]:
    # Imported here: it takes longer than most questions, which do without it.
    from newsmine.nlp.checks.across import agreements

    given = 0
    for found in agreements(_cited(row) for row in stream(database, query)):
        row = _agreement_row(found)
        if any(row[name] != wanted[name] for name in ("verdict", "relation") if name in wanted):
            continue
        if given == wanted.get("limit"):
            return
        given += 1
        yield row


def _cited(row: Row) -> Cited:
    """A row of claims as it is set against others. Its organisation is who released the figure."""
    from newsmine.nlp.checks.across import Cited

    value, low, high = (None if row[n] is None else Fraction(str(row[n])) for n in _BOUNDS)
    texts = {name: row[name] for name in _TEXTS}
    claim = Claim(row["claim"], (0, 0), value=value, low=low, high=high, **texts)
    return Cited(
        claim, row["text"], row["article"], row["context"] or "", row["outlet"], row["published"],
        row["organisation"],
    )  # fmt: skip


_BOUNDS = ("value", "low", "high")
_TEXTS = ("form", "unit", "counted", "population", "period", "area", "status")


@dataclass(frozen=True, slots=True)
class Repeated:
    """A figure and where else it is printed: rows with ``CLAIM_COLUMNS``, the oldest first."""

    figure: Row
    prints: tuple[Row, ...]


def repeated(database: Database, line: QueryLine) -> tuple[Repeated, ...]:
    """The figures that a line finds and that other articles give too, whoever says it there.

    Looked for are the newest ``TRACED``; most repeated come first. Only equal figures that surely
    count the same count (see ``nlp.checks.across``), no rounded ones.
    """
    found = Plan(database, line, "claims").rows("hit.id", sort="date", limit=TRACED)
    own = _figures(database, "id", [row[0] for row in found])
    of_value: dict[Any, list[Row]] = defaultdict(list)
    for row in _figures(database, "value", list({row["value"] for row in own})):
        of_value[row["value"]].append(row)
    seen: set[tuple[str, str]] = set()
    out: list[Repeated] = []
    for row in own:
        if row["value"] is None or (row["article"], row["claim"]) in seen:
            continue
        prints = tuple(other for other in of_value[row["value"]] if _is_copy(row, other))
        seen |= {(other["article"], other["claim"]) for other in prints}
        if prints:
            out.append(Repeated(row, prints))
    return tuple(sorted(out, key=lambda one: -len(one.prints)))


def _figures(database: Database, column: str, values: list[Any]) -> list[Row]:
    sql = f"""SELECT {", ".join(CLAIM_COLUMNS)} FROM figures
        WHERE {column} IN (SELECT value FROM json_each(?))
        ORDER BY published IS NULL, published, article, id"""
    return [plain_row(row, CLAIM_COLUMNS) for row in database.rows(sql, (json.dumps(values),))]


def _is_copy(row: Row, other: Row) -> bool:
    from newsmine.nlp.checks.across import relate

    found = relate(_cited(row), _cited(other))
    return found is not None and found.relation == "same figure"


def _agreement_row(found: Agreement) -> Row:
    figures = found.figures
    return {
        "relation": found.relation,
        "verdict": found.verdict,
        "sum": found.sum,
        "reason": found.reason,
        "figures": [one.printed for one in figures],
        "counted": next((one.claim.counted for one in figures if one.claim.counted), None),
        "compilers": list(found.compilers),
        "outlets": [one.outlet for one in figures],
        "published": [one.published for one in figures],
        "articles": [one.article for one in figures],
        "claims": [one.claim.id for one in figures],
    }


def _choices() -> dict[str, tuple[str, ...]]:
    from newsmine.nlp.checks.across import Relation

    return {"verdict": get_args(Verdict), "relation": get_args(Relation)}


def _checked(filters: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {name: value for name, value in filters.items() if value is not None}
    for name, known in _choices().items():
        if name in wanted and wanted[name] not in known:
            reason, remedy = "is unknown", f"Take one of {', '.join(known)}"
            raise QueryError(f"{name} {wanted[name]!r}", reason, remedy)
    Query("claims", **{n: wanted[n] for n in (*_OF_CLAIMS, "limit") if n in wanted})
    return wanted
