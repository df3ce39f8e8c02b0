"""Work on many rows of an index, some at a time: what is done is kept if it is interrupted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsmine.index.database import Database


def in_batches(
    database: Database, sql: str, size: int, work: Callable[[Database, Sequence[int]], None]
) -> int:
    """Do some work on all rows that wait for it; how many there were.

    Args:
        database: The index.
        sql: Gives the ids that wait, in their order: those beyond its first value, as many as its
            second says.
        size: How many at a time, in one transaction.
        work: Is given the ids of a batch.
    """
    done, last = 0, 0
    while ids := [row[0] for row in database.rows(sql, (last, size))]:
        with database.transaction():
            work(database, ids)
        done, last = done + len(ids), ids[-1]
    return done
