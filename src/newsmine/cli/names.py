"""``newsmine names``: who is who across articles, and judgements of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from newsmine.cli.changing import to_change
from newsmine.cli.options import By, IndexFile, Why, user_name
from newsmine.cli.screen import err, one_line, say, show, table
from newsmine.errors import QueryError

if TYPE_CHECKING:
    from newsmine.index import Index
    from newsmine.index.identity import NamePart, Question
    from newsmine.index.journal import Judgement

EXAMPLES = (
    "newsmine names newsmine-demo.db",
    "newsmine names newsmine-demo.db questions",
    "newsmine names newsmine-demo.db merge 'Lib Dem' Labour --why 'a try'",
    "newsmine names newsmine-demo.db judgements",
    "newsmine names newsmine-demo.db export judgements.jsonl",
)
_PARTLY = 3
"""Articles of a name that are shown."""


class Action(StrEnum):
    """What to do with names."""

    LIST = "list"
    QUESTIONS = "questions"
    REVIEW = "review"
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    UNDO = "undo"
    JUDGEMENTS = "judgements"
    EXPORT = "export"
    IMPORT = "import"
    REFRESH = "refresh"


def names(
    file: IndexFile,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="ACTION",
            help="list, questions, review, merge, split, rename, undo, judgements, export, import, "
            "refresh.",
        ),
    ] = Action.LIST,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]",
            help="Names to merge or split; NAME NEW; a number to undo; a file.",
            show_default=False,
        ),
    ] = None,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", metavar="ID", help="split: articles where it is another's."),
    ] = None,
    unsure: Annotated[
        bool, typer.Option("--unsure", help="review, questions: those left open as well.")
    ] = False,
    directory: Annotated[
        Path | None,
        typer.Option("--directory", metavar="TOML", help="Know these organisations, too; kept."),
    ] = None,
    by: By = None,
    why: Why = None,
) -> None:
    """Say which names are of one person or organisation.

    Names are put together for reasons, which list shows; what is unsure stays apart until
    review asks you. Searches find all names of one. Every judgement is kept with who, when and
    why, goes before the rules, survives a rebuild and can be undone.
    """
    from newsmine.index import open_index

    given, who = tuple(words or ()), by or user_name()
    if action in _SHOWN and directory is None:
        with open_index(file) as index:
            _check_count(action, given)
            _SHOWN[action](index, unsure)
        return
    with to_change(file) as index:
        if directory is not None:
            _told(index.identities.use_directory(directory, who=who, why=why))
        _do(index, action, given, tuple(article or ()), unsure, who, why)


def _do(
    index: Index,
    action: Action,
    given: Sequence[str],
    articles: Sequence[str],
    unsure: bool,
    who: str,
    why: str | None,
) -> None:
    _check_count(action, given)
    if action in _SHOWN:
        _SHOWN[action](index, unsure)
    elif action is Action.MERGE:
        _told(index.identities.merge(given, who=who, why=why))
    elif action is Action.SPLIT:
        _told(index.identities.split(given, articles=articles, who=who, why=why))
    elif action is Action.RENAME:
        _told(index.identities.rename(*given, who=who, why=why))
    elif action is Action.UNDO:
        index.identities.undo(_number(given[0]), who=who, why=why)
        _say(f"Undone: judgement {given[0]}.")
    elif action is Action.EXPORT:
        _say(f"{index.journal.write_text(given[0]):,} entries written.")
    elif action is Action.IMPORT:
        added = index.identities.take(given[0])
        _say(f"{added:,} new entries taken.")
    elif action is Action.REVIEW:
        _review(index, unsure=unsure, who=who, why=why)
    else:
        index.identities.refresh()


_COUNTS = {
    Action.MERGE: (1, None, "Name two, each between quotes"),
    Action.SPLIT: (1, None, "Name two, or one with --article"),
    Action.RENAME: (2, 2, "Give the name and the new one, each between quotes"),
    Action.UNDO: (1, 1, "Give the number that `names FILE judgements` shows"),
    Action.EXPORT: (1, 1, "Name a file to write"),
    Action.IMPORT: (1, 1, "Name a file that export wrote"),
}


def _check_count(action: Action, given: Sequence[str]) -> None:
    least, most, remedy = _COUNTS.get(action, (0, 0, "Leave it out"))
    if len(given) < least:
        raise QueryError(action, "needs more", remedy)
    if most is not None and len(given) > most:
        raise QueryError(one_line(given[most])[:60], f"is too much for {action}", remedy)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise QueryError(
            one_line(text)[:60], "is no number of a judgement", _COUNTS[Action.UNDO][2]
        )
    return int(text)


def _told(made: Judgement) -> None:
    _say(f"Kept as judgement {made.id}; newsmine names FILE undo {made.id} takes it back.")


def _say(text: str) -> None:
    """What was done is the result, not a remark."""
    show(Text(text))


def _review(index: Index, *, unsure: bool, who: str, why: str | None) -> None:
    """Ask one question after the other; each answer is kept at once, so one can stop anywhere."""
    if not sys.stdin.isatty():
        remedy = "Elsewhere use questions, merge and split"
        raise QueryError("review", "asks on a terminal, and there is none", remedy)
    review(index, _asked, unsure=unsure, who=who, why=why)


def review(
    index: Index,
    ask: Callable[[Question], str],
    *,
    unsure: bool,
    who: str,
    why: str | None,
) -> None:
    """Ask what is open now until the answer is "quit"; each answer is kept before the next one."""
    answered = 0
    open_ = index.identities.questions(unsure=unsure)
    try:
        for left, question in zip(range(len(open_), 0, -1), open_, strict=True):
            _show_question(index, question, left)
            answer = ask(question)
            if answer == "quit":
                break
            index.identities.answer(question, answer, who=who, why=why, apply=False)
            answered += 1
    finally:
        if answered:
            index.identities.refresh()
    say(f"{answered:,} answered, {len(index.identities.questions(unsure=unsure)):,} left.")


_ANSWERS = {
    "y": "yes",
    "n": "no",
    "u": "unsure",
    "q": "quit",
}


def _asked(question: Question) -> str:
    while True:
        err().print("One and the same? [y]es, [n]o, [u]nsure, [q]uit: ", end="", markup=False)
        line = sys.stdin.readline()
        if not line:
            return "quit"
        if (answer := _ANSWERS.get(line.strip().casefold()[:1])) is not None:
            return answer


def _show_question(index: Index, question: Question, left: int) -> None:
    rows = [
        (_part(part), one_line(seen.role), one_line(seen.organisation), one_line(seen.place))
        for part in (question.one, question.other)
        for seen in index.identities.seen(question.type, part, limit=_PARTLY)
    ]
    title = f"{one_line('; '.join(question.reasons))} ({question.score:.2f}; {left:,} left)"
    show(table(title, ("Name", "Role", "Organisation", "Where"), rows))


def _part(part: NamePart) -> str:
    if part.articles is None:
        return one_line(part.name)
    some = ", ".join(part.articles[:_PARTLY]) + " …" * (len(part.articles) > _PARTLY)
    return one_line(f"{part.name} (in {some})")


def _show_list(index: Index, unsure: bool) -> None:
    rows = [
        (
            one_line(one.label),
            one.type,
            "\n".join(map(_part, one.parts)),
            "\n".join(map(one_line, one.reasons)),
        )
        for one in index.identities.all()
    ]
    show(table(None, ("Who", "Type", "Names", "Why"), rows))
    left = len(index.identities.questions())
    say(f"Of several names, or of one that others have: {len(rows):,}. Open questions: {left:,}.")


def _show_questions(index: Index, unsure: bool) -> None:
    questions = index.identities.questions(unsure=unsure)
    show(_questions(questions))
    say(f"Questions: {len(questions):,}. Answer them with review, or with merge and split.")


def _questions(questions: Sequence[Question]) -> Table:
    rows = (
        (f"{q.score:.2f}", q.type, _part(q.one), _part(q.other), one_line("; ".join(q.reasons)))
        for q in questions
    )
    return table(None, ("Score", "Type", "One", "Other", "Why"), rows)


def _show_judgements(index: Index, unsure: bool) -> None:
    rows = [
        (str(one.id), one.at[:10], one_line(one.who), one.kind, _about(one), one_line(one.why),
         "" if standing else "undone")
        for one, standing in index.identities.judgements()
    ]  # fmt: skip
    heads = ("No.", "When", "Who", "What", "Names", "Why", "")
    show(table(None, heads, rows))


def _about(one: Judgement) -> str:
    found = [str(ref["name"]) for ref in one.subject.get("names", ())]
    if (new := one.decision.get("name")) is not None:
        found.append(f"→ {new}")
    return one_line("; ".join(found) or one.subject.get("file"))


_SHOWN: dict[Action, Callable[[Index, bool], None]] = {
    Action.LIST: _show_list,
    Action.QUESTIONS: _show_questions,
    Action.JUDGEMENTS: _show_judgements,
}
