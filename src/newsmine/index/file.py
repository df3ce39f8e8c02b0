"""The index as one object: what can be put in; what can be asked is in ``answers``.

What changes an index is imported when one is changed: who only asks does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newsmine.index.answers import Answers
from newsmine.index.database import WAIT, open_database

if TYPE_CHECKING:
    from newsmine.index.clusters import Clustered
    from newsmine.index.fixes import Correction
    from newsmine.index.identity import Identities
    from newsmine.index.journal import Journal
    from newsmine.index.manifest import Manifest
    from newsmine.index.postgres import Address
    from newsmine.index.store import AddResult
    from newsmine.index.topics.stored import Scorer
    from newsmine.index.withholding import Withholding
    from newsmine.types import Extraction


def open_index(path: str | Path | Address) -> Index:
    """Open an index to ask it; it is not changed, and others may be writing to it meanwhile.

    Args:
        path: A file, or a server's index as ``postgresql://user@host/database``.

    Raises:
        IndexFileError: It is missing, damaged, locked, no index, or made by a newer newsmine; or
            the server cannot be reached, refuses the user or the password, or lacks the database.
    """
    return Index(open_database(path, write=False))


def create_index(path: str | Path | Address, *, wait: float = WAIT) -> Index:
    """Open an index to add to it; make it where there is none. No other file is ever overwritten.

    Args:
        path: Where it is or shall be: a file, or ``postgresql://user@host/database``.
        wait: Seconds to wait while another process is writing.

    Raises:
        IndexFileError: As for ``open_index``, or it may not be written.
    """
    from newsmine.index.derived import catch_up, is_behind

    database = open_database(path, write=True, wait=wait)
    if is_behind(database):
        catch_up(database)
    return Index(database)


class Index(Answers):
    """An open index; close it, or use it in a ``with`` statement.

    Every method raises ``IndexFileError`` when the file fails.
    """

    @property
    def journal(self) -> Journal:
        """What people decided: corrections, names, what is withheld. See ``index.journal``."""
        from newsmine.index.journal import Journal

        return Journal(self._database)

    @property
    def identities(self) -> Identities:
        """Who is who across articles, and what people judged of it. See ``index.identity``."""
        from newsmine.index.identity import Identities

        return Identities(self._database)

    @property
    def withholding(self) -> Withholding:
        """Whose names are withheld, and how that is changed. See ``index.withholding``."""
        from newsmine.index.withholding import Withholding

        return Withholding(self._database)

    @property
    def manifest(self) -> Manifest:
        """Which files the articles came from. See ``index.manifest``."""
        from newsmine.index.manifest import Manifest

        return Manifest(self._database)

    def add(self, extraction: Extraction, *, file: int | None = None) -> AddResult:
        """Add an article with all that was found in it, in one transaction.

        Replaces the article of the same id or of the same path; path "-" stands for no file and
        replaces nothing. The same extraction again is "unchanged", from whatever path.

        Args:
            extraction: The article.
            file: The number of its file in the manifest (``manifest.begin``).

        Raises:
            ValueError: The extraction contradicts itself.
        """
        from newsmine.index import store

        return store.add(self._database, extraction, file=file)

    def has(self, *, path: str, sha256: str | None = None, model: str | None = None) -> bool:
        """Whether the article at a path is there, with this raw text and from this model.

        A file of the same name and content in another folder counts as well. ``None`` is any.
        ``model`` is as in the extraction's provenance.
        """
        from newsmine.index import store

        return store.has(self._database, str(path), sha256, model)

    def remove(self, article_id: str) -> bool:
        """Remove an article and all that was found in it; false where there is none."""
        from newsmine.index import store

        return store.remove(self._database, article_id)

    def cluster(self) -> Clustered:
        """Find out what was said once and printed often, for all that is new or changed.

        ``build`` ends with it, and so do corrections and withholding. Until then a new quote counts
        as printed once.
        """
        from newsmine.index import clusters

        return clusters.update(self._database)

    def fix(
        self,
        row: str,
        *,
        who: str,
        why: str | None = None,
        drop: bool = False,
        **changes: str,
    ) -> Correction:
        """Correct a quote or figure, drop it, or say that it is right as it is (no changes).

        The judgement goes into the journal and is applied again whenever the article is read
        again; ``undo`` takes it back.

        Args:
            row: ARTICLE:a1 for a quote, ARTICLE:c1 for a figure; the article's id may be shortened.
            who: Who says so.
            why: For what reason.
            drop: It is no quote, or no figure: the row is left out.
            changes: New values for ``speaker``, ``organisation``, ``role``, ``type``, of a quote
                also ``kind``, of a figure also ``counted``; an empty one is unknown. The figures
                that the speaker gives in a quote follow it.

        Raises:
            QueryError: There is no such row, or a value makes no sense.
        """
        from newsmine.index import fixes

        return fixes.fix(self._database, row, changes, who=who, why=why, drop=drop)

    def undo(self, number: int, *, who: str, why: str | None = None) -> None:
        """Undo a correction; its row is as it was without it. An undo can be undone.

        Raises:
            QueryError: There is none of that number, or it is undone already.
        """
        from newsmine.index import fixes

        fixes.undo(self._database, number, who=who, why=why)

    @property
    def topic_scorer(self) -> Scorer:
        """What scores articles that are added: what was applied last, else the shipped one."""
        from newsmine.index.topics import stored

        return stored.scorer_of(self._database)

    def score_topics(
        self, scorer: Scorer, *, on_article: Callable[[int, int], None] | None = None
    ) -> int:
        """Score all articles anew by a dictionary or model, and those added later; how many.

        Args:
            scorer: See ``newsmine.index.topics``: a ``DictionaryScorer`` or ``ModelScorer``.
            on_article: Called after each with how many are done, and of how many.
        """
        from newsmine.index.topics import stored

        return stored.apply(self._database, scorer, on_article=on_article)

    def close(self) -> None:
        """Close the file. Closing again does nothing."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
