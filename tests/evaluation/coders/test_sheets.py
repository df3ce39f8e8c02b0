"""From an index to a sheet, coded by hand, and back; what may not be changed in it is named."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from newsmine.errors import ExportError, GoldError, QueryError
from newsmine.evaluation.coders import agree, draw, read_sheet, write_sheet
from newsmine.evaluation.coders.coded import letters
from newsmine.evaluation.coders.draw import OTHERS
from newsmine.evaluation.coders.questions import QUESTIONS, columns
from newsmine.export.permalink import find, from_url
from newsmine.index import Index, create_index, open_index
from tests.export.indexes import HOSTILE, hostile, index_of
from tests.factories import make_extraction, make_speaker

ASKED = [question.column for question in QUESTIONS["quotes"]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """80 quotes in the Post, 15 in the Star, 5 in papers of one quote each."""
    with create_index(tmp_path_factory.mktemp("coders") / "news.db") as opened:
        for number in range(100):
            paper = "Post" if number < 80 else "Star" if number < 95 else f"Paper {number}"
            text = f"It rained.\n\n“Nobody counted {number} of the rest,” said Ann Lee."
            opened.add(
                make_extraction(
                    text,
                    path=f"{number}.txt",
                    outlet=paper,
                    published=f"{1990 + number % 30}-05-03",
                    quotes=[(f"“Nobody counted {number} of the rest,”", make_speaker())],
                )
            )
        yield opened


def coded(index: Index, path: Path, code: Callable[[int, str], str], **options: Any) -> Path:
    """A sheet of 20 rows with each cell as a coder would fill it, by row and question."""
    write_sheet(draw(index, 20, by=["outlet"], **options), path)
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        sheet = book["rows"]
        names = [cell.value for cell in sheet[1]]
        for line in range(2, sheet.max_row + 1):
            for name in ASKED:
                sheet.cell(line, names.index(name) + 1).value = code(line - 2, name) or None
        book.save(path)
        return path
    rows = table(path)
    for number, row in enumerate(rows):
        row |= {name: code(number, name) for name in ASKED}
    save(path, rows)
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def save(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def always(code: str) -> Callable[[int, str], str]:
    return lambda number, name: code


def test_a_draw_is_repeated_by_its_seed(index: Index) -> None:
    one = draw(index, 20, by=["outlet"])
    assert one == draw(index, 20, by=["outlet"])
    assert one.rows != draw(index, 20, by=["outlet"], seed=2).rows
    assert len({row["id"] for row in one.rows}) == 20


def test_strata_get_their_share(index: Index) -> None:
    drawn = draw(index, 20, by=["outlet"])
    assert Counter(row["stratum"] for row in drawn.rows) == {s.name: s.drawn for s in drawn.strata}
    shares = {s.name: (s.rows, s.drawn) for s in drawn.strata}
    assert shares["Post"][0] == 80
    assert shares["Star"] == (15, 2)
    assert sum(drawn for _, drawn in shares.values()) == 20
    few = {s.name: (s.rows, s.drawn) for s in draw(index, 6, by=["outlet"]).strata}
    assert few == {"Post": (80, 4), "Star": (15, 1), OTHERS: (5, 1)}


def test_every_row_has_the_same_chance(index: Index) -> None:
    """Over many seeds each of a stratum's rows is drawn about as often."""
    counts: Counter[str] = Counter()
    for seed in range(60):
        counts.update(row["id"] for row in draw(index, 25, seed=seed).rows)
    assert len(counts) == 100
    assert 3 <= min(counts.values()) <= max(counts.values()) <= 30


def test_all_there_are(index: Index) -> None:
    assert len(draw(index, 1000, by=["decade"]).rows) == 100
    assert len(draw(index, 5, query="outlet:star").rows) == 5


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"count": 0}, "holds no row"),
        ({"count": 5, "by": ["colour"]}, "is unknown"),
        ({"count": 5, "query": "outlet:nowhere"}, "no quotes"),
        ({"count": 5, "what": "claims"}, "no claims"),
        ({"count": 5, "query": "claim:>5"}, "finds claims"),
    ],
)
def test_draws_that_make_no_sense(index: Index, options: dict[str, Any], reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        draw(index, **options)


def test_a_row_leads_to_its_passage(index: Index) -> None:
    (row,) = draw(index, 1).rows
    text = index.article(row["article"]).text
    assert find(text, from_url(row["permalink"])) == tuple(row["content"][0])
    assert row["quote"] in row["context"]
    assert "said Ann Lee" in row["context"]


def test_a_workbook_has_lists_and_a_guide(index: Index, tmp_path: Path) -> None:
    write_sheet(draw(index, 20), tmp_path / "sheet.xlsx")
    book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
    rows = book["rows"]
    lists = {str(one.sqref): one.formula1 for one in rows.data_validations.dataValidation}
    places = [columns("quotes").index(name) for name in ASKED]
    assert lists == {f"{letters(p)}2:{letters(p)}21": '"right,wrong,unsure"' for p in places}
    assert [cell.value for cell in rows[1]] == list(columns("quotes"))
    assert {"right", "wrong", "unsure", *ASKED} <= {row[0].value for row in book["guide"].rows}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_was_coded(index: Index, tmp_path: Path, suffix: str) -> None:
    def code(number: int, name: str) -> str:
        return ("Right ", "wrong", "unsure", "")[number % 4] if name == ASKED[2] else ""

    report = agree([coded(index, tmp_path / f"a{suffix}", code)])
    assert report["columns"][ASKED[2]]["precision"]["right"] == 5
    assert report["columns"][ASKED[2]]["precision"]["empty"] == 5
    assert report["columns"][ASKED[0]]["precision"]["precision"] is None
    assert "agreement" not in report["columns"][ASKED[2]]


def test_precision_is_weighted_by_stratum(index: Index, tmp_path: Path) -> None:
    path = coded(index, tmp_path / "a.csv", always("right"))
    rows = table(path)
    for row in rows:
        if row["stratum"] != "Post":
            row[ASKED[0]] = "wrong"
    save(path, rows)
    found = agree([path])["columns"][ASKED[0]]["precision"]
    assert found["precision"] == pytest.approx(0.8)
    assert found["interval"][0] < 0.8 < found["interval"][1]


def test_two_coders(index: Index, tmp_path: Path) -> None:
    first = coded(index, tmp_path / "a.xlsx", always("right"))
    second = coded(
        index, tmp_path / "b.csv", lambda number, name: "wrong" if number < 5 else "right"
    )
    found = agree([first, second])["columns"][ASKED[1]]
    assert found["agreement"]["percent"] == 0.75
    assert found["agreement"]["kappa"] == 0
    assert found["agreement"]["alpha"] < 0
    assert found["precision"]["right"] == 15
    assert found["precision"]["unsure"] == 5
    assert found["coders"]["b.csv"]["wrong"] == 5
    third = coded(index, tmp_path / "c.csv", always(""))
    three = agree([first, second, third])["columns"][ASKED[1]]["agreement"]
    assert three["percent"] == 0.75
    assert "kappa" not in three


def test_rows_may_be_sorted(index: Index, tmp_path: Path) -> None:
    path = coded(index, tmp_path / "a.csv", lambda number, name: "right" if number else "wrong")
    before = read_sheet(path).rows
    save(path, table(path)[::-1], delimiter=";")
    assert read_sheet(path).rows == before


def drop(rows: list[dict[str, str]]) -> None:
    rows.pop()


def drop_a_stratum(rows: list[dict[str, str]]) -> None:
    rows.remove(next(row for row in rows if row["stratum_drawn"] == "1"))


def double(rows: list[dict[str, str]]) -> None:
    rows.append(rows[0])


def sort_a_column(rows: list[dict[str, str]]) -> None:
    rows[0]["quote"], rows[1]["quote"] = rows[1]["quote"], rows[0]["quote"]


def misspell(rows: list[dict[str, str]]) -> None:
    rows[2][ASKED[0]] = "rigth"


def move(rows: list[dict[str, str]]) -> None:
    rows[3]["stratum"] = "Star" if rows[3]["stratum"] == "Post" else "Post"


def weigh(rows: list[dict[str, str]]) -> None:
    rows[0]["stratum_rows"] = "many"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (drop, r"a\.csv: (lacks 1 of the \d+ rows of stratum|has 19 rows, where 20 were drawn)"),
        (drop_a_stratum, r"a\.csv: has 19 rows, where 20 were drawn"),
        (double, r"a\.csv, cell V22 \(id\): is there twice"),
        (sort_a_column, r"a\.csv, cell B2 \(quote\): does not belong"),
        (misspell, r"a\.csv, cell H4 \(is it a statement\?\): holds 'rigth', which is no code"),
        (move, r"a\.csv, cell B5 \(quote\): does not belong"),
        (weigh, r"a\.csv, cell \w+2 \(stratum_rows\): holds 'many'"),
    ],
)
def test_changes_are_named(
    index: Index,
    tmp_path: Path,
    change: Callable[[list[dict[str, str]]], None],
    message: str,
) -> None:
    path = coded(index, tmp_path / "a.csv", always("right"))
    rows = table(path)
    change(rows)
    save(path, rows)
    with pytest.raises(GoldError, match=message):
        read_sheet(path)


def test_a_heading_that_was_changed(index: Index, tmp_path: Path) -> None:
    path = coded(index, tmp_path / "a.csv", always("right"))
    path.write_text(path.read_text("utf-8").replace("kind right?", "kind ok"), encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.csv, row 1: lacks the column 'kind right\?'"):
        read_sheet(path)


def test_sheets_of_two_draws(index: Index, tmp_path: Path) -> None:
    first = coded(index, tmp_path / "a.csv", always("right"))
    second = coded(index, tmp_path / "b.csv", always("right"), seed=2)
    with pytest.raises(GoldError, match=r"b\.csv: lacks \d+ rows of .*a\.csv, the first is"):
        agree([first, second])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"name,age\nAnn,5\n", "is no sheet of newsmine"),
        ("a.xlsx", b"no workbook", "is no workbook"),
        ("none.csv", None, "cannot be read"),
    ],
)
def test_what_is_no_sheet(tmp_path: Path, name: str, data: bytes | None, reason: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(GoldError, match=reason):
        read_sheet(tmp_path / name)


def test_an_ending_that_is_no_sheet(index: Index, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"ends in \.xlsx or \.csv"):
        write_sheet(draw(index, 2), tmp_path / "a.pdf")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_hostile_articles(tmp_path: Path, suffix: str) -> None:
    path = index_of(tmp_path / "hostile.db", *map(hostile, range(len(HOSTILE))))
    with open_index(path) as index:
        write_sheet(draw(index, 50, by=["outlet"]), tmp_path / f"a{suffix}")
    assert len(read_sheet(tmp_path / f"a{suffix}").rows) == len(HOSTILE)
