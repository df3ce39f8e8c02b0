"""Prints of quotations in an index: found by their words or their speaker, linked, and grouped.

What is looked at is what is new or changed (``0005_clusters.sql`` marks it), some hundreds at a
time, each batch in one transaction: an interrupted run leaves the rest for the next. All are linked
before any is grouped (a place below 0 says which are not yet), so that a saying that is printed in
every batch is made once, not once a batch.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from newsmine.index.clusters.batches import in_batches
from newsmine.index.clusters.fingerprints import enter_marks, sharing, take_marked
from newsmine.index.clusters.groups import in_order, sayings
from newsmine.index.clusters.links import SOON, Link, Said, is_strong, link
from newsmine.index.clusters.speakers import Who
from newsmine.index.clusters.words import key_of, marks_of
from newsmine.index.database import Database
from newsmine.index.identity.called import NOBODY, Called, called

AT_ONCE = 500
"""Quotes in a transaction."""

_WINDOW = 3
"""Of neighbouring rows; 6 words in common are found, which is what a strong text has."""
_CANDIDATES, _OF_SPEAKER = 20, 60
"""Most quotes compared by words, and by speaker."""


_UNSEEN = """SELECT attributions.id FROM attributions
    LEFT JOIN prints ON prints.quote = attributions.id
    WHERE attributions.id > ? AND prints.saying IS NULL ORDER BY attributions.id LIMIT ?"""
_UNGROUPED = "SELECT quote FROM prints WHERE place < 0 AND quote > ? ORDER BY quote LIMIT ?"


def update(database: Database) -> int:
    """Link and group the quotes that are new or changed; how many there were."""
    names = called(database)
    done = in_batches(database, _UNSEEN, AT_ONCE, partial(_link, names=names))
    in_batches(database, _UNGROUPED, AT_ONCE, partial(_regroup, names=names))
    return done


def remark(database: Database) -> None:
    """Make the fingerprints anew from what the quotes say now, in a transaction."""
    for said in load(database, take_marked(database, "quote_marks"), NOBODY):
        enter_marks(database, "quote_marks", said.id, marks_of(said.words, _WINDOW))


def _link(database: Database, ids: Sequence[int], *, names: Called) -> None:
    for said in list(load(database, ids, names)):
        _enter(database, said)
        for found in _links(database, said, names):
            database.execute(_ENTER, (found.a, found.b, found.kind, found.score, found.reason))


_ENTER = """INSERT INTO print_links (a, b, kind, score, reason) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (a, b) DO UPDATE SET kind = excluded.kind, score = excluded.score,
    reason = excluded.reason"""


def load(database: Database, ids: Iterable[int], names: Called) -> Iterator[Said]:
    """Quotes with what is needed to compare them, in the order of their ids."""
    sql = """SELECT attributions.id, attributions.article, quote, kind, speakers.name,
        attributions.speaker_type, organisations.name, articles.published, articles.id AS ident
        FROM attributions JOIN articles ON articles.number = attributions.article
        LEFT JOIN speakers ON speakers.id = attributions.speaker
        LEFT JOIN organisations ON organisations.id = attributions.organisation
        WHERE attributions.id IN (SELECT value FROM json_each(?)) ORDER BY attributions.id"""
    for row in database.rows(sql, (json.dumps(list(ids)),)):
        name, type, organisation = row[4], row[5], row[6]
        known = names.speaker(name, type, row[8]), names.organisation(organisation)
        yield Said(row[0], row[1], row[2], row[3], Who(name, type, organisation, *known), row[7])


def _enter(database: Database, said: Said) -> None:
    sql = """INSERT INTO prints (quote, words, speaker, published, saying, place)
        SELECT id, ?2, speaker, ?3, id, -1 FROM attributions WHERE id = ?1
        ON CONFLICT (quote) DO UPDATE SET saying = prints.quote, printed = 1, place = -1"""
    day = said.day.isoformat() if said.day else None
    database.execute(sql, (said.id, key_of(said.words), day))


def _links(database: Database, said: Said, names: Called) -> Iterator[Link]:
    """To prints that were entered before."""
    if said.strong:
        copies = list(_exact(database, said, names))
        yield from copies
        # The first of equal prints has the fingerprints for all.
        if any(other.score == 1 for other in copies):
            return
    seen: set[int] = {said.id}
    candidates = [*_by_words(database, said), *_by_speaker(database, said)]
    for other in load(database, set(candidates) - seen, names):
        if found := link(said, other):
            yield found
    if said.strong or any(map(is_strong, said.fragments)):
        enter_marks(database, "quote_marks", said.id, marks_of(said.words, _WINDOW))


def _exact(database: Database, said: Said, names: Called) -> Iterator[Link]:
    """The first print of the same words by each speaker that may be the same."""
    sql = "SELECT quote FROM prints WHERE words = ? AND quote < ? ORDER BY quote LIMIT ?"
    rows = database.rows(sql, (key_of(said.words), said.id, _CANDIDATES))
    seen: set[Who] = set()
    for other in load(database, [row[0] for row in rows], names):
        found = None if other.who in seen else link(said, other)
        if found:
            seen.add(other.who)
            yield found


def _by_words(database: Database, said: Said) -> list[int]:
    marks = marks_of(said.words, _WINDOW)
    counts = sharing(database, "quote_marks", marks, said.id)
    return sorted(counts, key=lambda quote: (-counts[quote], quote))[:_CANDIDATES]


def _by_speaker(database: Database, said: Said) -> list[int]:
    if said.day is None:
        return []
    within = datetime.timedelta(days=SOON)
    sql = """SELECT quote FROM prints WHERE speaker IN (SELECT value FROM json_each(?))
        AND published NOT NULL AND published BETWEEN ? AND ? ORDER BY quote DESC LIMIT ?"""
    own = json.dumps([row[0] for row in database.rows(_NAMES, (said.id, said.id))])
    days = (_day(said.day, -within), _day(said.day, within))
    return [row[0] for row in database.rows(sql, (own, *days, _OF_SPEAKER))]


_NAMES = """SELECT speaker FROM attributions WHERE id = ? AND speaker NOT NULL
    UNION SELECT other.speaker FROM attributions
    JOIN identity_names AS own ON own.speaker = attributions.speaker
    JOIN identity_names AS other ON other.identity = own.identity
    WHERE attributions.id = ? AND other.speaker NOT NULL"""
"""All names of who speaks in a quote."""


def _day(day: datetime.date, off: datetime.timedelta) -> str:
    try:
        return (day + off).isoformat()
    except OverflowError:
        return day.isoformat()


def _regroup(database: Database, ids: Iterable[int], *, names: Called) -> None:
    """Make anew the sayings of these quotes and of all that are linked to them."""
    found, links = _component(database, ids)
    said = {one.id: one for one in load(database, found, names)}
    whos = {ident: one.who for ident, one in said.items()}
    published = {ident: one.published for ident, one in said.items()}
    inside = [one for one in links if one.a in said and one.b in said]
    places: list[tuple[int, int, int, int]] = []
    for group in sayings(whos, inside):
        ordered = in_order(group, published)
        printed = len({said[ident].article for ident in group})
        places += [(ident, ordered[0], printed, n) for n, ident in enumerate(ordered)]
    # Not value ->> 1, which SQLite has since 3.38 only.
    sql = """UPDATE prints SET saying = json_extract(value, '$[1]'),
        printed = json_extract(value, '$[2]'), place = json_extract(value, '$[3]')
        FROM json_each(?) WHERE quote = json_extract(value, '$[0]')"""
    database.execute(sql, (json.dumps(places),))


def _component(database: Database, ids: Iterable[int]) -> tuple[set[int], set[Link]]:
    """All that links lead to, and the links."""
    sql = """SELECT * FROM print_links WHERE a IN (SELECT value FROM json_each(?1))
        UNION SELECT * FROM print_links WHERE b IN (SELECT value FROM json_each(?1))"""
    found: set[int] = set()
    links: set[Link] = set()
    fresh = set(ids)
    while fresh:
        found |= fresh
        more = {Link(*tuple(row)) for row in database.rows(sql, (json.dumps(sorted(fresh)),))}
        links |= more
        fresh = {ident for one in more for ident in (one.a, one.b)} - found
    return found, links
