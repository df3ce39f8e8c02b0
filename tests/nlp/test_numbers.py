"""The number grammar: readable cases, the data files' own examples, round trips, the specs."""

from __future__ import annotations

import json
import os
import re
import time
import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsmine.nlp.numbers import Number, parse_numbers
from newsmine.nlp.numbers.bounds import find_approximator
from newsmine.nlp.numbers.lexer import candidates
from newsmine.nlp.numbers.lexicon import number_words, read_data
from newsmine.nlp.numbers.traps import _patterns
from newsmine.nlp.numbers.words import scan_numerals

CASES = Path(__file__).parent / "cases"
SHARED = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))


def load_cases(name: str) -> list[Any]:
    cases = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [
        pytest.param(
            case,
            id=case.get("label", case["text"])[:60] or "empty",
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for case in cases
    ]


def quantities(text: str) -> list[Number]:
    return [number for number in parse_numbers(text) if number.is_quantity]


def printed(text: str, number: Number) -> str:
    return text[slice(*number.span)]


def expected(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


@pytest.mark.parametrize("case", [*load_cases("numbers"), *load_cases("numbers_news")])
def test_figures(case: dict[str, Any]) -> None:
    found = quantities(case["text"])
    wanted = case.get("figures", [])
    assert [printed(case["text"], n) for n in found] == [w["text"] for w in wanted]
    for number, want in zip(found, wanted, strict=True):
        assert number.kind == want["kind"]
        if isinstance(want["value"], list):
            assert [number.low, number.high] == want["value"]
            assert number.value is None
        else:
            assert number.value == Fraction(want["value"])
        for field in ("unit", "per", "approximator"):
            if field in want:
                assert getattr(number, field) == want[field]
        for field in ("low", "high"):
            if field in want:
                assert getattr(number, field) == expected(want[field])


def test_a_bound_leaves_the_other_side_open() -> None:
    (most,) = quantities("up to 40 pupils")
    (least,) = quantities("at least 40 pupils")
    assert (most.low, most.high) == (None, 40)
    assert (least.low, least.high) == (40, None)


def test_a_rate_is_a_rate_only_where_printed() -> None:
    (number,) = quantities("40 people in a year")
    assert number.per is None


@pytest.mark.parametrize("case", load_cases("numbers_traps"))
def test_traps_are_mentions(case: dict[str, Any]) -> None:
    found = parse_numbers(case["text"])
    assert [number.kind for number in found] == case["kinds"]
    assert not any(number.is_quantity for number in found)


# The data files' own examples


def entries(name: str, table: str) -> list[Any]:
    found = read_data(name)[table]
    return [pytest.param(entry, id=f"{table}-{i}") for i, entry in enumerate(found)]


@pytest.mark.parametrize("entry", entries("numbers_words", "words"))
def test_number_words(entry: dict[str, Any]) -> None:
    if entry["role"] != "plural":
        assert [n.value for n in scan_numerals(entry["example"])] == [Fraction(str(entry["reads"]))]
        assert not scan_numerals(entry["not"])
    else:
        assert [float(n.value) for n in scan_numerals(entry["example"])] == [entry["reads"]]
        assert [n.form for n in scan_numerals(entry["not"])] == ["plural"]


@pytest.mark.parametrize("entry", entries("numbers_words", "suffixes"))
def test_scale_letters(entry: dict[str, Any]) -> None:
    assert [n.value for n in scan_numerals(entry["example"])] == [entry["reads"]]
    assert entry["reads"] not in [n.value for n in scan_numerals(entry["not"])]
    assert entry["value"] not in [n.value for n in scan_numerals(entry["not"])]


def test_words_that_follow_a_fraction() -> None:
    (entry,) = read_data("numbers_words")["followers"]
    assert [n.kind for n in parse_numbers(entry["example"])] == ["fraction"]
    assert [n.kind for n in parse_numbers(entry["not"])] == ["ordinal"]


@pytest.mark.parametrize("table", ["time", "measures", "currencies"])
def test_units(table: str) -> None:
    for entry in read_data("numbers_units")[table]:
        assert [n.unit for n in parse_numbers(entry["example"])] == [entry["unit"]], entry
        assert entry["unit"] not in [n.unit for n in parse_numbers(entry["not"])], entry


@pytest.mark.parametrize("entry", entries("numbers_approximators", "approximators"))
def test_approximators(entry: dict[str, Any]) -> None:
    (number,) = quantities(entry["example"])
    wanted = [None if bound == "none" else Fraction(bound) for bound in entry["reads"]]
    assert [number.low, number.high] == wanted
    match = re.search(r"\d+", entry["not"])
    assert match is not None
    assert find_approximator(entry["not"], match.span()) is None


@pytest.mark.parametrize("table", ["multiples", "frames", "times", "vague", "loose", "ranks"])
def test_multiples(table: str) -> None:
    kind = {"vague": "vague", "loose": "vague", "ranks": "rank"}.get(table, "multiple")
    for entry in read_data("numbers_multiples")[table]:
        assert kind in [n.kind for n in parse_numbers(entry["example"])], entry
        assert kind not in [n.kind for n in parse_numbers(entry["not"])], entry


@pytest.mark.parametrize("place", range(len(read_data("numbers_traps")["traps"])))
def test_trap_examples(place: int) -> None:
    entry, (pattern, kind) = read_data("numbers_traps")["traps"][place], _patterns()[place]
    assert kind == entry["kind"]
    assert pattern.compiled.search(entry["example"])
    assert not pattern.compiled.search(entry["not"])
    assert kind in [n.kind for n in parse_numbers(entry["example"])]


# Round trips: whatever is printed in a style that newspapers use is read back

UNITS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
         "eighteen", "nineteen"]  # fmt: skip
TIES = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(value: int) -> str:
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if value >= size:
            head, rest = divmod(value, size)
            joint = " and " if 0 < rest < 100 and size == 1000 else " "
            return f"{in_words(head)} {name}" + (joint + in_words(rest) if rest else "")
    if value >= 100:
        head, rest = divmod(value, 100)
        return f"{UNITS[head]} hundred" + (f" and {in_words(rest)}" if rest else "")
    if value < 20:
        return UNITS[value]
    return TIES[value // 10] + (f"-{UNITS[value % 10]}" if value % 10 else "")


STYLES: list[tuple[Callable[[int], str], Callable[[int], Fraction], str]] = [
    (lambda n: f"{n:,}", Fraction, "count"),
    (in_words, Fraction, "count"),
    (lambda n: f"£{n:,}", Fraction, "money"),
    (lambda n: f"{n:,}%", Fraction, "percent"),
    (lambda n: f"{n:,} per cent", Fraction, "percent"),
    (lambda n: f"{in_words(n)} per cent", Fraction, "percent"),
    (lambda n: f"${n / 10:,.1f}m", lambda n: Fraction(n) * 10**5, "money"),
    (lambda n: f"£{n:,}bn", lambda n: Fraction(n) * 10**9, "money"),
    (lambda n: f"{n:,} million pounds", lambda n: Fraction(n) * 10**6, "money"),
    (lambda n: f"one in {n + 1:,}", lambda n: Fraction(1, n + 1), "ratio"),
    (lambda n: f"{n:,}-fold", Fraction, "multiple"),
    (lambda n: f"{n:,} times higher", Fraction, "multiple"),
    (lambda n: f"{n:,} percentage points", Fraction, "points"),
    (lambda n: f"{n:,}km", Fraction, "measure"),
    (lambda n: f"{n:,}".replace(",", "\u2009"), Fraction, "count"),
    (lambda n: f"{n % 9_999_997 + 2}", lambda n: Fraction(n % 9_999_997 + 2), "count"),
    (lambda n: f"{n:,} million", lambda n: Fraction(n) * 10**6, "count"),
    (lambda n: f"{n / 10:,.1f} billion", lambda n: Fraction(n) * 10**8, "count"),
    (lambda n: f"{n:,}k", lambda n: Fraction(n) * 1000, "count"),
    (lambda n: f"${n:,}tn", lambda n: Fraction(n) * 10**12, "money"),
    (lambda n: f"€{n / 100:,.2f}", lambda n: Fraction(n, 100), "money"),
    (lambda n: f"{n:,}p", Fraction, "money"),
    (lambda n: f"{in_words(n)} pounds", Fraction, "money"),
    (lambda n: f"{n / 10:,.1f} per cent", lambda n: Fraction(n, 10), "percent"),
    (lambda n: f"{n:,}½ per cent", lambda n: n + Fraction(1, 2), "percent"),
    (lambda n: f"{n:,} and a half miles", lambda n: n + Fraction(1, 2), "measure"),
    (lambda n: f"{in_words(n)} percentage points", Fraction, "points"),
    (lambda n: f"{n:,} out of {n + 1:,}", lambda n: Fraction(n, n + 1), "ratio"),
    (lambda n: f"one-in-{n + 1:,}", lambda n: Fraction(1, n + 1), "ratio"),
    (lambda n: f"one in every {in_words(n + 1)}", lambda n: Fraction(1, n + 1), "ratio"),
    (lambda n: f"{in_words(n)} times as many", Fraction, "multiple"),
    (lambda n: f"{n:,} minutes", Fraction, "duration"),
    (lambda n: f"a call every {n:,} minutes", Fraction, "rate"),
    (lambda n: f"{n:,} tonnes", Fraction, "measure"),
]  # fmt: skip


@given(st.integers(min_value=2, max_value=10**9), st.integers(min_value=1, max_value=10**9),
       st.sampled_from(["{0:,} to {1:,}", "between {0:,} and {1:,}", "£{0:,}-£{1:,}",
                        "between £{0:,}m and £{1:,}m", "{0:,} to {1:,} per cent"]))  # fmt: skip
def test_ranges_read_back(low: int, wider: int, style: str) -> None:
    (found,) = quantities("It was " + style.format(low, low + wider) + " there")
    factor = 10**6 if "m" in style else 1
    assert (found.value, found.low, found.high) == (None, low * factor, (low + wider) * factor)


@given(st.integers(min_value=1000, max_value=10**9 - 1), st.data())
def test_digits_that_ocr_took_for_letters_read_back(value: int, data: st.DataObject) -> None:
    """Any zero or one behind the first comma."""
    printed = f"{value:,}"
    head, comma, rest = printed.partition(",")
    letters = [data.draw(st.sampled_from({"0": "0O", "1": "1lI"}.get(c, c))) for c in rest]
    (found,) = quantities(f"It was {head}{comma}{''.join(letters)} there")
    assert found.value == value


@given(st.integers(min_value=2, max_value=10**12 - 1), st.sampled_from(range(len(STYLES))))
def test_every_style_reads_back(value: int, style: int) -> None:
    write, mean, kind = STYLES[style]
    assume(not re.fullmatch(r"1\d{3}|20\d\d|2100", write(value)))  # a bare 1900 is a year
    text = f"It was {write(value)} there"
    found = quantities(text)
    assert [(number.value, number.kind) for number in found] == [(mean(value), kind)]


@given(st.integers(min_value=1, max_value=99), st.integers(min_value=2, max_value=12))
def test_fractions_in_words_read_back(above: int, below: int) -> None:
    parts = ["", "", "halves", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth",
             "tenth", "eleventh", "twelfth"]  # fmt: skip
    part = parts[below] if above == 1 or below == 2 else parts[below] + "s"
    if above == 1 and below == 2:
        part = "half"
    assert [n.value for n in scan_numerals(f"{in_words(above)} {part}")] == [Fraction(above, below)]


@pytest.mark.parametrize(
    "text", ["_¾", "a½", "in_¾ of 3", "x1¼", "5 month\u017f", "1\u212a", "5 \u017fecond\u017f"]
)
def test_odd_letters_beside_figures_end_and_do_no_harm(text: str) -> None:
    """A fraction glued to a name once never ended; a long s is an s to patterns, not to tables."""
    parse_numbers(text)


@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(text: str) -> None:
    found = parse_numbers(text)
    ends = [0, *(n.span[1] for n in found)]
    assert all(number.span[0] >= end for number, end in zip(found, ends, strict=False))
    assert all(0 <= n.span[0] < n.span[1] <= len(text) for n in found)


@given(st.lists(st.sampled_from(["one", "in", "half", "a", "5", "and", "%", "£", "-", "to", "third",
                                 "of", "million", "per", "1,000", "times", ".", "14-year-old"]),
                max_size=25))  # fmt: skip
def test_heaps_of_number_words_do_no_harm(words: list[str]) -> None:
    text = " ".join(words)
    found = parse_numbers(text)
    assert found == sorted(found, key=lambda number: number.span)


# Speed


def test_a_long_line_without_figures_costs_next_to_nothing() -> None:
    text = "Nobody there had said anything of note, or so the weekly paper wrote. " * 15_000
    begun = time.perf_counter()
    assert parse_numbers(text) == []
    assert time.perf_counter() - begun < 5
    assert candidates(text, number_words()) == []


@pytest.mark.parametrize(
    "piece", ["1 ", "1,", "1-", "one and ", "half of a ", "(5) ", "Abc 5 ", "5% to ", "0", "£"]
)
def test_no_style_takes_quadratic_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        begun = time.perf_counter()
        parse_numbers(text)
        return time.perf_counter() - begun

    seconds(50)
    assert seconds(4000) < 30 * seconds(500) + 0.5


# Microsoft's specs. What we read otherwise, and why, is listed; nothing else may differ.

OUR_READING = {
    "10G": "G is gigabytes or a generation in a newspaper",
    "1,674.5 G": "G is gigabytes or a generation in a newspaper",
    "1m isn't a number.": "m is million in a British newspaper",
    "twenty and three and three fifths": "nobody writes 23 so",
}


def spec(name: str) -> list[dict[str, Any]]:
    path = SHARED / "numbers" / "recognizers" / f"{name}.json"
    if not path.exists():
        pytest.skip(f"no Recognizers-Text specs at {path}")
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8-sig"))
    return cases


def wanted_values(case: dict[str, Any]) -> list[float | None]:
    values = [(result.get("Resolution") or {}).get("value") for result in case["Results"]]
    return [None if v in (None, "null") else float(v.rstrip("%")) for v in values]


def near(found: list[float | None], wanted: list[float | None]) -> bool:
    return len(found) == len(wanted) and all(
        a is b if a is None or b is None else a == pytest.approx(b, rel=1e-9, abs=1e-30)
        for a, b in zip(found, wanted, strict=True)
    )


def test_number_spec() -> None:
    wrong = []
    for case in spec("NumberModel"):
        text = case["Input"]
        # A unit glued to the digits is another model's business there.
        plain = [n for n in scan_numerals(text) if not text[n.span[1] : n.span[1] + 1].isalpha()]
        found = [float(n.value) for n in plain if n.form != "plural"]
        if not near([*found], wanted_values(case)):
            wrong.append(text)
    assert sorted(wrong) == sorted(OUR_READING)


def test_percent_spec() -> None:
    for case in spec("PercentModel"):
        found = [n for n in parse_numbers(case["Input"]) if n.kind == "percent"]
        values = [None if n.value is None else float(n.value) for n in found]
        assert near(values, wanted_values(case)), case["Input"]


OUR_SUMS = {
    99: "credit points are no cents",
    101: "me is a word, c $ no sign of a British paper, and fifty are no cents without the word",
    102: "mao and kuai are not read as parts of each other",
    103: "credit points are no cents",
    121: "a sign that stands free after digits belongs to those, so the second sum has none",
    126: "a sign between two figures with blanks on both sides belongs to either",
    127: "the same, before cents",
    128: "of a code before and after two figures the first takes its own only",
    164: "the name of a currency before its figure is nobody's style",
    168: "a figure behind a code is no cents",
    170: "a figure behind a code is no cents",
}
"""Places in the spec, and why we read otherwise."""


def test_currency_spec() -> None:
    wrong = []
    for place, case in enumerate(spec("CurrencyModel")):
        found = [n for n in parse_numbers(case["Input"]) if n.kind == "money"]
        wanted = [value for value in wanted_values(case) if value is not None]
        if not near([float(n.value) for n in found if n.value is not None], wanted):
            wrong.append(place)
    assert wrong == sorted(OUR_SUMS)


@pytest.mark.parametrize(("name", "allowed"), [("PhoneNumberModel", 1), ("AgeModel", 0)])
def test_phones_and_ages_are_no_quantities(name: str, allowed: int) -> None:
    taken = []
    for case in spec(name):
        text = case["Input"]
        for result in case["Results"]:
            start = text.find(result["Text"])
            end = start + len(result["Text"])
            taken += [text for n in quantities(text) if n.span[0] < end and start < n.span[1]]
    assert len(set(taken)) <= allowed
