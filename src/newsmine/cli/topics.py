"""``newsmine topics``: what articles and quotes are about, and why; scoring them anew."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from newsmine.cli.changing import to_change
from newsmine.cli.options import Format, RowFormat, place
from newsmine.cli.rows import print_found, short_id
from newsmine.cli.screen import err, facts, one_line, say, show, table
from newsmine.errors import ExportError, QueryError

if TYPE_CHECKING:
    from newsmine.index.topics import TopicScore
    from newsmine.index.topics.model import TopicFigures
    from newsmine.index.topics.stored import Scorer, Topics

EXAMPLES = (
    "newsmine topics newsmine-demo.db",
    "newsmine topics show newsmine-demo.db 04-tarrant-review",
    "newsmine topics dictionary > my.toml",
    "newsmine topics apply newsmine-demo.db --dictionary my.toml",
)
ACTIONS = ("show", "apply", "train", "dictionary")
_EXCERPT = 60
_REWRITE = 500

Words = Annotated[
    list[str],
    typer.Argument(metavar="[ACTION] FILE [ID]", help="ACTION: show, apply, train, dictionary."),
]
Dictionary = Annotated[
    Path | None,
    typer.Option("--dictionary", metavar="TOML", help="With apply: score by this dictionary."),
]
Model = Annotated[
    Path | None, typer.Option("--model", metavar="JSON", help="With apply: score by this model.")
]
Labels = Annotated[
    Path | None,
    typer.Option("--labels", metavar="CSV", help="With train: columns topic, and id or text."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="JSON", help="With train: where the model is put."),
]


def topics(
    words: Words,
    dictionary: Dictionary = None,
    model: Model = None,
    labels: Labels = None,
    output: Output = None,
    format: Format = RowFormat.TABLE,
) -> None:
    """List what an index is about, or say why.

    FILE alone counts articles and quotes by topic. "show FILE ID" says which terms of an article
    and its quotes speak for which topic. "dictionary" prints the terms, to edit; "apply FILE"
    scores the index anew, by your dictionary or model or else by newsmine's. "train FILE --labels
    CSV -o JSON" fits a model to your labels of an index's (or a CSV's) texts.
    """
    action, rest = _understood(words)
    given = {"--dictionary": dictionary, "--model": model, "--labels": labels, "-o": output}
    _check_options(action, {name for name, value in given.items() if value is not None})
    if action == "dictionary":
        _print_dictionary()
    elif action == "train":
        _train(place(rest[0]), labels, output)
    elif action == "apply":
        _apply(place(rest[0]), dictionary, model)
    elif action == "show":
        _show(place(rest[0]), rest[1], format)
    else:
        _list(place(rest[0]), format)


_TAKES = {"": 1, "show": 2, "apply": 1, "train": 1, "dictionary": 0}
_OPTIONS = {"apply": {"--dictionary", "--model"}, "train": {"--labels", "-o"}}


def _understood(words: list[str]) -> tuple[str, list[str]]:
    action = words[0] if words[0] in ACTIONS else ""
    rest = words[bool(action) :]
    if len(rest) != _TAKES[action]:
        usage = {"": "topics FILE", "show": "topics show FILE ID"}
        usage |= {"dictionary": "topics dictionary"}
        wanted = usage.get(action, f"topics {action} FILE")
        raise QueryError(" ".join(words)[:80], "is not understood", f"Write newsmine {wanted}")
    return action, rest


def _check_options(action: str, given: set[str]) -> None:
    if wrong := sorted(given - _OPTIONS.get(action, set())):
        owner = next(name for name, options in _OPTIONS.items() if wrong[0] in options)
        raise QueryError(wrong[0], f"is an option of {owner}", f"Write newsmine topics {owner} …")
    if given == _OPTIONS["apply"]:
        raise QueryError("--dictionary --model", "score differently", "Give one of them")
    if action == "train" and "-o" not in given:
        raise QueryError("-o", "is missing", "Say where to put the model, as in -o my-topics.json")


def _print_dictionary() -> None:
    from newsmine.index.topics import shipped_text

    sys.stdout.write(shipped_text())


def _list(file: Path, format: RowFormat) -> None:
    from newsmine.index import open_index

    with open_index(file) as index:
        found = index.topics()
    columns = ("topic", "title", "part_of", "articles", "quotes")
    rows = (dict(zip(columns, (e.name, *_fields(e)), strict=True)) for e in found.entries)
    print_found(columns, rows, _topics_table, format, cut=False)
    say(_said_of(found))


def _fields(entry: Any) -> tuple[object, ...]:
    return entry.title, entry.part_of, entry.articles, entry.quotes


def _topics_table(rows: Any, *, narrow: bool) -> Any:
    cells = (
        (row["topic"], row["title"], f"{row['articles']:,}", f"{row['quotes']:,}") for row in rows
    )
    return table(None, ("Topic", "About", "Articles", "Quotes"), cells)


def _said_of(found: Topics) -> str:
    whose = "newsmine's" if found.shipped else "your"
    said = f"{found.articles:,} articles, by {whose} {found.kind} ({found.digest[:12]})."
    if found.unscored:
        said += f" {found.unscored:,} are not scored yet: newsmine topics apply FILE."
    return said


_SHOWN = ("article", "quote", "topic", "score", "about", "own", "article_lends", "terms")


def _show(file: Path, ident: str, format: RowFormat) -> None:
    from newsmine.cli.article import full_id
    from newsmine.index import open_index

    with open_index(file) as index:
        known = [entry.id for entry in index.articles()]
        found = index.topics_of(full_id(ident, known))
    rows = [_shown(found.article, None, score) for score in found.scores]
    for quote in found.quotes:
        rows += [_shown(found.article, quote.attribution, score) for score in quote.scores]
    texts = {quote.attribution: quote.quote for quote in found.quotes}

    def as_table(held: Any, *, narrow: bool) -> Any:
        title = f"{short_id(found.article)}: {one_line(found.headline) or 'without a headline'}"
        return table(title, _HEADS, (_cells(row, texts) for row in held), airy=True)

    if not print_found(_SHOWN, rows, as_table, format, cut=False):
        say("No term of any topic occurs in it.")


def _shown(article: str, quote: str | None, score: TopicScore) -> dict[str, object]:
    return {
        "article": article,
        "quote": quote,
        "topic": score.topic,
        "score": round(score.score, 2),
        "about": score.about,
        "own": round(sum(one.weight * len(one.spans) for one in score.fired), 2),
        "article_lends": round(score.lent, 2),
        "terms": [[one.term, one.weight, list(map(list, one.spans))] for one in score.fired],
    }


_HEADS = ("In", "Topic", "Score", "Because of")


def _cells(row: Any, texts: dict[str, str]) -> tuple[Any, ...]:
    said = one_line(texts.get(row["quote"], ""))
    where = f"{said[:_EXCERPT]}…" if len(said) > _EXCERPT else said
    counted = (
        f"{term} ({weight:+.2g}{f' × {len(spans)}' if len(spans) > 1 else ''})"
        for term, weight, spans in row["terms"]
    )
    why = ", ".join(map(one_line, counted))
    if row["article_lends"]:
        why += f"; its article lends {row['article_lends']:.2g}"
    style = "bold" if row["about"] else "dim"
    return where or "the article", Text(row["topic"], style), f"{row['score']:.2f}", why


def _apply(file: Path, dictionary: Path | None, model: Path | None) -> None:
    scorer = _scorer(dictionary, model)
    with to_change(file) as index:
        count = index.score_topics(scorer, on_article=_progress())
        found = index.topics()
    show(facts(one_line(file), (("articles scored", f"{count:,}"), *_counts(found))))


def _counts(found: Topics) -> Iterator[tuple[str, str]]:
    for entry in found.entries:
        yield entry.name, f"{entry.articles:,} articles, {entry.quotes:,} quotes"
    yield "digest", found.digest[:12]


def _scorer(dictionary: Path | None, model: Path | None) -> Scorer:
    from newsmine.index.topics import DictionaryScorer, load_dictionary, shipped_scorer

    if model is not None:
        from newsmine.index.topics.model import ModelScorer, load_model

        return ModelScorer(load_model(model))
    return DictionaryScorer(load_dictionary(dictionary)) if dictionary else shipped_scorer()


def _progress() -> Callable[[int, int], None]:
    def step(done: int, total: int) -> None:
        if done % _REWRITE == 0 and err().is_terminal:
            say(f"{done:,} of {total:,} articles …")

    return step


def _train(file: Path, labels: Path | None, output: Path | None) -> None:
    from newsmine.index.topics.training import train

    assert output is not None
    model = train(_samples(file, labels))
    rows = map(_figures, model.figures)
    title = f"{model.settings['texts']:,} texts, each told by a model that had not seen its article"
    show(table(title, ("Topic", "Labels", "Others", "Precision", "Recall", "F1"), rows))
    try:
        output.write_text(model.to_json(), encoding="utf-8")
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise ExportError(output, reason, "See that its folder is there and has room") from error
    say(f"{output} is ready: newsmine topics apply FILE --model {output}")


def _figures(one: TopicFigures) -> tuple[str, ...]:
    shares = (f"{100 * share:.0f}" for share in (one.precision, one.recall, one.f1))
    return one_line(one.topic), f"{one.labels:,}", f"{one.others:,}", *shares


def _samples(file: Path, labels: Path | None) -> Any:
    from newsmine.index import open_index
    from newsmine.index.topics.labels import read_table, samples

    if _is_index(file):
        if labels is None:
            raise QueryError("--labels", "is missing", "Name a CSV with the columns id and topic")
        with open_index(file) as index:
            return index.labelled(labels)
    rows = read_table(file)
    if labels is None:
        return samples(rows, name=str(file))
    return samples(read_table(labels), name=str(labels), texts=rows)


def _is_index(file: Path) -> bool:
    if not isinstance(file, Path):
        return True
    try:
        with file.open("rb") as opened:
            return opened.read(16) == b"SQLite format 3\0"
    except OSError as error:
        raise QueryError(file, f"cannot be read ({error.strerror})", "Check the name") from error
