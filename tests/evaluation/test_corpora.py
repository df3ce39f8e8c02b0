"""Annotated corpora of each layout, and a clear word for what is none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from newsmine.errors import GoldError
from newsmine.evaluation.brat import parse, read_versions
from newsmine.evaluation.corpora import load_corpus
from newsmine.evaluation.scoring import ceiling

DATA = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
TEXT = "“It must stop,” said Ann Lee. He says no.\r\n"
ANN = """T1\tSource 21 28\tAnn Lee
T2\tCue 16 20\tsaid
T3\tContent 0 15\t“It must stop,”
E1\tAttribution:T3 Source:T1 Cue:T2 Content:T3
#1\tAnnotatorNotes E1\tsure: quite
T4\tDiscuss 30 32\tHe
T5\tContent 38 40\tno
T6\tCue 33 37\tsays
E2\tAttribution-no-source:T5 Content2:T5 Cue:T6
E3\tAttribution:T4 Source:T4
"""


@pytest.fixture
def brat(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "a.ann").write_text(ANN, encoding="utf-8")
    return tmp_path


class TestBrat:
    def test_an_article(self, brat: Path) -> None:
        corpus = load_corpus(brat)
        (article,) = corpus.articles
        direct, indirect = article.attributions
        assert (direct.kind, direct.source, direct.cue) == ("direct", ((21, 28),), ((16, 20),))
        assert (indirect.kind, indirect.source, indirect.content) == ("indirect", (), ((38, 40),))
        assert article.text == TEXT, "line ends stay, because offsets count them"
        assert (corpus.clean, corpus.thoughts, corpus.has_speakers) == (False, True, False)

    def test_several_annotators(self, brat: Path) -> None:
        second = ANN.replace("E2\t", "#2\t")
        (brat / "a_d473.ann").write_text(second, encoding="utf-8")
        (brat / "a.jo.ann").write_text(ANN, encoding="utf-8")
        (brat / "other_d473.ann").write_text(ANN, encoding="utf-8")
        corpus = load_corpus(brat)
        assert [len(a.attributions) for a in corpus.articles] == [2]
        assert [len(a.attributions) for a in corpus.others["a"]] == [2, 1]
        pairs = list(ceiling([corpus.articles[0], *corpus.others["a"]]))
        assert [(p["relation gold"], p["relation found"], p["relation right"]) for p in pairs] == [
            (2, 2, 2),
            (2, 1, 1),
            (2, 1, 1),
        ]

    def test_a_name_that_ends_like_an_annotator(self, brat: Path) -> None:
        (brat / "a_beef.txt").write_text(TEXT, encoding="utf-8")
        (brat / "a_beef.ann").write_text(ANN, encoding="utf-8")
        assert [[v.name for v in versions] for versions in read_versions(brat)] == [
            ["a"],
            ["a_beef"],
        ]

    @pytest.mark.parametrize(
        ("ann", "word"),
        [
            (ANN.replace("0 15", "0 95"), "behind the end"),
            (ANN.replace("Source:T1", "Source"), "cannot be read as brat"),
            ("T1\tContent 0 15\tIt\n", "no annotated attribution"),
        ],
    )
    def test_what_is_wrong_is_said(self, brat: Path, ann: str, word: str) -> None:
        (brat / "a.ann").write_text(ann, encoding="utf-8")
        with pytest.raises(GoldError, match=word):
            load_corpus(brat)

    def test_another_encoding(self, brat: Path) -> None:
        (brat / "a.txt").write_bytes("naïve".encode("latin-1"))
        with pytest.raises(GoldError, match=r"a\.ann"):
            load_corpus(brat)

    def test_discontinuous_spans_are_sorted(self) -> None:
        (found,) = parse("T1\tContent 9 12;0 4\tx\nE1\tAttribution:T1 Content:T1")
        assert found.content == ((0, 4), (9, 12))


GOLD = {
    "file": "wick/1.txt",
    "encoding": "latin-1",
    "quotations": [
        {
            **{"kind": "direct", "content": [[0, 14]], "cue": [15, 19], "speaker": [20, 27]},
            **{"speaker_name": "Ann Lee", "speaker_type": "person", "affiliation": "Fernwatch"},
        },
        {
            **{"kind": "indirect", "content": [[41, 43]], "cue": [36, 40], "speaker": None},
            **{"speaker_name": "Fernwatch", "speaker_type": "organisation", "continues": True},
        },
        {"kind": "indirect", "content": [[29, 35]], "doubtful": True},
    ],
    "not_quotes": [[0, 4]],
    "claims": [{"span": [1, 3]}],
}


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    (tmp_path / "tune").mkdir()
    (tmp_path / "tune" / "wick_1.txt").write_bytes(
        '"It costs £5," said Ann Lee. It also says no.'.encode("latin-1")
    )
    (tmp_path / "tune.jsonl").write_text(json.dumps(GOLD) + "\n\n", encoding="utf-8")
    return tmp_path


class TestLines:
    @pytest.mark.parametrize("name", ["tune", "tune.jsonl"])
    def test_the_folder_or_the_file(self, lines: Path, name: str) -> None:
        corpus = load_corpus(lines / name)
        (article,) = corpus.articles
        direct, indirect = article.attributions
        assert corpus.name == "tune"
        assert "£5" in article.text
        assert direct.speaker
        assert (direct.speaker.name, direct.speaker.organisation) == ("Ann Lee", "Fernwatch")
        assert (direct.source, direct.continues) == (((20, 27),), False)
        assert indirect.speaker
        assert indirect.speaker.organisation == "Fernwatch", "an organisation speaks for itself"
        assert (indirect.source, indirect.continues) == ((), True)
        assert article.doubtful == (((29, 35),),)
        assert (corpus.clean, corpus.has_speakers, corpus.has_claims) == (True, True, False)

    @pytest.mark.parametrize(
        "change", [{"file": "wick/2.txt"}, {"quotations": [{}]}, {"encoding": "x"}]
    )
    def test_what_is_wrong_is_said(self, lines: Path, change: dict[str, object]) -> None:
        text = "\n" + json.dumps({**GOLD, **change})
        (lines / "tune.jsonl").write_text(text, encoding="utf-8")
        with pytest.raises(GoldError, match="line 2 is no annotated article"):
            load_corpus(lines / "tune")


def test_the_sample_is_the_default() -> None:
    corpus = load_corpus()
    assert (corpus.name, corpus.has_speakers, corpus.has_claims) == ("sample", True, True)


def test_neither_a_missing_folder_nor_one_of_texts_alone_will_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(GoldError, match="is a folder without annotated articles"):
        load_corpus(tmp_path)
    with pytest.raises(GoldError, match="is no folder of annotated articles"):
        load_corpus(tmp_path / "a.txt")
    with pytest.raises(GoldError, match="is not there"):
        load_corpus(tmp_path / "b")


@pytest.mark.parametrize("part", ["tune", "dev"])
def test_the_british_articles_can_be_read(part: str) -> None:
    path = DATA / "british" / part
    if not path.is_dir():
        pytest.skip(f"{path} is absent")
    corpus = load_corpus(path)
    for article in corpus.articles:
        for attribution in article.attributions:
            assert all(0 <= s < e <= len(article.text) for s, e in attribution.content)
    assert len(corpus.articles) > 30


def test_people_agree_as_far_as_the_issue_says() -> None:
    path = DATA / "attributions" / "polnear" / "train"
    if not path.is_dir():
        pytest.skip(f"{path} is absent")
    from newsmine.evaluation.report import _people

    people = _people(load_corpus(path))
    assert people
    assert people.articles == 16
    figures = {name: round(value, 1) for name, value in people.figures.items()}
    exact = [figures[f"{role} exact F1"] for role in ("source", "cue", "content")]
    assert exact == [78.9, 71.2, 68.5]
    linked = [figures[f"{kind}relation F1"] for kind in ("", "quoted ", "direct ")]
    assert linked == [75.3, 93.6, 97.0]
