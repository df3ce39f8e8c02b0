"""Words in quotation marks that nobody is quoted with."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any

import pytest

from newsmine.nlp.refusals import refusal, without_terms
from newsmine.types import Attribution, AttributionKind, Span

_MARKED = re.compile(r"\[\[(.+?)\]\]|\{(.+?)\}")


def row(marked: str, *, kind: AttributionKind = "direct") -> tuple[str, Attribution]:
    """A text and its one row: the content in ``[[ ]]``, the cue in ``{ }``."""
    text, end = "", 0
    content: list[Span] = []
    cue: list[Span] = []
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        inner = match[1] or match[2]
        (content if match[1] else cue).append((len(text), len(text) + len(inner)))
        text, end = text + inner, match.end()
    text += marked[end:]
    return text, Attribution("a1", kind, tuple(content), cue=tuple(cue))


def _groups() -> dict[str, dict[str, Any]]:
    path = resources.files("newsmine.data").joinpath("refusals.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _examples(key: str) -> list[str]:
    return [example for group in _groups().values() for example in group.get(key, [])]


@pytest.mark.parametrize("marked", _examples("examples"))
def test_each_example_of_the_data_is_refused(marked: str) -> None:
    assert refusal(*row(marked)) is not None


@pytest.mark.parametrize("marked", _examples("not_examples"))
def test_each_tempting_example_of_the_data_stays(marked: str) -> None:
    assert refusal(*row(marked)) is None


@pytest.mark.parametrize("name", _groups())
def test_each_group_of_the_data_has_an_example(name: str) -> None:
    assert _groups()[name].get("examples") or _groups()[name].get("not_examples")


REFUSED = [
    ("The wrestler Dwight [[‘The Stone’]] Larkin came.", "a nickname"),
    ("He is the author of [[“Nine Days: The Fall of the Larch Bank,”]] and a baker.", "a title"),
    ("They read [[‘Safer Streets’]] and left.", "a fragment that nobody is said to have uttered"),
    ("[[“Not before the machine”]] could be its motto.", "a fragment that nobody is said"),
    ("It was the NSPCX’s [[‘report button’]] that {offers} help.", "a quoted noun"),
    ("It is known as [['the kids' code']] there.", "announced as a name or term"),
    ("Posing as a boy called [[‘Max’]], he wrote.", "given as a name"),
]


@pytest.mark.parametrize(("marked", "reason"), REFUSED)
def test_refused(marked: str, reason: str) -> None:
    found = refusal(*row(marked))
    assert found is not None
    assert found.startswith(reason)


STAYING = [
    "[[“We need a law.”]]",
    "[[“No!”]] she {said}.",
    "[[“God Almighty!”]] was all.",
    "[[“Nine Days of the Larch Bank were enough,”]] and on it went.",
    "[[“Nine Days of Larch,”]] she {said}.",
    "It is known as [[“Yes” or “No”]].",
    "[[‘Late,’]] she {said}.",
    "Ann Roe {said} it was [[‘late’]].",
    "The charity {said} the firms were [[“putting profit before children”]].",
    "[[“We have waited eleven years for any of this to come”]] was on the wall.",
    "The judge {called} him a [[‘coward’]].",
    "Asked why, he {replied}: [[‘No comment’]].",
    "He {told} her [[‘The Stone’]] was late.",
]


@pytest.mark.parametrize("marked", STAYING)
def test_staying(marked: str) -> None:
    assert refusal(*row(marked)) is None


def test_a_scare_quote_within_what_is_said_stays() -> None:
    # "calls the site a ‘lost town’": the row is the clause, not the two quoted words.
    text, found = row("It {says} [[the site is like a ‘lost town’]].", kind="mixed")
    assert refusal(text, found) is None


def test_an_indirect_row_is_never_refused() -> None:
    assert refusal(*row("It {proposes} [[‘tag orders’]].", kind="indirect")) is None


HEADLINES = [
    ("[[‘Late and dear’]]: town’s view of a lock\n\nAnn Roe came.", True),
    ("[[‘Late and dear’]]: mother{’s plea to} town\n\nAnn Roe came.", True),
    ("Town apps [[‘failing to check’]]\n\nAnn Roe came.", True),
    ("[[Locks ‘late and dear’]], {says} Roe\n\nAnn Roe came.", False),
    ("Locks are late\n\nAnn Roe {said} they were [[‘late and dear’]].", False),
]


@pytest.mark.parametrize(("marked", "refused"), HEADLINES)
def test_a_headline_must_say_whose_words_it_quotes(marked: str, refused: bool) -> None:
    text, found = row(marked, kind="mixed")
    headline = (0, text.index("\n"))
    assert (refusal(text, found, headlines=[headline]) is not None) is refused


def test_the_rows_that_stay_are_the_same() -> None:
    text, found = row("Ann Roe {said} it was [[‘late’]].")
    assert without_terms(text, [found]) == (found,)


@pytest.mark.parametrize("content", ["“", "“”", "‘’", "x"])
def test_next_to_nothing(content: str) -> None:
    found = Attribution("a1", "direct", ((0, len(content)),))
    assert refusal(content, found) in (None, "a fragment that nobody is said to have uttered")
