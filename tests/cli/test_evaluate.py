"""``newsmine evaluate``: tables, JSON, and one line for what cannot be measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsmine.evaluation.identities import of_names
from tests.cli.conftest import Run

ARTICLE = (
    "“Nobody counts them,” said Ann Lee, head of policy at Hearthlight. “Nobody will.”\n\n"
    "The league said that it was late. “It is late,” said Bo Marsh.\n"
)
MARKS = (
    ("Content", "“Nobody counts them,”"),
    ("Cue", "said"),
    ("Source", "Ann Lee"),
    ("Content", "“It is late,”"),
    ("Source", "Bo Marsh"),
    ("Content", "it was late"),
)


def brat(*, second: bool = False) -> str:
    lines = []
    for number, (role, text) in enumerate(MARKS, 1):
        start = ARTICLE.index(text)
        lines.append(f"T{number}\t{role} {start} {start + len(text)}\t{text}")
    lines += [
        "E1\tAttribution:T1 Content:T1 Cue:T2 Source:T3",
        "E2\tAttribution:T4 Content:T4 Source:T5",
    ]
    return "\n".join(lines + ([] if second else ["E3\tAttribution:T6 Content:T6"]))


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """Two articles: of three attributions each, the stand-in finds two."""
    folder = tmp_path / "annotated"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(ARTICLE, encoding="utf-8")
        (folder / f"{name}.ann").write_text(brat(), encoding="utf-8")
    return folder


def test_a_brat_folder(newsmine: Run, annotated: Path, tmp_path: Path) -> None:
    done = newsmine("evaluate", "annotated", "--json", "figures.json")
    assert (done.returncode, done.stderr) == (0, "")
    (relation,) = [line for line in done.stdout.splitlines() if line.startswith("relation ")]
    assert relation.split() == ["relation", "100.0", "66.7", "80.0", "80.0", "–", "80.0", "6", "4"]
    assert "Statements" not in done.stdout, "brat says nothing of speakers"
    record = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert record["figures"]["relation F1"] == pytest.approx({"value": 80, "low": 80, "high": 80})
    assert record["figures"]["direct relation R"]["value"] == 100
    assert (record["corpus"], record["articles"], record["people"]) == ("annotated", 2, None)
    assert record["reliability"]["rows"] == 4


def test_people(newsmine: Run, annotated: Path) -> None:
    (annotated / "a_jo.ann").write_text(brat(second=True), encoding="utf-8")
    done = newsmine("evaluate", "annotated")
    (relation,) = [line for line in done.stdout.splitlines() if line.startswith("relation ")]
    assert relation.split()[-1] == "80.0"
    assert "1 pairs of annotators on 1 articles" in done.stdout


def test_reliability(newsmine: Run, annotated: Path) -> None:
    done = newsmine("evaluate", "annotated", "--reliability")
    (sure,) = [line for line in done.stdout.splitlines() if line.startswith("0.9 and more")]
    assert sure.split()[3:] == ["4", "0.90", "100.0", "100.0", "100.0"]


def test_robustness(newsmine: Run, annotated: Path, tmp_path: Path) -> None:
    done = newsmine("evaluate", "robustness", "annotated", "--json", "robust.json")
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads((tmp_path / "robust.json").read_text("utf-8"))
    by_name = {row["change"]: row for row in record["changes"]}
    # The stand-in knows curly double marks only.
    assert by_name["unchanged"]["direct"] == pytest.approx(100)
    assert by_name["single marks, straight"]["loss"] == pytest.approx(100)
    assert by_name["single marks, straight"]["within"] is False
    assert by_name["capital leads"]["speaker"] is None
    assert "unchanged, cleaned" in by_name
    assert "single marks, straight" in done.stdout
    assert len(record["pasted"]) == 4
    assert {row["articles"] for row in record["pasted"]} == {2}


TOPICS = """
[a]
about = ["grooming"]
touches = ["child-safety"]
[b]
about = ["encryption"]
"""
SPEAKER = {"type": "person", "role": None, "organisation": "Hearthlight"}
GROUPS = """
tempting = []
[[people]]
name = "Ann Lee"
also = ["Annie Lee"]
articles = ["01", "02"]
[[organisations]]
name = "Hearthlight"
articles = ["01", "02"]
"""


def test_topics(newsmine: Run, tmp_path: Path) -> None:
    folder = tmp_path / "labelled"
    folder.mkdir()
    (folder / "a.txt").write_text("Groomers\n\nHe groomed the girl online.\n", encoding="utf-8")
    (folder / "b.txt").write_text("Rain\n\nIt rained all day.\n", encoding="utf-8")
    (folder / "topics.toml").write_text(TOPICS, encoding="utf-8")
    done = newsmine("evaluate", "topics", "labelled", "--json", "topics.json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line.strip()}
    assert rows["grooming"] == ["1", "100.0", "100.0", "100.0"]
    assert rows["encryption"] == ["1", "0.0", "0.0", "0.0"]
    assert "bullying" not in rows, "nothing is about it"
    record = json.loads((tmp_path / "topics.json").read_text("utf-8"))
    assert record["corpus"] == "labelled"
    assert record["topics"]["all"] == pytest.approx(
        {"found": 1, "wrong": 0, "missed": 1, "precision": 100, "recall": 50, "f1": 200 / 3}
    )


def test_names(newsmine: Run, tmp_path: Path) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    for number, name in (("01", "Ann Lee"), ("02", "Annie Lee")):
        text = f"“Nobody counts them,” said {name}, of Hearthlight.\n"
        gold = {"published": None, "attributions": [{"speaker": {"name": name, **SPEAKER}}]}
        (folder / f"{number}-a.txt").write_text(text, encoding="utf-8")
        (folder / f"{number}-a.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (folder / "names.toml").write_text(GROUPS, encoding="utf-8")
    done = newsmine("evaluate", "names", "named", "--json", "names.json")
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads((tmp_path / "names.json").read_text("utf-8"))
    assert record["names"].keys() == {"gold", "extracted"}
    gold = record["names"]["gold"]
    assert (gold["person pairs"], gold["organisation F1"]) == (1, 100)
    (tempting,) = [line for line in done.stdout.splitlines() if line.startswith("tempting merged")]
    assert tempting.split()[-2:] == ["0", "0"]


def test_a_share_of_nothing_is_unknown() -> None:
    kinds = ("person", "organisation", "person of two names", "organisation of two names")
    figures = {f"{kind} {letter}": 0.0 for kind in kinds for letter in ("pairs", "P", "R", "F1")}
    table = of_names("x", {"gold": figures | {"person pairs": 3}, "extracted": figures})
    cells = {row[0]: row[1:] for row in table.rows}
    assert cells["person P"] == ("0.0", "–")
    assert cells["person pairs"] == ("3", "0")


def test_the_sample_corpus(newsmine: Run) -> None:
    done = newsmine("evaluate", "--sample")
    assert done.returncode == 0
    for figure in ("direct relation", "speaker", "organisation", "claims F1"):
        assert f"\n{figure} " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "word", "code"),
    [
        ((), "FOLDER: is missing", 2),
        (("nowhere",), "nowhere: is not there", 7),
        (("articles",), "articles: is a folder without annotated articles", 7),
        (("articles/1.txt",), "is no folder of annotated articles", 7),
        (("articles", "other"), "other: is a second folder", 2),
        (("articles", "--sample"), "--sample: is another corpus than articles", 2),
        (("robustness", "nowhere"), "nowhere: is not there", 7),
        (("robustness", "--reliability"), "--reliability: is no part of robustness", 2),
        (("--bins", "3"), "No such option", 2),
        (("topics", "nowhere"), "nowhere/topics.toml: cannot be read", 7),
        (("names", "articles"), "articles/names.toml: holds no groups of names", 7),
        (("topics", "--reliability"), "--reliability: is no part of topics", 2),
        (("names", "--clean"), "--clean: is no part of names", 2),
        (("topics", "articles", "--sample"), "--sample: is another corpus than articles", 2),
    ],
)
@pytest.mark.usefixtures("articles")
def test_what_cannot_be_measured(
    newsmine: Run, arguments: tuple[str, ...], word: str, code: int
) -> None:
    done = newsmine("evaluate", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert len(done.stderr.splitlines()) == 1
    assert word in done.stderr


def test_a_damaged_annotation(newsmine: Run, annotated: Path) -> None:
    (annotated / "b.ann").write_text(brat().replace("Cue:T2", "Cue"), encoding="utf-8")
    done = newsmine("evaluate", "annotated")
    assert done.returncode == 7
    assert len(done.stderr.splitlines()) == 1
    assert "b.ann: cannot be read as brat" in done.stderr


@pytest.mark.usefixtures("annotated")
def test_figures_that_cannot_be_written(newsmine: Run) -> None:
    done = newsmine("evaluate", "annotated", "--json", "nowhere/figures.json")
    assert done.returncode == 6
    assert len(done.stderr.splitlines()) == 1
