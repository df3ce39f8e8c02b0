"""Judgements that say something else than their kind must: refused, and no article suffers."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.errors import QueryError
from newsmine.index import Index, create_index
from tests.index.conftest import courier, lantern
from tests.index.test_journal import values

NAMES = {"type": "person", "names": [{"name": "Ann Lee"}, {"name": "Bo Lee"}]}
ROW = {
    "article": "x", "sha256": None, "table": "attributions", "id": "a1", "text": "“No”",
    "raw": [[3, 9]],
}  # fmt: skip
ORGANISATION = {"name": "The Tally Trust", "kind": "charity", "country": "GB"}
GOOD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "fix": (ROW, {"speaker": "Amy Lee", "type": "person", "kind": "direct"}),
    "drop": (ROW, {}),
    "checked": (ROW, {}),
    "withhold": ({"name": "Bo Lee"}, {"keep": True}),
    "names.merge": (NAMES, {}),
    "names.split": ({**NAMES, "names": [{"name": "Ann Lee", "articles": ["x"]}]}, {}),
    "names.unsure": (NAMES, {}),
    "names.rename": (NAMES, {"name": "Annie Lee"}),
    "names.directory": ({"file": "own.toml"}, {"organisations": [ORGANISATION]}),
}
BAD: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("fix", {}, {"speaker": "Amy Lee"}),
    ("fix", {**ROW, "table": "checks"}, {}),
    ("fix", {**ROW, "raw": [[0, 10**12]]}, {}),
    ("fix", {**ROW, "raw": [[9, 3]]}, {}),
    ("fix", ROW, {"speaker": 7}),
    ("fix", ROW, {"type": "oracle"}),
    ("drop", {**ROW, "sha256": 7}, {}),
    ("withhold", {}, {}),
    ("withhold", {"name": "…"}, {}),
    ("withhold", {"name": "Jane Doe " * 30}, {}),
    ("withhold", {"rule": ["children"]}, {}),
    ("names.merge", {**NAMES, "names": ["Ann Lee"]}, {}),
    ("names.unsure", {**NAMES, "names": []}, {}),
    ("names.rename", NAMES, {}),
    ("names.directory", {}, {"organisations": [{"name": "The Tally Trust"}]}),
]


def line_of(kind: str, subject: object, decision: object) -> str:
    """A line as another program could write it, with a key that fits."""
    said = {
        "at": "2024-01-01T00:00:00.000000Z", "who": "kim", "kind": kind, "subject": subject,
        "decision": decision, "why": None, "undoes": None,
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return json.dumps({**said, "key": hashlib.sha256(text.encode()).hexdigest()[:16]})


def assert_usable(index: Index) -> None:
    """Whatever looks at judgements works, and another article can be added."""
    index.add(courier())
    index.identities.refresh()
    assert len(index.corrections()) + len(index.withholding.decisions()) <= 1
    assert index.count("quotes") > 0


@pytest.mark.parametrize("kind", GOOD)
def test_one_of_another_program_is_taken_and_applied(index: Index, kind: str) -> None:
    assert index.journal.take([line_of(kind, *GOOD[kind])]) == 1
    assert_usable(index)


@pytest.mark.parametrize(("kind", "subject", "decision"), BAD)
def test_what_lacks_something_is_refused(
    index: Index, kind: str, subject: dict[str, Any], decision: dict[str, Any]
) -> None:
    good = line_of("note", {}, {})
    with pytest.raises(QueryError, match=rf"line 2: lacks what '{kind}' has to say"):
        index.journal.take([good, line_of(kind, subject, decision)])
    with pytest.raises(ValueError, match="says other things"):
        index.journal.record(kind, subject, decision, who="jo")
    assert index.journal.entries() == ()
    assert_usable(index)


def test_kinds_that_are_unknown_may_say_anything(index: Index) -> None:
    lines = [line_of("note", {"n": 1}, {}), line_of("names.later", {"names": 3}, {"name": None})]
    assert index.journal.take(lines) == 2
    assert_usable(index)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_whatever_is_in_a_field_it_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    subject, decision = (dict(said) for said in GOOD[kind])
    changed = data.draw(st.sampled_from([one for one in (subject, decision) if one]))
    field = data.draw(st.sampled_from(sorted(changed)))
    changed[field] = data.draw(values)
    with create_index(tmp_path_factory.mktemp("forms") / "a.db") as index:
        index.add(lantern())
        try:
            index.journal.take([line_of(kind, subject, decision)])
        except QueryError:
            assert index.journal.entries() == ()
        assert_usable(index)


def test_what_a_file_brings_is_applied_at_once(index: Index, tmp_path: Path) -> None:
    """Not when the index is next opened: who reads it meanwhile would see a withheld name."""
    path = tmp_path / "judgements.jsonl"
    path.write_text(line_of("withhold", {"name": "Bo Lee"}, {}), encoding="utf-8")
    assert index.count("quotes", speaker="Bo Lee") == 1
    index.identities.take(path)
    assert index.count("quotes", speaker="Bo Lee") == 0
