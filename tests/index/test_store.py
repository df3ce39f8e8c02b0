"""What goes in comes out; adding twice is adding once; nothing is left of what is removed."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.index import Index, create_index
from newsmine.index.postgres import Address, is_address
from newsmine.index.postgres.words import TABLES as TABLES_OF_WORDS
from newsmine.index.postgres.words import Tokenizer, plain_of
from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.types import (
    Attribution,
    Byline,
    Check,
    Claim,
    Extraction,
    Mention,
    Provenance,
    RawArticle,
    Speaker,
    Zone,
)
from tests.factories import QUOTE, make_article, make_extraction, make_speaker, span_of
from tests.index.conftest import LANTERN, courier, lantern, times
from tests.servers import Server

TABLES = (
    *("articles", "bylines", "attributions", "claims", "mentions", "checks"),
    *("speakers", "organisations", "outlets"),
)
WORDS = (
    *("article_words", "quote_words", "claim_words", "counted_words"),
    *("speaker_names", "organisation_names", "outlet_names"),
)


def ask(path: Path | str, sql: str) -> list[Any]:
    if is_address(path):
        address = Address.of(path)
        return Server.at(address.host).sql(f"SET search_path = newsmine; {sql}", address.database)
    other = sqlite3.connect(path)
    try:
        return other.execute(sql).fetchall()
    finally:
        other.close()


def contents(path: Path | str) -> dict[str, list[Any]]:
    return {table: ask(path, f"SELECT * FROM {table} ORDER BY 1") for table in TABLES}


def assert_sound(path: Path | str) -> None:
    """The file is whole, no row points nowhere, and the words are those of the texts."""
    if is_address(path):
        assert_words(path)
        return
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, "PRAGMA foreign_key_check") == []
    other = sqlite3.connect(path)
    for table in WORDS:
        other.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    other.close()


def assert_words(path: Path | str) -> None:
    """Each row of a server's index has its words, and there are no others."""
    tokenizer = Tokenizer()
    for table in WORDS:
        worded = TABLES_OF_WORDS[table]
        texts = ", ".join(f"replace({name}, chr(64976), chr(32))" for name in worded.columns)
        rows = ask(path, f"SELECT {worded.key}, {texts} FROM {worded.base} ORDER BY 1")
        made = {row[0]: plain_of(tokenizer.words(row[1:], stems=worded.stems)) for row in rows}
        assert dict(ask(path, f"SELECT rowid, plain FROM {table}")) == made, table


@pytest.mark.parametrize("extraction", [lantern(), courier(), times()])
def test_an_article_comes_out_as_it_went_in(index: Index, extraction: Extraction) -> None:
    stored = index.article(extraction.article.id)
    # An organisation that speaks speaks for itself.
    said = (a for a in extraction.attributions if a.speaker and a.speaker.type == "organisation")
    own = {a.id: replace(a.speaker, organisation=a.speaker.name) for a in said if a.speaker}
    expected = tuple(replace(a, speaker=own.get(a.id, a.speaker)) for a in extraction.attributions)
    assert stored.extraction == replace(extraction, attributions=expected)


def test_a_cleaned_article_keeps_its_raw_text_and_offsets(path: Path) -> None:
    raw = "“We must act to-\nday,” said Ann Lee."
    hyphen = Replacement(raw.index("-\n"), raw.index("-\n") + 2, "", "hyphen")
    clean = AlignedText.of(raw).replace([hyphen])
    extraction = make_extraction(
        clean.text,
        alignment=clean.alignment,
        raw=RawArticle(raw, "lantern.txt", "text", "0" * 64),
        quotes=[("“We must act today,”", make_speaker())],
        mentions=(Mention(span_of(clean.text, "Ann Lee"), "PERSON", "Ann Lee"),),
    )
    with create_index(path) as index:
        index.add(extraction)
        assert index.article(extraction.article.id).extraction == extraction
        row = next(index.iter_quotes())
        assert "".join(raw[s:e] for s, e in row["raw_content"]) == "“We must act today,”"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.one_of(st.none(), st.text(min_size=1, max_size=12), st.just("Ann Lee"))
spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda s: (min(s), max(s)))
span_lists = st.lists(spans, max_size=3).map(tuple)
numbers = st.one_of(st.none(), st.fractions(), st.just(Fraction(10**400)))

mentions = st.lists(st.builds(Mention, spans, st.just("ORG"), names), max_size=2).map(tuple)


@st.composite
def speakers(draw: st.DrawFn) -> Speaker:
    return Speaker(
        name=draw(names),
        type=draw(st.sampled_from(["person", "group", "anonymous", "document"])),
        role=draw(names),
        organisation=draw(names),
        mention=draw(st.one_of(st.none(), spans)),
        candidates=draw(st.lists(texts, max_size=2).map(tuple)),
    )


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    count = draw(st.integers(0, 3))
    attributions = [
        Attribution(
            id=f"a{number}",
            kind=draw(st.sampled_from(["direct", "mixed", "indirect"])),
            content=draw(span_lists),
            source=draw(span_lists),
            cue=draw(span_lists),
            speaker=draw(st.one_of(st.none(), speakers())),
            confidence=draw(st.floats(0, 1)),
            reasons=draw(st.lists(texts, max_size=2).map(tuple)),
        )
        for number in range(count)
    ]
    claims = [
        Claim(
            id=f"c{number}",
            span=draw(spans),
            form="count",
            value=draw(numbers),
            low=draw(numbers),
            unit=draw(names),
            counted=draw(names),
            attribution=f"a{number}",
            speaker=draw(st.one_of(st.none(), speakers())),
        )
        for number in range(count)
    ]
    return Extraction(
        article=make_article(
            text,
            outlet=draw(names),
            headline=draw(names),
            bylines=draw(st.lists(st.builds(Byline, texts, names), max_size=2).map(tuple)),
            zones=draw(st.lists(st.builds(Zone, spans, st.just("body")), max_size=2).map(tuple)),
            flags=draw(st.lists(texts, max_size=2).map(tuple)),
        ),
        provenance=Provenance("0.1.0", draw(texts), {"clean": draw(st.booleans()), "n": None}),
        mentions=draw(mentions),
        attributions=tuple(attributions),
        claims=tuple(claims),
        checks=(Check(("c0",), draw(texts), "agree", draw(names)),),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(extractions())
def test_any_extraction_comes_out_as_it_went_in(tmp_path: Path, extraction: Extraction) -> None:
    path = tmp_path / "any.db"
    with create_index(path) as index:
        index.add(extraction)
        assert index.article(extraction.article.id).extraction == extraction
        assert index.add(extraction) == "unchanged"
        assert len(list(index.iter_quotes())) == len(extraction.attributions)
    assert_sound(path)


def test_adding_again_changes_nothing(index: Index, path: Path) -> None:
    before = contents(path)
    for extraction in (lantern(), courier(), times()):
        assert index.add(extraction) == "unchanged"
    assert contents(path) == before


def test_a_copy_of_a_file_is_the_same_article(index: Index, path: Path) -> None:
    extraction = lantern()
    assert index.add(replace(extraction, article=replace(extraction.article, path="b/x.txt"))) == (
        "unchanged"
    )
    assert index.has(path="a/lantern.txt")
    assert index.info().articles == 3


def test_another_model_replaces_what_the_first_one_found(index: Index, path: Path) -> None:
    again = replace(lantern(), attributions=(), claims=(), provenance=Provenance("0.1.0", "b"))
    assert index.add(again) == "replaced"
    assert index.article(again.article.id).extraction == again
    assert (index.info().articles, index.info().quotes) == (3, 3)
    assert index.info().models == ("b", "en_test-1")
    assert index.count("quotes", speaker="ann lee") == 0
    assert_sound(path)


def test_changed_content_of_a_path_replaces_the_old(index: Index, path: Path) -> None:
    changed = make_extraction(LANTERN + "\n\nCorrected.", path="a/lantern.txt")
    assert index.add(changed) == "replaced"
    assert {entry.id for entry in index.articles()} == {
        e.article.id for e in (changed, courier(), times())
    }
    assert_sound(path)


def test_text_that_came_from_no_file_replaces_nothing(path: Path) -> None:
    with create_index(path) as index:
        assert index.add(make_extraction("One.", path="-")) == "added"
        assert index.add(make_extraction("Two.", path="-")) == "added"
        assert index.info().articles == 2


def test_a_name_keeps_its_id_while_it_is_used(index: Index, path: Path) -> None:
    def ids() -> dict[str, int]:
        return dict(ask(path, "SELECT name, id FROM organisations"))

    before = ids()
    index.add(replace(courier(), provenance=Provenance("0.2.0", "b")))
    assert ids() == before
    index.remove(courier().article.id)
    assert ids() == before  # The Lantern quotes Hearthlight too.
    index.remove(lantern().article.id)
    assert set(ids()) == {"Café Metal"}
    index.add(lantern())
    assert ids()["Hearthlight"] not in before.values()


def test_nothing_is_left_of_a_removed_article(index: Index, path: Path) -> None:
    for extraction in (lantern(), courier(), times()):
        assert index.remove(extraction.article.id)
        assert not index.remove(extraction.article.id)
    assert contents(path) == {table: [] for table in TABLES}
    assert index.count("quotes", text="duty") == 0
    assert_sound(path)


def test_has_knows_text_and_model(index: Index) -> None:
    raw = lantern().article.raw
    assert raw
    assert index.has(path="a/lantern.txt", sha256=raw.sha256, model="en_test-1")
    assert index.has(path="a/lantern.txt")
    assert not index.has(path="a/lantern.txt", sha256="0" * 64)
    assert not index.has(path="a/lantern.txt", model="en_test-2")
    assert not index.has(path="lantern.txt")


def test_a_file_that_was_moved_is_not_read_again(index: Index) -> None:
    raw = lantern().article.raw
    assert raw
    for path in ("lantern.txt", "/elsewhere/lantern.txt", r"C:\elsewhere\lantern.txt"):
        assert index.has(path=path, sha256=raw.sha256, model="en_test-1")
        assert not index.has(path=path, sha256=raw.sha256, model="en_test-2")
    assert not index.has(path="a/renamed.txt", sha256=raw.sha256)
    assert not index.has(path="b/a-lantern.txt", sha256=raw.sha256)


def test_info(index: Index, path: Path) -> None:
    info = index.info()
    assert (info.articles, info.quotes, info.claims, info.undated) == (3, 5, 2, 1)
    assert info.outlets == 3
    assert (info.earliest, info.latest) == ("2018-05-03", "2019")
    assert info.models == ("en_test-1",)


@pytest.mark.parametrize(
    "broken",
    [
        replace(lantern(), attributions=lantern().attributions * 2),
        replace(lantern(), attributions=()),
        replace(lantern(), claims=lantern().claims * 2),
    ],
)
def test_an_extraction_that_contradicts_itself_changes_nothing(
    index: Index, path: Path, broken: Extraction
) -> None:
    before = contents(path)
    with pytest.raises(ValueError, match=r"a/lantern\.txt"):
        index.add(broken)
    assert contents(path) == before


def test_an_interruption_in_the_middle_changes_nothing(
    index: Index, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(path)
    insert = index._database.insert

    def interrupted(table: str, rows: Any) -> None:
        if table == "claims":
            raise KeyboardInterrupt
        insert(table, rows)

    monkeypatch.setattr(index._database, "insert", interrupted)
    with pytest.raises(KeyboardInterrupt):
        index.add(replace(lantern(), provenance=Provenance("0.2.0", "b")))
    monkeypatch.undo()
    assert contents(path) == before
    assert index.add(replace(lantern(), provenance=Provenance("0.2.0", "b"))) == "replaced"


HOSTILE = [
    "'; DROP TABLE articles; --",
    '=HYPERLINK("http://x.invalid","y")',
    "<script>alert(1)</script>",
    "nul\0 bell\a escape\x1b[2J",
    "\u202eright to left",
    "ﷺ" * 1000,
    "n" * 1_000_000,
]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: name[:12].encode().hex())
def test_hostile_text_is_text(path: Path, name: str) -> None:
    text = f"{name} {QUOTE} {name}"
    speaker = make_speaker(name, organisation=name, role=name)
    extraction = make_extraction(
        text, path=f"{name}.txt", id="x", outlet=name, headline=name, quotes=[(QUOTE, speaker)]
    )
    with create_index(path) as index:
        index.add(extraction)
        assert index.article("x").extraction == extraction
        row = next(index.iter_quotes())
        assert (row["speaker"], row["organisation"], row["outlet"], row["headline"]) == (name,) * 4
        assert index.count("quotes", org=name) == 1
    assert_sound(path)


def test_what_utf8_cannot_hold_becomes_a_sign_of_the_same_length(path: Path) -> None:
    text = f"\ud800{QUOTE}"
    quotes = [(QUOTE, make_speaker("Ann\udfff Lee"))]
    extraction = make_extraction(text, path="caf\udce9.txt", id="x", quotes=quotes)
    with create_index(path) as index:
        index.add(extraction)
        stored = index.article("x")
        assert stored.text == f"\ufffd{QUOTE}"
        row = next(index.iter_quotes())
        assert (row["quote"], row["speaker"]) == (QUOTE, "Ann\ufffd Lee")
        assert index.has(path="caf\udce9.txt")
        assert not index.has(path="caf\udcea.txt")
        assert index.add(extraction) == "unchanged"
