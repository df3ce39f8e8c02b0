"""REFI-QDA projects, read as another program would, and held against the schema's structure."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.export import export
from newsmine.export.qdpx import GROUPS, NAMESPACE, plain
from newsmine.export.rows import xml_text
from newsmine.index import Index, open_index
from newsmine.index.texts import quote_of
from newsmine.types import Attribution, Extraction
from tests.export.indexes import HOSTILE, LANTERN, PAIRS, index_of
from tests.factories import make_extraction, make_speaker

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
BY = {"creatingUser", "creationDateTime"}
# Of Project.xsd (REFI, 2019): the children of each element in their order, its attributes and
# those that it must have. Only what newsmine writes; anything else is refused.
STRUCTURE: dict[str, tuple[tuple[str, ...], set[str], set[str]]] = {
    "Project": (
        ("Users", "CodeBook", "Sources", "Description"),
        {"name", "origin", "creatingUserGUID", "creationDateTime"},
        {"name"},
    ),
    "Users": (("User",), set(), set()),
    "User": ((), {"guid", "name", "id"}, {"guid"}),
    "CodeBook": (("Codes",), set(), set()),
    "Codes": (("Code",), set(), set()),
    "Code": (
        ("Description", "Code"),
        {"guid", "name", "isCodable", "color"},
        {"guid", "name", "isCodable"},
    ),
    "Sources": (("TextSource",), set(), set()),
    "TextSource": (
        ("Description", "PlainTextSelection", "Coding"),
        {"guid", "name", "plainTextPath", *BY},
        {"guid", "plainTextPath"},
    ),
    "PlainTextSelection": (
        ("Description", "Coding"),
        {"guid", "name", "startPosition", "endPosition", *BY},
        {"guid", "startPosition", "endPosition"},
    ),
    "Coding": (("CodeRef",), {"guid", *BY}, {"guid"}),
    "CodeRef": ((), {"targetGUID"}, {"targetGUID"}),
    "Description": ((), set(), set()),
}
NEVER_EMPTY = {"Users", "CodeBook", "Codes", "Sources", "Coding"}
SHAPES = {
    "guid": GUID,
    "targetGUID": GUID,
    "creatingUser": GUID,
    "creatingUserGUID": GUID,
    "creationDateTime": WHEN,
    "isCodable": re.compile("true|false"),
    "color": re.compile("#[0-9a-fA-F]{6}"),
    "startPosition": re.compile("[0-9]+"),
    "endPosition": re.compile("[0-9]+"),
}


def tag(element: ElementTree.Element) -> str:
    namespace, _, name = element.tag.rpartition("}")
    assert namespace == "{" + NAMESPACE
    return name


def require_valid(element: ElementTree.Element) -> None:
    name = tag(element)
    children, known, required = STRUCTURE[name]
    assert required <= set(element.keys()) <= known, (name, element.attrib)
    for attribute, value in element.items():
        if attribute in SHAPES:
            assert SHAPES[attribute].fullmatch(value), (name, attribute, value)
    order = [children.index(tag(child)) for child in element]
    assert order == sorted(order), name
    assert order or name not in NEVER_EMPTY
    for child in element:
        require_valid(child)


@dataclass(frozen=True)
class Passage:
    """A selection as a reader finds it."""

    text: str
    codes: tuple[str, ...]
    remark: str


def read_project(path: Path) -> dict[str, list[Passage]]:
    """The passages of each source by its name; read as QualCoder does, in text mode."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == len(names)
        assert names[-1] == "project.qde"
        root = ElementTree.fromstring(archive.read("project.qde"))
        require_valid(root)
        require_unique(root)
        codes = {c.get("guid"): c.get("name") for c in root.iter(f"{{{NAMESPACE}}}Code")}
        return {
            str(source.get("name")): list(passages(archive, source, codes))
            for source in root.iter(f"{{{NAMESPACE}}}TextSource")
        }


def require_unique(root: ElementTree.Element) -> None:
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(set(guids)) == len(guids)


def passages(
    archive: zipfile.ZipFile, source: ElementTree.Element, codes: dict[str | None, str | None]
) -> Iterator[Passage]:
    path = str(source.get("plainTextPath")).replace("internal://", "Sources/")
    text = archive.read(path).decode("utf-8")
    in_text_mode = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert in_text_mode == text
    for selection in source.iter(f"{{{NAMESPACE}}}PlainTextSelection"):
        start, end = (int(selection.get(f"{side}Position") or -1) for side in ("start", "end"))
        assert 0 <= start <= end <= len(text)
        used = [ref.get("targetGUID") for ref in selection.iter(f"{{{NAMESPACE}}}CodeRef")]
        remark = selection.findtext(f"{{{NAMESPACE}}}Description") or ""
        yield Passage(text[start:end], tuple(str(codes[guid]) for guid in used), remark)


def expected_of(index: Index) -> dict[str, list[tuple[str, ...]]]:
    """The pieces of the quotes of each article, as they stand in the text made plain."""
    pieces: dict[str, list[tuple[str, ...]]] = {}
    for row in index.iter_quotes():
        article = index.article(row["article"]).article
        text = plain(article.text)
        name = " ".join(filter(None, (article.published, article.id)))
        pieces.setdefault(name, []).append(tuple(text[s:e] for s, e in row["content"]))
    return pieces


def test_an_interrupted_quote(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "q.qdpx")
    ((name, found),) = read_project(tmp_path / "q.qdpx").items()
    assert name.startswith("2018-05 lantern-")
    assert [passage.text for passage in found] == ["“Nobody counts,”", "“the rest.”"]
    for passage in found:
        assert passage.codes == ("Hearthlight", "Ann Lee", "direct")
        assert "role: head of policy; confidence: 0.75; why: marks" in passage.remark
    assert ["1 of 2" in passage.remark for passage in found] == [True, False]
    (row,) = index.iter_quotes()
    assert quote_of(LANTERN, row["content"]) == row["quote"]


def test_figures(index: Index, tmp_path: Path) -> None:
    assert export(index, tmp_path / "c.qdpx", what="claims") == 1
    ((_, (passage,)),) = read_project(tmp_path / "c.qdpx").items()
    assert (passage.text, passage.codes) == ("1,200", ("count",))


def test_hostile_articles(hostile_index: Index, tmp_path: Path) -> None:
    assert export(hostile_index, tmp_path / "h.qdpx") == len(HOSTILE)
    found = read_project(tmp_path / "h.qdpx")
    assert len(found) == len(HOSTILE)
    for name, pieces in expected_of(hostile_index).items():
        (passage,) = found[xml_text(name)]
        assert (passage.text,) == pieces[0]
        # XML reads a line end in an attribute as written; the rest must be the name itself.
        assert passage.codes[0] == xml_text(next(e for e in HOSTILE if plain(e) == passage.text))


@settings(max_examples=40)
@given(PAIRS)
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, pair: tuple[Extraction, Extraction]
) -> None:
    folder = tmp_path_factory.mktemp("qdpx")
    with open_index(index_of(folder / "x.db", *pair)) as index:
        count = export(index, folder / "x.qdpx")
        found = {
            name: [passage.text for passage in passages]
            for name, passages in read_project(folder / "x.qdpx").items()
        }
        expected = {
            name: [piece for pieces in rows for piece in pieces]
            for name, rows in expected_of(index).items()
        }
        assert found == {xml_text(name): pieces for name, pieces in expected.items()}
        assert count == sum(map(len, expected_of(index).values()))


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\ufeff")))
def test_plain_text_keeps_its_places(text: str) -> None:
    found = plain(text)
    assert len(found) == len(text)
    assert "\r" not in found
    assert not found.startswith("\ufeff")
    assert all(a == b or a in "\r\ufeff" for a, b in zip(text, found, strict=True))


def test_names_of_codes_are_unique(tmp_path: Path) -> None:
    """QualCoder refuses a second code of a name."""
    text = "x y"
    quotes = [
        Attribution("a1", "indirect", ((0, 1),), speaker=make_speaker("Calm", type="organisation")),
        Attribution("a2", "indirect", ((2, 3),), speaker=make_speaker("Ann Lee")),
    ]
    path = index_of(tmp_path / "x.db", make_extraction(text, quotes=quotes))
    with open_index(path) as index:
        export(index, tmp_path / "x.qdpx")
    root = ElementTree.fromstring(zipfile.ZipFile(tmp_path / "x.qdpx").read("project.qde"))
    names = [code.get("name") for code in root.iter(f"{{{NAMESPACE}}}Code")]
    assert sorted(map(str, names)) == [
        *("Ann Lee", "Calm", "Calm (speaker)", "Kinds", "Organisations", "Speakers", "indirect"),
    ]
    groups = {title for title, _ in GROUPS.values()}
    codable = {c.get("name"): c.get("isCodable") for c in root.iter(f"{{{NAMESPACE}}}Code")}
    assert {name for name, value in codable.items() if value == "false"} <= groups


def test_a_name_is_unique_over_all_groups(tmp_path: Path) -> None:
    """QualCoder would take no second "direct", and the passages coded with it had no code."""
    names = ("indirect", "indirect (speaker)", "bell\x01", "bell\x02")
    text = "a b c d"
    quotes = [
        Attribution(f"a{n}", "indirect", ((2 * n, 2 * n + 1),), speaker=make_speaker(name))
        for n, name in enumerate(names)
    ]
    with open_index(index_of(tmp_path / "x.db", make_extraction(text, quotes=quotes))) as index:
        export(index, tmp_path / "x.qdpx")
    root = ElementTree.fromstring(zipfile.ZipFile(tmp_path / "x.qdpx").read("project.qde"))
    codable = [c for c in root.iter(f"{{{NAMESPACE}}}Code") if c.get("isCodable") == "true"]
    assert len(codable) == 5
    assert len({code.get("name") for code in codable}) == 5
    used = {ref.get("targetGUID") for ref in root.iter(f"{{{NAMESPACE}}}CodeRef")}
    assert used == {code.get("guid") for code in codable}


def test_the_same_rows_have_the_same_ids(index: Index, tmp_path: Path) -> None:
    def ids(name: str) -> list[str]:
        export(index, tmp_path / name)
        project = zipfile.ZipFile(tmp_path / name).read("project.qde").decode()
        return re.findall(r'guid="([^"]+)"', project)

    assert ids("1.qdpx") == ids("2.qdpx")


def test_the_reader_sees_what_is_wrong() -> None:
    def project(inner: str) -> ElementTree.Element:
        return ElementTree.fromstring(f'<Project xmlns="{NAMESPACE}" name="x">{inner}</Project>')

    require_valid(project(""))
    for wrong in (
        "<Sources/>",
        '<Description/><Users><User guid="00000000-0000-0000-0000-000000000000"/></Users>',
        '<Users><User guid="1"/></Users>',
        "<Users><User/></Users>",
    ):
        with pytest.raises(AssertionError):
            require_valid(project(wrong))
