"""Printed another way: what changes, what must not, and where every character went."""

from __future__ import annotations

import json
import re
from importlib import resources
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.evaluation.changes import CHANGES, PASTED, Change
from newsmine.ingest.alignment import AlignedText
from newsmine.types import Span

ALL = {change.name: change for change in (*CHANGES, *PASTED)}
NOISE = [name for name in ALL if "noise" in name]
texts = st.text("aabehimnorstTHM  .,?!'\"“”‘’–…\n\r", max_size=300)
LONG = "\n\n".join(
    f"“Nobody counted them,” said the keeper of {place}. “Nobody will. We never do, and it shows.”"
    for place in ("Upper Wick", "Nether Wick", "Long Dunmere", "Saltmere", "Port Halvern", "Eske")
)


def changed(name: str, text: str, seed: int = 1) -> str:
    return ALL[name].apply(text, Random(seed)).text


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def copies(aligned: AlignedText, text: str) -> list[tuple[str, str]]:
    return [
        (aligned.text[slice(*edit.clean)], text[slice(*edit.raw)])
        for edit in aligned.alignment.edits
        if edit.rule is None
    ]


def cover(ranges: list[Span]) -> int:
    """Where ranges end that follow each other without a gap."""
    at = 0
    for start, end in ranges:
        assert start == at
        at = end
    return at


@pytest.mark.parametrize("change", ALL.values(), ids=lambda change: change.name)
@given(text=texts, seed=st.integers(0, 3))
def test_every_character_is_led_along(change: Change, text: str, seed: int) -> None:
    aligned = change.apply(text, Random(seed))
    edits = aligned.alignment.edits
    assert cover([edit.clean for edit in edits]) == len(aligned.text)
    assert cover([edit.raw for edit in edits]) == len(text)
    assert all(after == before for after, before in copies(aligned, text))


@pytest.mark.parametrize("name", [name for name in ALL if name not in NOISE])
@given(text=texts, seed=st.integers(0, 3))
def test_words_stay(name: str, text: str, seed: int) -> None:
    aligned = ALL[name].apply(text, Random(seed))
    for match in re.finditer(r"\w+", text):
        spans = aligned.alignment.to_clean(match.span())
        assert "".join(aligned.text[s:e] for s, e in spans).lower() == match[0].lower()
    assert words(aligned.text.replace("-\n", "")) == words(text)


@pytest.mark.parametrize("name", ALL)
def test_the_same_seed_gives_the_same_text(name: str) -> None:
    assert changed(name, LONG) == changed(name, LONG)


@pytest.mark.parametrize("name", ["closing marks lost", "quotations re-opened", *NOISE])
def test_another_seed_gives_another(name: str) -> None:
    assert len({changed(name, LONG, seed) for seed in range(8)}) > 1


class TestSingleMarks:
    @pytest.mark.parametrize(
        ("text", "curly", "straight"),
        [
            ('"Stop," he said.', "‘Stop,’ he said.", "'Stop,' he said."),
            ("“It’s over,” she said.", "‘It’s over,’ she said.", "'It's over,' she said."),
            (
                "“He said ‘stop’ and ran,” she said.",
                "‘He said “stop” and ran,’ she said.",
                "'He said \"stop\" and ran,' she said.",
            ),
            (
                "\"The boys' view isn't 'nice',\" he said.",
                "‘The boys’ view isn’t “nice”,’ he said.",
                "'The boys' view isn't \"nice\",' he said.",
            ),
            ("He called it (“absurd”).", "He called it (‘absurd’).", "He called it ('absurd')."),
        ],
    )
    def test_double_ones_become_single(self, text: str, curly: str, straight: str) -> None:
        assert changed("single marks, curly", text) == curly
        assert changed("single marks, straight", text) == straight

    @pytest.mark.parametrize(
        "text", ["‘He shouted “stop” twice,’ she said.", "'Tis said: 'No \"ifs\".'", "No marks."]
    )
    def test_single_ones_stay(self, text: str) -> None:
        assert changed("single marks, curly", text) == text


class TestClosingMarks:
    def test_one_in_ten_goes(self) -> None:
        text = LONG * 20
        lost = text.count("”") - changed("closing marks lost", text).count("”")
        assert 0.05 < lost / text.count("”") < 0.15

    @pytest.mark.parametrize("text", ["The boys’ view: don’t.", "“Open", "‘’Tis the boys’ view"])
    def test_apostrophes_and_opening_marks_stay(self, text: str) -> None:
        assert {changed("closing marks lost", text, seed) for seed in range(40)} == {text}

    def test_the_closing_one_of_a_quotation_with_possessives(self) -> None:
        text = "‘The boys’ view is clear,’ she said."
        found = {changed("closing marks lost", text, seed) for seed in range(60)}
        assert found == {text, "‘The boys’ view is clear, she said."}


class TestReopened:
    TEXT = "One.\n\n“It is late. We are tired. Go home,” he said.\n\nTwo."

    def test_the_mark_is_repeated_and_none_closes_before_it(self) -> None:
        found = {changed("quotations re-opened", self.TEXT, seed) for seed in range(40)}
        assert self.TEXT.replace("late. We", "late.\n\n“We") in found
        assert self.TEXT.replace(". We", ".\n\n“We").replace(". Go", ".\n\n“Go") in found

    @pytest.mark.parametrize(
        "text",
        [
            "“It is late,” he said. He left. “Go home,” she said.",
            "“Mr. Dunn and Mrs. Lee of the U.S. Army left,” he said.",
            "No marks. At all.",
        ],
    )
    def test_only_between_sentences_of_a_quotation(self, text: str) -> None:
        assert {changed("quotations re-opened", text, seed) for seed in range(20)} == {text}


class TestCapitals:
    def test_the_first_words(self) -> None:
        text = (
            "Daily Lantern\n\n" + "The league counted a great many reports last year, it says. " * 2
        )
        found = changed("capital leads", text)
        assert found.startswith("Daily Lantern\n\nTHE")
        assert found.endswith("reports last year, it says. ")


class TestLineBreaks:
    def test_columns(self) -> None:
        found = changed("wrapped at 40, hyphens", LONG)
        assert max(map(len, found.splitlines())) <= 41  # a stop may stand behind a hyphenated word
        assert found.count("\n\n") == LONG.count("\n\n")

    def test_hyphens_stand_between_letters_that_can_be_parted(self) -> None:
        text = "The representatives of the neighbouring universities communicated " * 3
        found = changed("wrapped at 40, hyphens", text)
        heads = re.findall(r"(\w+)-\n(\w+)", found)
        assert heads
        assert all(len(a) >= 3 and len(b) >= 3 and re.search("[aeiou]", a) for a, b in heads)

    def test_72(self) -> None:
        found = changed("wrapped at 72", LONG)
        assert max(map(len, found.splitlines())) <= 72
        assert " ".join(found.split()) == " ".join(LONG.split())

    def test_paragraphs_that_only_a_line_break_parts_get_a_blank_line(self) -> None:
        text = LONG.replace("\n\n", "\n")
        assert changed("wrapped at 72", text) == changed("wrapped at 72", LONG)

    def test_short_lines_stay_together(self) -> None:
        found = changed("wrapped at 72", "Daily Lantern\n3 May 2018\n\n" + LONG)
        assert found.startswith("Daily Lantern\n3 May 2018\n\n“Nobody")

    def test_a_wrapped_text_is_left_alone(self) -> None:
        text = "\n".join(["Words that fill a narrow column, as", "they did in print."] * 9)
        for name in ("wrapped at 72", "wrapped at 40, hyphens", "one line a paragraph"):
            assert changed(name, text) == text

    def test_one_line(self) -> None:
        assert (
            changed("one line a paragraph", "One.\n\nTwo. \r\n\r\nThree.\n")
            == "One.\nTwo.\nThree.\n"
        )

    def test_crlf(self) -> None:
        assert changed("CRLF", "One.\n\r\nTwo.") == "One.\r\n\r\nTwo."

    def test_blank_lines(self) -> None:
        assert changed("blank lines doubled", "One.\n\nTwo.\nThree.") == "One.\n\n\nTwo.\nThree."


class TestNoise:
    @pytest.mark.parametrize("share", [1, 3])
    def test_so_many_characters(self, share: int) -> None:
        text = LONG * 30
        aligned = ALL[f"scanning noise, {share} %"].apply(text, Random(1))
        places = sum(edit.rule is not None for edit in aligned.alignment.edits)
        assert 0.8 * share < 100 * places / len(text) < 1.2 * share

    def test_lines_stay(self) -> None:
        assert changed("scanning noise, 3 %", LONG * 30).count("\n") == (LONG * 30).count("\n")

    def test_the_table_is_one_of_characters(self) -> None:
        path = resources.files("newsmine.data").joinpath("ocr_confusions.json")
        table = json.loads(path.read_text("utf-8"))
        for printed, read, rate in table["confusions"]:
            assert 0 < len(printed) <= 2
            assert len(read) <= 2
            assert printed != read
            assert 0 < rate < 0.2
        for between, read, rate in table["added"]:
            assert re.fullmatch("[a .]{2}", between)
            assert 0 < len(read) <= 2
            assert 0 < rate < 0.2

    def test_letters_that_look_alike_are_confused(self) -> None:
        found = changed("scanning noise, 3 %", "the house " * 400)
        assert "tbe" in found
        assert "xhe" not in found
