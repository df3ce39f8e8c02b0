"""What a batch teaches: its words, and the lines that recur."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.errors import ReadError
from newsmine.ingest import make_survey, read_bytes, read_text
from newsmine.ingest.cleaning import clean
from newsmine.ingest.survey import Survey, line_key, texts_of, words_of
from newsmine.types import Article, RawArticle

STORIES = [
    "The council met on Monday and decided nothing at all.",
    "A horse ran through the market and was caught by a baker.",
    "Rain fell for nine days and the river took the bridge.",
    "The choir of the mill sang and was heard in the next valley.",
    "Two ships came home late and nobody had lit the lamp.",
]


def page(number: int, story: str) -> str:
    return f"STRELSAU MERCURY {number}\n\n{story}\n\nTell us: 0900 {number}11 22\n"


PAGES = [page(number, story) for number, story in enumerate(STORIES, start=1)]


def test_words_and_compounds_are_counted() -> None:
    survey = Survey.of(["A night-watchman’s lamp. The lamp!"])
    assert survey.count("lamp") == 2
    assert survey.count("night-watchman's") == 1
    assert survey.count("Lamp") == 0


def test_parts_of_cut_words_are_no_words() -> None:
    assert list(words_of("the tar- get and the pro¬\ngramme, a ham-")) == ["the", "and", "the", "a"]
    assert list(words_of("well-known – so")) == ["well-known", "so"]


def test_lines_recur_whatever_their_numbers() -> None:
    survey = Survey.of(PAGES)
    assert survey.recurs("Strelsau Mercury 99")
    assert survey.recurs("STRELSAU  MERCURY 1")
    assert not survey.recurs("Strelsau Mercury")
    assert not any(survey.recurs(story) for story in STORIES)


def test_two_are_too_few() -> None:
    assert not Survey.of(PAGES[:2]).lines


def test_copies_teach_nothing() -> None:
    """An article that five papers printed has the same subheads in each."""
    copy = "What was decided\n\nThe council met on Monday and decided nothing at all, it said."
    assert not Survey.of([copy] * 5).lines


@pytest.mark.parametrize(
    "line",
    ["He said no.", "the rest of it", "“No”", "4", "", "He asked:", "a broken pro-", "x" * 200],
)
def test_running_text_recurs_without_being_furniture(line: str) -> None:
    assert line_key(line) is None


def test_lines_within_pages_need_more() -> None:
    """A subhead in three articles of twenty, in their middles, is a subhead."""
    inside = [
        "\n\n".join([f"{i} {a}", b, f"{c} {i}", d, "What happened next", a, b, c, f"{d} {i}{i}"])
        for i, (a, b, c, d) in enumerate([STORIES[:4], STORIES[1:], STORIES[:4]])
    ]
    assert not Survey.of(inside).recurs("What happened next")


def test_it_is_a_file(tmp_path: Path) -> None:
    survey = Survey.of(PAGES)
    survey.save(tmp_path / "survey.json")
    again = Survey.load(tmp_path / "survey.json")
    assert again == survey
    assert again.sha256 == survey.sha256
    assert again.sha256 != Survey.of(PAGES[1:]).sha256


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"survey": 1, "words": [], "lines": {}}', '{"survey": 99}', "\x00"]
)
def test_another_file_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "other.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match="newsmine survey"):
        Survey.load(tmp_path / "other.json")


def test_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        Survey.load(tmp_path / "none.json")


def test_files_of_a_folder(tmp_path: Path) -> None:
    for number, text in enumerate(PAGES):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "picture.pdf").write_bytes(b"%PDF-1.4 broken")
    errors: list[ReadError] = []
    survey = make_survey([tmp_path], on_error=errors.append)
    assert survey.texts == len(PAGES)
    assert survey.recurs("Strelsau Mercury 7")
    assert len(errors) == 1
    assert survey == make_survey([tmp_path])


def test_hyphens_are_decided_by_the_batch() -> None:
    alone = "The cloth- worker smiled."
    assert clean(alone).text == "The cloth-worker smiled."
    batch = Survey.of(["A clothworker, the clothworker."])
    assert clean(alone, survey=batch).text == "The clothworker smiled."


def test_running_lines_leave_sentences() -> None:
    survey = Survey.of(PAGES)
    raw = (
        "The minister told the whole House yesterday. She said that the\n\n"
        "STRELSAU MERCURY 12\n\nfirms had been told."
    )
    assert clean(raw).text != clean(raw, survey=survey).text
    assert clean(raw, survey=survey).text == (
        "The minister told the whole House yesterday. She said that the firms had been told."
    )


def kinds(article: Article) -> dict[str, str]:
    return {article.text[slice(*zone.span)]: zone.kind for zone in article.zones}


def test_running_lines_elsewhere_are_furniture() -> None:
    survey = Survey.of(PAGES)
    article = read_text(PAGES[0], survey=survey)
    assert kinds(article)["Tell us: 0900 111 22"] == "furniture"
    assert "furniture" not in kinds(read_text(STORIES[0], survey=survey)).values()


def test_what_its_words_name_stays_that() -> None:
    """Bylines, outlets and dates recur as well."""
    heads = [f"Daily Pennant\n\n3 May 2018\n\nBy Ann Bell\n\n{story}" for story in STORIES]
    article = read_text(heads[0], survey=Survey.of(heads))
    assert article.published == "2018-05-03"
    assert article.bylines
    assert article.bylines[0].name == "Ann Bell"
    assert "furniture" not in kinds(article).values()


def test_pages_of_one_file_teach_each_other() -> None:
    (article,) = read_bytes("\f".join(PAGES).encode(), path="pages.txt")
    assert isinstance(article, Article)
    assert kinds(article)["STRELSAU MERCURY 3"] == "furniture"


def test_pages_are_texts() -> None:
    assert list(texts_of(RawArticle("one\ftwo", "p.txt", "text", "0"))) == ["one", "two"]
