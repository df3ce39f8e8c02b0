"""`newsmine extract`: formats, standard input, and a batch with bad files in it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import FAKED, Run, environment
from tests.ingest.readers.alto_files import simple


def test_table(newsmine: Run, articles: Path) -> None:
    done = newsmine("extract", str(articles / "1.txt"))
    assert done.returncode == 0
    assert done.stderr == ""
    for shown in ("Ann Lee", "head of policy", "Hearthlight", "Nobody is counting", "1,200"):
        assert shown in done.stdout
    assert "\x1b" not in done.stdout


def test_table_off_a_terminal_is_as_wide_as_it_must(newsmine: Run) -> None:
    long = "“" + "very " * 100 + "long,” said Ann Lee."
    done = newsmine("extract", "-", input=long.encode(), COLUMNS="40")
    assert long.split(" said")[0] in done.stdout


def test_jsonl_is_one_record_a_line(newsmine: Run, articles: Path) -> None:
    done = newsmine("extract", str(articles), "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(r["article"]["path"]).name for r in records] == [
        "1.txt",
        "2.txt",
        "3.txt",
        "4.txt",
    ]
    assert {r["attributions"][0]["speaker"]["organisation"] for r in records} == {
        "Hearthlight",
        "Pollmark",
    }


def test_json_is_one_array(newsmine: Run, articles: Path) -> None:
    records = json.loads(newsmine("extract", str(articles), "--format", "json").stdout)
    assert len(records) == 4


def test_json_of_nothing_is_an_array_too(newsmine: Run) -> None:
    done = newsmine("extract", "typo.txt", "--format", "json")
    assert json.loads(done.stdout) == []
    assert done.returncode == 3


def test_csv_has_a_row_a_quote(newsmine: Run, articles: Path) -> None:
    done = newsmine("extract", str(articles), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["speaker"] for row in rows] == ["Ann Lee", "Bo Marsh", "Cy Dunn", "Di Frost"]
    assert rows[0]["role"] == "head of policy"
    assert rows[0]["quote"].startswith("“Nobody")


def test_jsonl_comes_as_it_is_found(articles: Path) -> None:
    """The first line is there while the second article is in hand."""
    process = subprocess.Popen(
        [*FAKED, "extract", str(articles), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        env=environment(FAKE_DELAY="0.5"),
    )
    assert process.stdout is not None
    try:
        first = json.loads(process.stdout.readline())
        assert first["article"]["path"].endswith("1.txt")
        assert process.poll() is None
    finally:
        process.kill()
        process.communicate()


def test_standard_input(newsmine: Run) -> None:
    text = "“It must stop,” said Ann Lee, director of the charity Hearthlight."
    done = newsmine("extract", "-", "--format", "jsonl", input=text.encode())
    record = json.loads(done.stdout)
    assert record["article"]["path"] == "-"
    assert record["attributions"][0]["speaker"]["name"] == "Ann Lee"


def test_as_it_is(newsmine: Run, articles: Path) -> None:
    file = articles / "1.txt"
    done = newsmine("extract", str(file), "--no-clean", "--format", "jsonl")
    record = json.loads(done.stdout)
    assert record["article"]["text"] == file.read_text(encoding="utf-8")
    assert record["provenance"]["settings"]["clean"] is False


def test_bad_ones_are_named_and_the_rest_printed(newsmine: Run, articles: Path) -> None:
    (articles / "2.txt").write_bytes(b"")
    done = newsmine("extract", str(articles), "typo.txt", "--format", "jsonl")
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 3
    empty, typo = done.stderr.splitlines()
    assert empty.startswith("newsmine: ")
    assert "2.txt" in empty
    assert "typo.txt" in typo


def test_a_defect_costs_one_article(newsmine: Run, articles: Path) -> None:
    done = newsmine("extract", str(articles), "--format", "jsonl", FAKE_BREAKS_ON="Bo Marsh")
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 3
    assert "NEWSMINE_DEBUG" in done.stderr


def test_a_model_that_is_not_there(newsmine: Run, articles: Path) -> None:
    done = newsmine("extract", str(articles), "--model", "no-such-model", real=True)
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.startswith("newsmine: no-such-model: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("format", ["table", "jsonl", "json", "csv"])
def test_no_escape_sequence_gets_through(newsmine: Run, format: str) -> None:
    text = "“Clear\x1b[2J the \x9b2J screen\x07 and \x7f \u202erorrim,” said Ann Lee of 3 places."
    text += " And so it went on, from one day to the next, in all of them." * 40
    done = newsmine("extract", "-", "--format", format, "--no-clean", input=text.encode())
    assert "screen" in done.stdout
    assert not set("\x1b\x9b\x07\x7f\u202e") & set(done.stdout)


def test_a_reader_who_leaves_early(articles: Path) -> None:
    """As `newsmine extract … | head -1`."""
    process = subprocess.Popen(
        [*FAKED, "extract", str(articles), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(FAKE_DELAY="0.2"),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


def test_boxes_say_where_on_the_page(newsmine: Run, tmp_path: Path) -> None:
    (tmp_path / "lantern.xml").write_bytes(simple("“It is so,” said Ann Lee.\nHearthlight had 12."))
    done = newsmine("extract", str(tmp_path), "--format", "jsonl", "--boxes")
    record = json.loads(done.stdout)
    assert record["article"]["pages"][0]["unit"] == "pixel"
    assert record["attributions"][0]["boxes"]["content"] == [[1, 0, 0, 110, 20]]
    assert record["claims"][0]["boxes"] == [[1, 160, 30, 190, 50]]
    plain = json.loads(newsmine("extract", str(tmp_path), "--format", "jsonl").stdout)
    assert "boxes" not in plain["attributions"][0]
    assert "pages" not in plain["article"]


def test_boxes_have_no_place_in_a_table(newsmine: Run, articles: Path) -> None:
    done = newsmine("extract", str(articles), "--boxes")
    assert done.returncode == 2
    assert "--boxes: a table has no place for them. Add --format jsonl." in done.stderr
