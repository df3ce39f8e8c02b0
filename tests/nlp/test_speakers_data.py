"""Every entry of the speakers' word lists matches its example, and not its counter-example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from newsmine.nlp.speakers.entities import gather
from newsmine.nlp.speakers.lexicon import data, lexicon
from newsmine.nlp.speakers.names import find_names
from newsmine.nlp.speakers.phrases import parse_source
from newsmine.nlp.speakers.profiles import governs
from newsmine.nlp.speakers.text import layout


def tables() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in (
        "titles",
        "first_names",
        "organisations",
        "documents",
        "people",
        "groups",
        "grammar",
    ):
        for name, table in data(file).items():
            for number, entry in enumerate(table if isinstance(table, list) else [table]):
                if "words" in entry:
                    yield f"{file}.{name}.{number}", entry


ENTRIES = dict(tables())
LISTS = {k: e for k, e in ENTRIES.items() if not k.startswith(("titles", "groups.asked"))}


def words_of(entry: dict[str, Any]) -> list[str]:
    words = entry["words"]
    return words.split() if isinstance(words, str) else words


def holds(phrase: str, entry: dict[str, Any]) -> bool:
    """Whether a word of the entry stands in the phrase, case as in the phrase or lower."""
    padded = f" {phrase} ".replace(",", " ").replace("-", " - ")
    forms = {w.replace("-", " - ") for w in words_of(entry)}
    return any(f" {form} " in padded for form in forms)


@pytest.mark.parametrize("key", ENTRIES)
def test_no_word_twice(key: str) -> None:
    words = words_of(ENTRIES[key])
    assert len(words) == len(set(words)), sorted({w for w in words if words.count(w) > 1})


@pytest.mark.parametrize("key", ENTRIES)
def test_each_entry_has_examples(key: str) -> None:
    assert ENTRIES[key]["match"]
    assert ENTRIES[key]["never"]


@pytest.mark.parametrize("key", LISTS)
def test_example_matches(key: str) -> None:
    example = LISTS[key]["match"]
    assert holds(example, LISTS[key]) or holds(example[0].lower() + example[1:], LISTS[key])


@pytest.mark.parametrize("key", [k for k in ENTRIES if k.startswith("titles")])
def test_titles(key: str) -> None:
    entry = ENTRIES[key]
    wanted = {"name": entry["match"]["name"], "gender": entry.get("gender")}
    people = entities(entry["match"]["text"])
    assert [(p.name, p.gender) for p in people] == [(wanted["name"], wanted["gender"])]
    assert not [n for n in find_names(layout(entry["never"])) if n.title]


def entities(text: str) -> list[Any]:
    place = layout(text)
    found = gather(place, find_names(place), {})
    return [e for e in found.all if e.label == "PERSON"]


def kind_of(phrase: str) -> str:
    text = f"Later {phrase} said so."
    place = layout(text)
    found = gather(place, find_names(place), {})
    return parse_source(text, (6, 6 + len(phrase)), found).kind


KINDS = {
    "organisations.nominal": {"nominal"},
    "documents.document": {"document"},
    "people.roles": {"role"},
    "people.offices": {"role"},
    "people.spokes": {"spokes"},
    "people.anonymous": {"anonymous"},
    "people.anonymous_plural": {"anonymous"},
    "groups.plural": {"group"},
    "groups.quantity": {"asked"},
}


@pytest.mark.parametrize("key", [k for k in ENTRIES if k.rsplit(".", 1)[0] in KINDS])
def test_kind_of_example(key: str) -> None:
    kinds, entry = KINDS[key.rsplit(".", 1)[0]], ENTRIES[key]
    assert kind_of(entry["match"]) in kinds
    assert kind_of(entry["never"]) not in kinds or not holds(entry["never"], entry)


def test_first_names_tell_the_gender() -> None:
    names = lexicon().first_names
    for gender in ("m", "f"):
        entry = data("first_names")[gender]
        assert names[entry["match"]] == gender
        assert names[entry["never"]] != gender
    assert names[data("first_names")["both"]["match"]] is None


def test_posts_in_a_government() -> None:
    entry = ENTRIES["people.government.0"]
    assert governs(entry["match"], lexicon())
    for role in (entry["never"], "shadow home secretary", "former education secretary"):
        assert not governs(role, lexicon())


def test_respondents() -> None:
    entry = ENTRIES["groups.asked.0"]
    assert lexicon().asked.search(entry["match"])
    assert not lexicon().asked.search(entry["never"])
