"""Every word, number and quotation mark of a clean text leads to its raw characters and back."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.errors import ReadError
from newsmine.ingest import read_file
from newsmine.ingest.alignment import AlignedText
from newsmine.ingest.cleaning import clean
from newsmine.ingest.survey import Survey

DATA = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data folder is not there")

TOKEN = re.compile("\\w+|[“”‘’\"'«»„‚]")
INFERRED = ("mojibake", "initial inferred", "quotation mark")
"""Rules that put other characters in place of the raw ones."""


def lost(aligned: AlignedText, raw: str) -> list[tuple[str, str]]:
    """Tokens whose raw characters read otherwise or lead elsewhere, where no rule says why."""
    return [
        (match[0], printed)
        for match in TOKEN.finditer(aligned.text)
        for printed in [printed_as(aligned, raw, match.span())]
        if printed != match[0]
    ]


def printed_as(aligned: AlignedText, raw: str, span: tuple[int, int]) -> str:
    """The raw characters of a clean span; the clean ones where a rule changed them knowingly."""
    alignment = aligned.alignment
    touching = (e for e in alignment.explain(span) if e.clean[0] < span[1] and e.clean[1] > span[0])
    if any(rule in (edit.rule or "") for edit in touching for rule in INFERRED):
        return aligned.text[slice(*span)]
    pieces = alignment.to_raw(span)
    back = [clean_span for piece in pieces for clean_span in alignment.to_clean(piece)]
    if min(a for a, _ in back) != span[0] or max(b for _, b in back) != span[1]:
        return f"(leads back to {back})"
    return "".join(raw[slice(*piece)] for piece in pieces)


def passages() -> Iterator[str]:
    """The scanned texts: documents of BLN600, chunks of ICDAR 2017, the Overproof articles."""
    documents: dict[str, list[str]] = {}
    with (DATA / "ocr" / "bln600" / "train.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            documents.setdefault(row["Sample ID"], []).append(row["OCR Text"])
    yield from map("\n".join, documents.values())
    path = DATA / "ocr" / "hipe-ocrepair" / "icdar2017.en.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["ocr_hypothesis"]["transcription_unit"]
    overproof = (DATA / "ocr" / "overproof" / "dataset2.txt").read_text(encoding="utf-8")
    for article in overproof.split("*$*OVERPROOF*$*"):
        yield "\n".join(line.partition("||@@||")[0] for line in article.splitlines())


@needs_data
def test_scanned_texts() -> None:
    texts = list(passages())
    survey = Survey.of(texts)
    assert len(texts) > 700
    for text in texts:
        assert lost(clean(text, survey=survey, scanned=True), text) == [], text[:60]


def files() -> list[Path]:
    """Every text file, of the long folders one in four."""
    every = sorted(DATA.rglob("*.txt")) + sorted(DATA.rglob("*.TXT"))
    long = [path for path in every if "train" in path.parts]
    return [path for path in every if path not in long] + long[::4]


@needs_data
def test_text_files() -> None:
    count = 0
    for path in files():
        for article in read_file(path):
            assert not isinstance(article, ReadError)
            assert article.raw is not None
            aligned = AlignedText(article.text, article.alignment)
            assert lost(aligned, article.raw.raw_text) == [], path
            count += 1
    assert count > 200


PIECES = st.sampled_from(
    [
        *(
            "the",
            "firms",
            "tar-",
            "get",
            "M",
            "ILLIONS",
            "HILDREN",
            "12-",
            "18",
            "¬",
            "\xad",
            "well-",
        ),
        *(
            "‘Yes,’",
            "“no”",
            "said",
            "Page 4",
            "â€˜",
            "- 14 -",
            "Mr Pell.",
            "it’s",
            "£5",
            "\f",
            "\t",
        ),
        *(" ", " ", " ", "\n", "\n\n", "\r\n", "\xa0", "STRELSAU MERCURY 3", "Continued on Page 4"),
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_invented_texts(pieces: list[str]) -> None:
    raw = "".join(pieces)
    survey = Survey(lines={"strelsau mercury #": 9}, words={"targeting": 9})
    assert lost(clean(raw, survey=survey), raw) == []


def test_the_test_can_fail() -> None:
    aligned = AlignedText.of("the firms")
    assert lost(aligned, "tke firms") == [("the", "tke")]
