"""Beside the name as printed, an export says who that is over all articles."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from newsmine.export import export
from newsmine.export.qdpx import NAMESPACE
from newsmine.index import Index, create_index
from newsmine.types import Claim
from tests.export.conftest import READERS
from tests.factories import make_extraction, make_speaker, span_of

TEXT = "“Nobody counts the rest,” somebody said, of 1,200 reports."


def said(path: str, name: str, organisation: str | None, type: str = "person") -> Any:
    who = make_speaker(name, type=type, organisation=organisation)  # type: ignore[arg-type]
    figure = Claim("c1", span_of(TEXT, "1,200"), "count", speaker=who, counted="reports")
    return make_extraction(
        f"{TEXT}\n\n{name}, {path}",
        path=path,
        quotes=[("“Nobody counts the rest,”", who)],
        claims=(figure,),
    )


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """One person and one organisation under two names each, and two people of one name."""
    with create_index(tmp_path / "news.db") as made:
        made.add(said("1.txt", "Ann Lee", "Hearthlight"))
        made.add(said("2.txt", "Dr Annabel Lee-Marsh", "The Hearthlight Trust"))
        made.add(said("3.txt", "Bo Marsh", "Choir of Nowhere"))
        made.add(said("4.txt", "Bo Marsh", "Police of Elsewhere"))
        made.identities.merge(["Ann Lee", "Dr Annabel Lee-Marsh"], who="jo")
        made.identities.merge(["Hearthlight", "The Hearthlight Trust"], who="jo")
        made.identities.rename("Hearthlight", "Hearthlight (charity)", who="jo")
        (fourth,) = [one.id for one in made.articles() if one.path == "4.txt"]
        made.identities.split(["Bo Marsh"], articles=[fourth], who="jo")
        yield made


@pytest.mark.parametrize("what", ["quotes", "claims"])
@pytest.mark.parametrize("suffix", sorted(READERS))
def test_one_label_for_one(index: Index, tmp_path: Path, suffix: str, what: Any) -> None:
    export(index, tmp_path / f"x{suffix}", what=what)
    rows = {row["path"]: row for row in READERS[suffix](tmp_path / f"x{suffix}")}
    assert rows["1.txt"]["speaker"] != rows["2.txt"]["speaker"], "as printed"
    assert rows["1.txt"]["speaker_identity"] == rows["2.txt"]["speaker_identity"]
    assert rows["1.txt"]["organisation_identity"] == "Hearthlight (charity)"
    assert rows["2.txt"]["organisation_identity"] == "Hearthlight (charity)"
    assert rows["3.txt"]["organisation_identity"] == "Choir of Nowhere", "known by that alone"


@pytest.mark.parametrize("what", ["quotes", "claims"])
def test_two_labels_for_two_of_a_name(index: Index, tmp_path: Path, what: Any) -> None:
    export(index, tmp_path / "x.jsonl", what=what)
    rows = {row["path"]: row for row in READERS[".jsonl"](tmp_path / "x.jsonl")}
    assert rows["3.txt"]["speaker"] == rows["4.txt"]["speaker"] == "Bo Marsh"
    labels = {rows[path]["speaker_identity"] for path in ("3.txt", "4.txt")}
    assert len(labels) == 2
    for label in labels:
        found = index.search(f'speaker:"{label}"').rows
        assert len(found) == 1, "a label finds its own alone"


def test_nobody_stays_nobody(tmp_path: Path) -> None:
    with create_index(tmp_path / "news.db") as index:
        index.add(make_extraction(TEXT, path="1.txt", quotes=[("“Nobody counts the rest,”", None)]))
        export(index, tmp_path / "x.jsonl")
    (row,) = READERS[".jsonl"](tmp_path / "x.jsonl")
    assert (row["speaker_identity"], row["organisation_identity"]) == (None, None)


def test_a_search_has_them_too(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "x.jsonl", query="org:hearthlight")
    rows = READERS[".jsonl"](tmp_path / "x.jsonl")
    assert {row["organisation_identity"] for row in rows} == {"Hearthlight (charity)"}
    assert len(rows) == 2


def test_who_is_withheld_is_not_named_by_a_label(index: Index, tmp_path: Path) -> None:
    index.withholding.name("Ann Lee", who="jo")
    index.identities.refresh()
    export(index, tmp_path / "x.jsonl")
    for row in READERS[".jsonl"](tmp_path / "x.jsonl"):
        assert "Ann Lee" not in str(row)


def test_one_code_for_all_names_of_one(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "x.qdpx")
    with zipfile.ZipFile(tmp_path / "x.qdpx") as archive:
        project = ElementTree.fromstring(archive.read("project.qde"))
    names = [code.get("name") for code in project.iter(f"{{{NAMESPACE}}}Code")]
    assert names.count("Hearthlight (charity)") == 1
    assert "The Hearthlight Trust" not in names
    assert "as printed: Dr Annabel Lee-Marsh, The Hearthlight Trust" in ElementTree.tostring(
        project, encoding="unicode"
    )


def test_an_annotation_has_the_label_and_the_printed_name(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "x.jsonld")
    page = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))["first"]["items"]
    tags = [[body["value"] for body in one["body"] if body["purpose"] == "tagging"] for one in page]
    assert ["Hearthlight (charity)", "The Hearthlight Trust"] in tags
    assert ["Choir of Nowhere"] in tags
