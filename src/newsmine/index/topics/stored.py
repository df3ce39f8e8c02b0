"""Topics of the articles in an index: scored when they are added, and anew by another scorer."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, Protocol

from newsmine.errors import QueryError
from newsmine.index.database import Database
from newsmine.index.query_fields import did_you_mean
from newsmine.index.texts import storable
from newsmine.index.topics import shipped_scorer
from newsmine.index.topics.dictionary import parse_dictionary
from newsmine.index.topics.model import ModelScorer, parse_model
from newsmine.index.topics.scoring import ABOUT, DictionaryScorer, Fired, Scored, TopicScore
from newsmine.types import Span

Kind = Literal["dictionary", "model"]
_APPLY = "Run `newsmine topics apply FILE`"


class Scorer(Protocol):
    """What scores articles: a dictionary or a model."""

    @property
    def kind(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def content(self) -> str: ...
    @property
    def topics(self) -> tuple[tuple[str, str, str | None], ...]: ...
    def score(
        self, text: str, quotes: Sequence[Sequence[Span]] = (), heads: Sequence[Span] = ()
    ) -> Scored: ...


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic and how many articles and quotes of the index are about it."""

    name: str
    title: str
    part_of: str | None
    articles: int
    quotes: int


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of an index.

    ``digest`` is of the dictionary or model that scored it; ``shipped`` says that it is the one
    that comes with this newsmine. ``unscored`` articles came from an older newsmine.
    """

    kind: Kind
    digest: str
    shipped: bool
    entries: tuple[TopicEntry, ...]
    articles: int
    unscored: int


@dataclass(frozen=True, slots=True)
class QuoteTopics:
    """A quotation of an article and what it is about."""

    attribution: str
    quote: str
    scores: tuple[TopicScore, ...]


@dataclass(frozen=True, slots=True)
class ArticleTopics:
    """An article, what it is about, and its quotations; spans count its ``text``."""

    article: str
    headline: str | None
    text: str
    scores: tuple[TopicScore, ...]
    quotes: tuple[QuoteTopics, ...]


def scorer_of(database: Database) -> Scorer:
    """What scores the articles of an index: what was applied last, else the shipped dictionary."""
    row = database.row("SELECT kind, digest, content FROM topic_scorer")
    if row is None or row["digest"] == shipped_scorer().digest:
        return shipped_scorer()
    return scorer_from(row["kind"], zlib.decompress(row["content"]).decode())


@lru_cache(maxsize=2)
def scorer_from(kind: str, text: str) -> Scorer:
    """The scorer of this kind and ``content``."""
    name = f"the {kind} in the index"
    if kind == "model":
        return ModelScorer(parse_model(name, text))
    return DictionaryScorer(parse_dictionary(name, text))


def score_article(database: Database, number: int) -> None:
    """Score one article and its quotes; part of the transaction that changes it."""
    scorer = scorer_of(database)
    if not database.number("SELECT count(*) FROM topic_scorer"):
        _remember(database, scorer)
    _score(database, number, scorer)


def apply(
    database: Database, scorer: Scorer, *, on_article: Callable[[int, int], None] | None = None
) -> int:
    """Score all articles anew, all or none; how many there are.

    Args:
        database: The index, open for writing.
        scorer: A dictionary or model; articles added later are scored by it, too.
        on_article: Called with how many are done, and of how many.
    """
    with database.transaction():
        _remember(database, scorer)
        numbers = [row[0] for row in database.rows("SELECT number FROM articles ORDER BY number")]
        for done, number in enumerate(numbers, 1):
            _score(database, number, scorer)
            if on_article:
                on_article(done, len(numbers))
    return len(numbers)


def _remember(database: Database, scorer: Scorer) -> None:
    database.execute("DELETE FROM topic_scorer")
    content = zlib.compress(scorer.content.encode())
    row = {"only": 1, "kind": scorer.kind, "digest": scorer.digest, "content": content}
    database.insert("topic_scorer", [row])
    database.execute("DELETE FROM topics")
    names = ("name", "title", "part_of")
    rows = (dict(zip(names, topic, strict=True)) for topic in scorer.topics)
    database.insert("topics", (row | {"place": place} for place, row in enumerate(rows)))


def _score(database: Database, number: int, scorer: Scorer) -> None:
    article = database.row("SELECT text, zones FROM articles WHERE number = ?", (number,))
    assert article is not None
    text = article["text"]
    quotes = {
        row[0]: json.loads(row[1])
        for row in database.rows(
            "SELECT id, content FROM attributions WHERE article = ?", (number,)
        )
    }
    sql = "SELECT id, span, context FROM claims WHERE article = ?"
    figures = {row[0]: [_passage(text, *row[1:])] for row in database.rows(sql, (number,))}
    heads = [(start, end) for start, end, kind in json.loads(article["zones"]) if kind in _HEADS]
    scored = scorer.score(text, [*quotes.values(), *figures.values()], heads)
    _write(database, number, quotes, replace(scored, quotes=scored.quotes[: len(quotes)]))
    for ident, scores in zip(figures, scored.quotes[len(quotes) :], strict=True):
        _mark(database, "claims", "id", ident, scores)


def _passage(text: str, span: str, context: str) -> Span:
    """Where the passage around a figure lies, which is stored as a text."""
    start, end = json.loads(span)
    first = text.find(context, max(0, start - len(context)), end + len(context))
    return (start, end) if first < 0 else (first, first + len(context))


def _mark(
    database: Database, table: str, key: str, ident: int, scores: Iterable[TopicScore]
) -> None:
    about = json.dumps([score.topic for score in scores if score.about])
    database.execute(f"UPDATE {table} SET topics = ? WHERE {key} = ?", (about, ident))


_HEADS = ("headline", "standfirst")


def _write(database: Database, number: int, quotes: Iterable[int], scored: Scored) -> None:
    database.execute("DELETE FROM article_topics WHERE article = ?", (number,))
    _mark(database, "articles", "number", number, scored.article)
    database.insert("article_topics", ({"article": number} | _row(s) for s in scored.article))
    for ident, scores in zip(quotes, scored.quotes, strict=True):
        database.execute("DELETE FROM quote_topics WHERE quote = ?", (ident,))
        _mark(database, "attributions", "id", ident, scores)
        rows = ({"quote": ident, "lent": score.lent} | _row(score) for score in scores)
        database.insert("quote_topics", rows)


def _row(score: TopicScore) -> dict[str, object]:
    fired = [[one.term, one.weight, one.spans] for one in score.fired]
    return {
        "topic": score.topic,
        "score": score.score,
        "fired": json.dumps(fired, ensure_ascii=False, separators=(",", ":")),
    }


def topics(database: Database) -> Topics:
    """The topics of an index, with counts."""
    counts = {
        table: dict(map(tuple, database.rows(_COUNT.format(table), (ABOUT,))))
        for table in ("article_topics", "quote_topics")
    }
    entries = tuple(
        TopicEntry(
            name,
            title,
            part_of,
            counts["article_topics"].get(name, 0),
            counts["quote_topics"].get(name, 0),
        )
        for name, title, part_of in _listed(database)
    )
    scorer = scorer_of(database)
    return Topics(
        kind="model" if scorer.kind == "model" else "dictionary",
        digest=scorer.digest,
        shipped=scorer.digest == shipped_scorer().digest,
        entries=entries,
        articles=database.number("SELECT count(*) FROM articles"),
        unscored=database.number("SELECT count(*) FROM articles WHERE topics IS NULL"),
    )


_COUNT = "SELECT topic, count(*) FROM {} WHERE score >= ? GROUP BY topic"


def _listed(database: Database) -> Iterator[tuple[str, str, str | None]]:
    sql = "SELECT name, title, part_of FROM topics ORDER BY place"
    yield from (tuple(row) for row in database.rows(sql))


def of_article(database: Database, ident: str) -> ArticleTopics:
    """What an article and each of its quotes are about, and why.

    Raises:
        QueryError: There is none of that id, or it is not scored yet.
    """
    sql = "SELECT number, id, headline, text, topics FROM articles WHERE id = ?"
    row = database.row(sql, (storable(ident),))
    if row is None:
        raise QueryError(ident, "is no article in this index", "Index.articles() lists them")
    if row["topics"] is None:
        raise QueryError(ident, "is not scored for topics yet", _APPLY)
    sql = "SELECT id, attribution, quote FROM attributions WHERE article = ? ORDER BY id"
    quotes = (
        QuoteTopics(q["attribution"], q["quote"], _scores(database, "quote", q["id"]))
        for q in list(database.rows(sql, (row["number"],)))
    )
    scores = _scores(database, "article", row["number"])
    return ArticleTopics(row["id"], row["headline"], row["text"], scores, tuple(quotes))


def _scores(database: Database, what: str, number: int) -> tuple[TopicScore, ...]:
    lent = "lent" if what == "quote" else "0.0 AS lent"
    sql = f"""SELECT topic, score, fired, {lent} FROM {what}_topics WHERE {what} = ?
        ORDER BY score DESC, topic"""
    return tuple(
        TopicScore(row["topic"], row["score"], _fired(row["fired"]), row["lent"])
        for row in database.rows(sql, (number,))
    )


def _fired(text: str) -> tuple[Fired, ...]:
    return tuple(
        Fired(term, weight, tuple((start, end) for start, end in spans))
        for term, weight, spans in json.loads(text)
    )


def known_topic(database: Database, typed: str) -> str:
    """A topic of the index, by its name in any case, with spaces or hyphens.

    Raises:
        QueryError: There is none of that name, or nothing is scored yet.
    """
    names = [name for name, _, _ in _listed(database)]
    if names:
        return topic_among(names, typed)
    if database.number("SELECT count(*) FROM articles"):
        raise QueryError(f"topic {typed[:40]!r}", "is not scored in this index yet", _APPLY)
    return topic_among([name for name, _, _ in shipped_scorer().topics], typed)


def topic_among(names: Sequence[str], typed: str) -> str:
    """The same of these names.

    Raises:
        QueryError: There is none.
    """
    wanted = "-".join(typed.casefold().replace("_", " ").replace("-", " ").split())
    if wanted in names:
        return wanted
    remedy = f"{did_you_mean(wanted, names)}Take one of {', '.join(names)}"
    raise QueryError(f"topic {typed[:40]!r}", "is unknown", remedy)
