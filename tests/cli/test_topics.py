"""`newsmine topics`: the list, the reasons, another dictionary, a model of one's own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from newsmine.index import create_index, open_index
from tests.cli.conftest import Run
from tests.factories import make_extraction, make_speaker

ONLINE = "“Cyberbullying of girls on an app must stop,” said Ann Lee. “It rains,” said Bo Day."


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    quotes = [
        ("“Cyberbullying of girls on an app must stop,”", make_speaker("Ann Lee")),
        ("“It rains,”", make_speaker("Bo Day")),
    ]
    with create_index(tmp_path / "news.db") as index:
        index.add(make_extraction(ONLINE, path="online.txt", headline="Stop", quotes=quotes))
        index.add(make_extraction("The roses are late.", path="garden.txt"))
    return tmp_path / "news.db"


def jsonl(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_list(newsmine: Run, filled: Path) -> None:
    done = newsmine("topics", "news.db", "--format", "csv")
    rows = {row["topic"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert (rows["bullying"]["articles"], rows["bullying"]["quotes"]) == ("1", "1")
    assert rows["bullying"]["part_of"] == "child-safety"
    assert rows["grooming"]["articles"] == "0"
    assert "2 articles, by newsmine's dictionary (" in done.stderr
    assert "Bullying online" in newsmine("topics", "news.db").stdout


def test_why(newsmine: Run, filled: Path) -> None:
    done = newsmine("topics", "show", "news.db", "online", "--format", "jsonl")
    rows = {(row["quote"], row["topic"]): row for row in jsonl(done.stdout)}
    whole, said = rows[None, "bullying"], rows["a1", "bullying"]
    assert whole["terms"] == said["terms"] == [["cyber bull*", 2, [[1, 14]]]]
    assert (whole["article_lends"], said["about"]) == (0, True)
    assert ("a2", "bullying") not in rows
    shown = newsmine("topics", "show", "news.db", "online").stdout
    assert "cyber bull* (+2); its article lends" in shown
    assert newsmine("topics", "show", "news.db", "garden").stderr == (
        "No term of any topic occurs in it.\n"
    )


def test_the_dictionary_can_be_edited_and_applied(newsmine: Run, filled: Path) -> None:
    text = newsmine("topics", "dictionary").stdout
    assert text.startswith("# What articles and quotes are about")
    text += '\n[[topics]]\nname = "garden"\ntitle = "Garden"\nenough = 1\nterms = ["rose"]\n'
    (filled.parent / "my.toml").write_text(text, encoding="utf-8")
    done = newsmine("topics", "apply", "news.db", "--dictionary", "my.toml")
    assert done.returncode == 0
    assert "garden" in done.stdout
    assert "by your dictionary" in newsmine("topics", "news.db").stderr
    assert newsmine("topics", "apply", "news.db").returncode == 0
    assert "by newsmine's dictionary" in newsmine("topics", "news.db").stderr


def test_searching_by_topic(newsmine: Run, filled: Path) -> None:
    found = newsmine("search", "news.db", "topic:bullying", "--format", "jsonl")
    assert [row["speaker"] for row in jsonl(found.stdout)] == ["Ann Lee"]
    same = newsmine("quotes", "news.db", "--topic", "bullying", "--format", "jsonl")
    assert same.stdout == found.stdout
    facets = newsmine("search", "news.db", "", "--facets", "--format", "csv").stdout
    assert "topic,bullying,1\n" in facets
    who = newsmine("who", "news.db", "", "--by", "topic", "--format", "csv").stdout
    assert "bullying,1\n" in who
    wrong = newsmine("search", "news.db", "topic:bulling")
    assert wrong.returncode == 2
    assert "Did you mean bullying?" in wrong.stderr
    done = newsmine("export", "news.db", "q.csv", "--topic", "bullying")
    assert done.stderr.startswith("q.csv: 1 quotes")
    assert '"bullying"' in (filled.parent / "q.csv").read_text("utf-8-sig").replace('""', '"')


def sheet(folder: Path) -> None:
    with (folder / "sheet.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "topic"])
        for number in range(12):
            writer.writerow([f"r{number}", f"The rose and the tulip bloom {number}", "garden"])
            writer.writerow([f"w{number}", f"It will rain and snow again {number}", ""])


def test_a_model_of_ones_own(newsmine: Run, filled: Path) -> None:
    sheet(filled.parent)
    done = newsmine("topics", "train", "sheet.csv", "-o", "my.json")
    assert done.returncode == 0, done.stderr
    assert [cell for cell in done.stdout.splitlines()[-1].split() if cell != "garden"] == [
        *("12", "12", "100", "100", "100")
    ]
    again = newsmine("topics", "train", "sheet.csv", "--labels", "sheet.csv", "-o", "two.json")
    assert again.stdout == done.stdout
    assert newsmine("topics", "apply", "news.db", "--model", "my.json").returncode == 0
    with open_index(filled) as index:
        assert index.topics().kind == "model"
    show = newsmine("topics", "show", "news.db", "garden", "--format", "jsonl")
    assert jsonl(show.stdout)[0]["about"] is True


def test_labels_of_an_index(newsmine: Run, tmp_path: Path) -> None:
    with (
        create_index(tmp_path / "news.db") as index,
        (tmp_path / "labels.csv").open("w", encoding="utf-8") as labels,
    ):
        labels.write("id,topic\n")
        for number in range(24):
            text = "A rose blooms" if number % 2 else "It will rain"
            one = make_extraction(f"{text} {number}", path=f"{number}.txt")
            index.add(one)
            labels.write(f"{one.article.id},{'garden' if number % 2 else ''}\n")
    done = newsmine("topics", "train", "news.db", "--labels", "labels.csv", "-o", "my.json")
    assert done.returncode == 0, done.stderr
    assert "24 texts" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["show", "news.db"], "Write newsmine topics show FILE ID"),
        (["news.db", "more"], "Write newsmine topics FILE"),
        (["apply"], "Write newsmine topics apply FILE"),
        (["dictionary", "news.db"], "Write newsmine topics dictionary"),
        (["news.db", "--model", "m.json"], "--model: is an option of apply"),
        (["apply", "news.db", "--labels", "l.csv"], "--labels: is an option of train"),
        (["apply", "news.db", "--model", "a", "--dictionary", "b"], "score differently"),
        (["apply", "news.db", "--dictionary", "gone.toml"], "gone.toml: cannot be read"),
        (["apply", "news.db", "--model", "gone.json"], "gone.json: cannot be read"),
        (["train", "news.db", "--labels", "l.csv"], "-o: is missing"),
        (["train", "news.db", "-o", "m.json"], "--labels: is missing"),
        (["train", "gone.csv", "-o", "m.json"], "gone.csv: cannot be read"),
        (["show", "news.db", "gone"], "gone: is no article"),
    ],
)
def test_mistakes(newsmine: Run, filled: Path, arguments: list[str], reason: str) -> None:
    done = newsmine("topics", *arguments)
    assert done.returncode == 2
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_applying_makes_no_index(newsmine: Run, tmp_path: Path) -> None:
    done = newsmine("topics", "apply", "gone.db")
    assert done.returncode == 5
    assert not (tmp_path / "gone.db").exists()


def test_few_labels_are_refused(newsmine: Run, tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("text,topic\nRoses,garden\nRain,\n", encoding="utf-8")
    done = newsmine("topics", "train", "sheet.csv", "-o", "my.json")
    assert done.returncode == 2
    assert "'garden': has too few labels: 1 text is labelled with it, 10 are needed" in done.stderr
    assert not (tmp_path / "my.json").exists()
