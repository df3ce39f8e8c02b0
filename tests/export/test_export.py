"""From an index to a file: which format, which table, and what explains it."""

from __future__ import annotations

import json
import stat
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from newsmine import __version__
from newsmine.errors import ExportError, QueryError
from newsmine.export import export
from newsmine.export.formats import FORMATS
from newsmine.export.selection import COLUMNS, IDENTITY_COLUMNS, TABLES, described_index
from newsmine.index import Index, open_index
from newsmine.types import Attribution, Extraction
from tests.export.conftest import READERS, read_csv, read_jsonl, read_parquet
from tests.export.indexes import index_of, lantern, silent
from tests.factories import make_extraction, make_speaker

TABULAR = (".csv", ".jsonl", ".parquet", ".xlsx")
ARTICLE = lantern().article.id


@pytest.mark.parametrize("suffix", TABULAR)
@pytest.mark.parametrize("what", TABLES)
def test_every_table_in_every_format(index: Index, tmp_path: Path, suffix: str, what: Any) -> None:
    path = tmp_path / f"x{suffix}"
    count = export(index, path, what=what)
    rows = READERS[suffix](path)
    assert len(rows) == count == {"articles": 2}.get(what, 1)
    assert tuple(rows[0]) == COLUMNS[what]


def test_rows_are_those_of_the_index(index: Index, tmp_path: Path) -> None:
    for what in ("quotes", "claims", "checks"):
        rows = list(getattr(index, f"iter_{what}")())
        for suffix, read in ((".jsonl", read_jsonl), (".parquet", read_parquet)):
            export(index, tmp_path / f"{what}{suffix}", what=what)  # type: ignore[arg-type]
            read_back = read(tmp_path / f"{what}{suffix}")
            assert [_printed(row) for row in read_back] == rows


def _printed(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what an export adds to it: who is who."""
    return {name: value for name, value in row.items() if name not in IDENTITY_COLUMNS}


def test_articles(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "a.jsonl", what="articles")
    rows = {row["path"]: row for row in read_jsonl(tmp_path / "a.jsonl")}
    assert rows["a/lantern.txt"] == {
        "article": ARTICLE,
        "path": "a/lantern.txt",
        "outlet": "Daily Lantern",
        "published": "2018-05",
        "headline": "Reports rise",
        "standfirst": None,
        "byline": "Jo Penn; Al van der Reed",
        "sha256": lantern().article.raw.sha256,  # type: ignore[union-attr]
        "quotes": 1,
        "claims": 1,
        "topics": [],
    }
    assert rows["b/silent.txt"]["quotes"] == 0


@pytest.mark.parametrize(
    ("filters", "paths"),
    [
        ({}, ["a/lantern.txt", "b/silent.txt"]),
        ({"limit": 1}, ["a/lantern.txt"]),
        ({"org": "Hearthlight"}, ["a/lantern.txt"]),
        ({"outlet": "Courier"}, []),
    ],
)
def test_articles_of_quotes(
    index: Index, tmp_path: Path, filters: dict[str, Any], paths: list[str]
) -> None:
    count = export(index, tmp_path / "a.jsonl", what="articles", **filters)
    assert [row["path"] for row in read_jsonl(tmp_path / "a.jsonl")] == paths
    assert count == len(paths)


def test_codebook_and_readme(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "q.csv", org="Hearthlight", since=2018, text=None)
    book = json.loads((tmp_path / "q.csv.codebook.json").read_text(encoding="utf-8"))
    assert book["what"] == "quotes"
    assert book["rows"] == 1
    assert book["query"] == {"org": "Hearthlight", "since": 2018}
    assert book["newsmine"] == __version__
    assert book["created"].endswith("Z")
    assert book["notices"] == []
    about = book["index"]
    assert about["path"] == str(index.path)
    assert (about["articles"], about["quotes"], about["claims"]) == (2, 1, 1)
    assert (about["models"], about["settings"]) == (["en_test-1"], [{"clean": True}])
    assert [column["name"] for column in book["columns"]] == list(read_csv(tmp_path / "q.csv")[0])
    readme = (tmp_path / "q.csv.README.txt").read_text(encoding="utf-8")
    assert readme.startswith("q.csv\n")
    for shown in ("1 quotes", "org: Hearthlight", "en_test-1", __version__, about["id"]):
        assert shown in readme
    for column in book["columns"]:
        assert f"- {column['name']} ({column['type']}): {column['meaning']}" in readme


def test_the_index_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    paths = [
        index_of(tmp_path / "1.db", lantern(), silent()),
        index_of(tmp_path / "2.db", silent(), lantern()),
        index_of(tmp_path / "3.db", lantern()),
    ]
    idents = []
    for path in paths:
        with open_index(path) as index:
            idents.append(described_index(index)["id"])
    assert idents[0] == idents[1] != idents[2]


def test_about_sheet(index: Index, tmp_path: Path) -> None:
    export(index, tmp_path / "q.xlsx", org="Hearthlight")
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    assert book.sheetnames == ["quotes", "About"]
    assert book["quotes"].freeze_panes == "A2"
    assert book["quotes"].auto_filter.ref.startswith("A1:")
    lines = dict(book["About"].iter_rows(values_only=True))
    assert lines["Query"] == "org: Hearthlight"
    assert lines["Index: models"] == "en_test-1"
    assert set(COLUMNS["quotes"]) <= lines.keys()
    assert [path.name for path in tmp_path.glob("q*")] == ["q.xlsx"]


def test_a_path_leads_to_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = index_of(tmp_path / "news.db", lantern(), silent())
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "lantern.txt").touch()
    monkeypatch.chdir(tmp_path.parent)  # Found beside the index, too.
    with open_index(path) as index:
        export(index, tmp_path / "q.xlsx", what="articles")
    sheet = openpyxl.load_workbook(tmp_path / "q.xlsx")["articles"]
    there, missing = (sheet.cell(row, 2) for row in (2, 3))
    assert there.value == "a/lantern.txt"
    assert there.hyperlink.target == (tmp_path / "a/lantern.txt").as_uri().replace("file:", "File:")
    assert missing.value == "b/silent.txt"
    assert missing.hyperlink is None


@pytest.mark.parametrize(
    "evil", ["http://example.org/x", "//host/share", "\\\\host\\share", "a\0b"]
)
def test_no_path_leads_elsewhere(evil: str, tmp_path: Path) -> None:
    from newsmine.export.links import FileLinks

    (tmp_path / "part.txt").touch()
    links = FileLinks((tmp_path,))
    assert links.to(evil) is None
    assert links.to("x" * 5000) is None
    assert (links.to("part.txt#2") or "").endswith("/part.txt")
    assert FileLinks(()).to(str(tmp_path / "part.txt")) is None


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("x.csv", "quotes"),
        ("X.CSV", "quotes"),
        ("x.bib", "articles"),
        ("x.ris", "articles"),
        ("x.qdpx", "quotes"),
        ("x.jsonld", "quotes"),
        ("x.zip", "all"),
    ],
)
def test_the_ending_says_the_format(index: Index, tmp_path: Path, name: str, what: str) -> None:
    counts = {"quotes": 1, "articles": 2, "all": 5}
    assert export(index, tmp_path / name) == counts[what]


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.csv.gz"])
def test_unknown_ending(index: Index, tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError) as caught:
        export(index, tmp_path / name)
    for format in FORMATS:
        assert format.suffix in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["news.db"]


def test_an_ending_of_several_formats(index: Index, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="--to csl-json or --to annotations"):
        export(index, tmp_path / "x.json")
    assert export(index, tmp_path / "x.json", to="csl-json") == 2
    assert export(index, tmp_path / "x.json", to="annotations") == 1
    assert export(index, tmp_path / "x.data", to="csv") == 1
    with pytest.raises(QueryError, match=r"'pdf': is unknown.*qdpx"):
        export(index, tmp_path / "x.json", to="pdf")


@pytest.mark.parametrize(
    ("name", "what"), [("x.bib", "quotes"), ("x.qdpx", "articles"), ("x.csv", "all")]
)
def test_a_table_that_a_format_cannot_hold(
    index: Index, tmp_path: Path, name: str, what: Any
) -> None:
    with pytest.raises(QueryError, match=f"cannot hold {what}"):
        export(index, tmp_path / name, what=what)


@pytest.mark.parametrize(
    ("what", "filters"),
    [("quotes", {"form": "share"}), ("checks", {"kind": "direct"}), ("articles", {"counted": "x"})],
)
def test_a_filter_that_a_table_lacks(
    index: Index, tmp_path: Path, what: Any, filters: dict[str, Any]
) -> None:
    with pytest.raises(QueryError, match=f"is no filter of {what}"):
        export(index, tmp_path / "x.csv", what=what, **filters)
    assert [path.name for path in tmp_path.iterdir()] == ["news.db"]


@pytest.mark.parametrize("name", ["x.qdpx", "x.jsonld", "x.bib"])
def test_an_order_that_scatters_articles(index: Index, tmp_path: Path, name: str) -> None:
    with pytest.raises(QueryError, match="scatters"):
        export(index, tmp_path / name, sort="speaker")
    assert export(index, tmp_path / name, sort="date") == 1


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: str(format.name))
def test_each_format_is_there_whole_or_not_at_all(
    index: Index, tmp_path: Path, format: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the last moment; every file is as it was."""
    path = tmp_path / f"x{format.suffix}"
    for name in (path.name, f"{path.name}.codebook.json", f"{path.name}.README.txt"):
        (tmp_path / name).write_bytes(b"old")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ExportError, match="no space left"):
        export(index, path, to=format.name)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    monkeypatch.undo()
    export(index, path, to=format.name)
    assert path.read_bytes() != b"old"
    assert ((tmp_path / f"{path.name}.README.txt").read_bytes() == b"old") != format.explained


def test_a_companion_that_cannot_be_replaced_stops_all(index: Index, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_bytes(b"old")
    (tmp_path / "q.csv.README.txt").mkdir()
    with pytest.raises(ExportError, match="is a folder"):
        export(index, tmp_path / "q.csv")
    assert (tmp_path / "q.csv").read_bytes() == b"old"


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: str(format.name))
def test_hostile_text_everywhere(hostile_index: Index, tmp_path: Path, format: Any) -> None:
    """Nothing breaks, nothing runs; what each format gives back is tested with that format."""
    path = tmp_path / f"x{format.suffix}"
    assert export(hostile_index, path, to=format.name, on_notice=lambda _: None) > 10
    assert stat.S_ISREG(path.stat().st_mode)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: str(format.name))
def test_an_empty_index(tmp_path: Path, format: Any) -> None:
    with open_index(index_of(tmp_path / "empty.db")) as index:
        assert export(index, tmp_path / f"x{format.suffix}", to=format.name) == 0


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """200 articles of 50 kB, each quoted whole: 10 MB of text, and 10 MB of quotes."""

    def article(number: int) -> Extraction:
        text = f"“{number} {'words ' * 8_000}”"
        quote = Attribution("a1", "direct", ((0, len(text)),), speaker=make_speaker("Ann Lee"))
        return make_extraction(text, path=f"{number}.txt", quotes=[quote])

    return index_of(tmp_path_factory.mktemp("long") / "long.db", *map(article, range(200)))


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: str(format.name))
def test_much_text_in_little_memory(
    index: Index, long_file: Path, tmp_path: Path, format: Any
) -> None:
    export(index, tmp_path / f"small{format.suffix}", to=format.name)  # Imports what it needs.
    tracemalloc.start()
    try:
        with open_index(long_file) as long:
            export(long, tmp_path / f"x{format.suffix}", to=format.name, on_notice=lambda _: None)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6_000_000


def test_pyarrow_is_imported_when_used(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert export(index, tmp_path / "x.csv") == 1
    with pytest.raises(ExportError, match=r"newsmine\[parquet\]"):
        export(index, tmp_path / "x.parquet")


def test_what_was_cut_is_in_the_about_sheet(hostile_index: Index, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="longer than") as caught:
        export(hostile_index, tmp_path / "x.xlsx")
    assert caught[0].filename == __file__
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["About"]
    assert any("longer than" in str(row[1]) for row in sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("evil", ["<r>", "=1+1", "a\nb\x07", "x" * 40_000, "</t><r>"])
def test_a_hostile_query_is_shown_as_text(index: Index, tmp_path: Path, evil: str) -> None:
    words = f"{evil} x </r>"
    assert export(index, tmp_path / "x.xlsx", org=words) == 0
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["About"]
    lines = dict(sheet.iter_rows(values_only=True))
    assert str(lines["Query"])[:20] == f"org: {words}".replace("\x07", "\ufffd")[:20]
    export(index, tmp_path / "x.csv", org=words)
    book = json.loads((tmp_path / "x.csv.codebook.json").read_text(encoding="utf-8"))
    assert book["query"] == {"org": words}
    assert (tmp_path / "x.csv.README.txt").read_text(encoding="utf-8").count("\nQuery: ") == 1
