"""All prints of one saying, with how each is linked to another."""

from __future__ import annotations

from dataclasses import dataclass

from newsmine.errors import QueryError
from newsmine.index.database import Database
from newsmine.index.texts import storable


@dataclass(frozen=True, slots=True)
class Printing:
    """One print of a saying, in the order of publication; the first has no link.

    ``kind``, ``score`` and ``reason`` are of its surest link to another print (``linked``), as
    ``newsmine.index.clusters.links`` tells them; prints are named "article/attribution".
    """

    print: str
    quote: str
    outlet: str | None
    published: str | None
    linked: str | None = None
    kind: str | None = None
    score: float | None = None
    reason: str | None = None


def printings(database: Database, article: str, attribution: str) -> list[Printing]:
    """The prints of what an attribution of an article says; itself alone if it has no other.

    Raises:
        QueryError: There is no such quote.
    """
    sql = """SELECT attributions.id, coalesce(prints.saying, attributions.id) FROM attributions
        JOIN articles ON articles.number = attributions.article
        LEFT JOIN prints ON prints.quote = attributions.id
        WHERE articles.id = ? AND attribution = ?"""
    found = database.row(sql, (storable(article), storable(attribution)))
    if found is None:
        remedy = "Take article and attribution from a row of quotes"
        raise QueryError(f"{article}/{attribution}", "is no quote in this index", remedy)
    return [_printing(database, row[0]) for row in database.rows(_MEMBERS, tuple(found))]


_MEMBERS = """SELECT attributions.id FROM attributions
    LEFT JOIN prints ON prints.quote = attributions.id
    WHERE attributions.id = ?1 OR attributions.id IN (
        SELECT quote FROM prints WHERE saying = ?2
    )
    ORDER BY coalesce(prints.place, 0), attributions.id"""
_NAMED = """SELECT articles.id || '/' || attribution AS print, quote, outlet, published
    FROM attributions JOIN articles ON articles.number = attributions.article
    WHERE attributions.id = ?"""
# The surest link to a print of the same saying that was printed before it.
_LINK = """SELECT other.quote, kind, score, reason FROM print_links
    JOIN prints AS own ON own.quote = ?1
    JOIN prints AS other ON other.quote = CASE a WHEN ?1 THEN b ELSE a END
    WHERE (a = ?1 OR b = ?1) AND other.saying = own.saying AND own.place > 0
    ORDER BY other.place > own.place, score DESC, other.place LIMIT 1"""


def _printing(database: Database, ident: int) -> Printing:
    named = database.row(_NAMED, (ident,))
    link = database.row(_LINK, (ident,))
    assert named is not None
    if link is None:
        return Printing(**dict(named))
    other = database.row(_NAMED, (link["quote"],))
    how = {name: link[name] for name in ("kind", "score", "reason")}
    return Printing(**dict(named), linked=other[0] if other else None, **how)
