"""Names of people to protect: in nothing that is given out, undone exactly, gone from copies."""

from __future__ import annotations

import json
import sqlite3
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.errors import IndexFileError, QueryError
from newsmine.export import export
from newsmine.export.permalink import find, permalink
from newsmine.index import Index, create_index, open_index
from newsmine.index.clusters.words import marks_of, words_of
from newsmine.index.withheld_forms import Name
from newsmine.index.withheld_names import MASK, WITHHELD, redact
from newsmine.types import Byline, Claim, Extraction, Mention, Page, Provenance, RawArticle, Word
from tests.factories import make_extraction, make_speaker, span_of
from tests.index.conftest import courier, in_a_file, lantern
from tests.index.test_corrections import everything
from tests.index.test_store import assert_sound, contents, extractions

NAME = "Vesper Quillon"
TEXT = f"""{NAME.upper()} INQUEST OPENS

{NAME}, 14, of Harrow, had seen 300 posts. Ian Quillon, her father, said: “Vesper was a child.”

“Miss Quillon asked for help,” said Mr Quillon. V. Quillon was kind; Vcsper’s phone was full.

Vesper Brown, a neighbour, spoke too. “I am Vesper,” {NAME} had written."""

AT = TEXT.index(NAME)


def inquest() -> Extraction:
    quotes = [
        ("“Vesper was a child.”", make_speaker("Ian Quillon", role=f"father of {NAME}")),
        ("“Miss Quillon asked for help,”", make_speaker("Ian Quillon")),
        ("“I am Vesper,”", make_speaker(NAME, organisation="Harrow School")),
    ]
    counted = f"posts that {NAME} saw"
    claim = Claim("c1", span_of(TEXT, "300"), "count", counted=counted, period="Vesper’s last year")
    return make_extraction(
        TEXT,
        path="a/vesper-quillon-inquest.txt",
        outlet="Courier",
        published="2019-01-02",
        headline=f"{NAME} inquest opens",
        standfirst="Vesper was 14",
        bylines=(Byline("Jo Penn"),),
        quotes=quotes,
        claims=(claim,),
        mentions=(
            Mention((AT, AT + len(NAME)), "PERSON", NAME),
            Mention(span_of(TEXT, "Ian Quillon"), "PERSON", "Ian Quillon"),
        ),
    )  # fmt: skip


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    with create_index(path) as opened:
        for extraction in (lantern(), inquest(), courier()):
            opened.add(extraction)
        yield opened


TRACES = ("vesper", "vcsper", "miss quillon", "v. quillon")
"""What must be nowhere, but for the neighbour's first name."""


def assert_hidden(text: str) -> None:
    plain = text.casefold().replace("vesper brown", "")
    assert [trace for trace in TRACES if trace in plain] == []


def test_a_name_is_in_nothing_that_is_given_out(index: Index, path: Path) -> None:
    index.withholding.name(NAME, who="jo", why="a child")
    assert_hidden(str(everything(index)))
    assert_hidden(str(list(index.articles())))
    assert_hidden(str([list(index.who("", by=[by])) for by in ("org", "speaker", "role")]))
    assert_hidden(str(index.profile("Harrow School")))
    assert_hidden(str(index.search("child").facets))
    assert_hidden(str([*index.search("child").in_context()]))
    stored = index.article([one.id for one in index.articles()][-1])
    assert f"Ian Quillon, her father, said: “{WITHHELD} was a child.”" in stored.text
    assert f"{WITHHELD}’s phone" in stored.text
    assert "Vesper Brown" in stored.text
    assert "Mr Quillon" in stored.text
    assert_sound(path)


@pytest.mark.parametrize(
    "query",
    ["vesper", "speaker:vesper", f'speaker:"{NAME}"', "vcsper~", "counted:vesper",
     'about:"vesper quillon"', "about:inquest vesper"],
)  # fmt: skip
def test_searching_for_it_finds_nothing(index: Index, query: str) -> None:
    assert index.search(query).total > 0
    index.withholding.name(NAME, who="jo")
    found = index.search(query)
    assert found.total == 0
    assert_hidden(str(found.suggestions))


@pytest.mark.parametrize(
    "ending", [".csv", ".jsonl", ".xlsx", ".zip", ".bib", ".ris", ".jsonld", ".qdpx"]
)
def test_no_export_has_it(index: Index, tmp_path: Path, ending: str) -> None:
    index.withholding.name(NAME, who="jo")
    folder = tmp_path / "out"
    folder.mkdir()
    export(index, folder / f"out{ending}")
    for file in folder.iterdir():
        parts = [file.read_bytes()]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                parts = [archive.read(name) for name in archive.namelist()]
        for part in parts:
            assert_hidden(part.decode("utf-8", "replace"))


def test_the_codebook_counts_but_names_nobody(index: Index, tmp_path: Path) -> None:
    index.withholding.name(NAME, who="jo")
    index.withholding.rule("victims", who="jo")
    export(index, tmp_path / "quotes.csv")
    book = json.loads((tmp_path / "quotes.csv.codebook.json").read_text(encoding="utf-8"))
    assert book["index"]["withheld"] == {
        "names": 1, "rules": ["victims"], "replaced": 8, "articles": 1,
    }  # fmt: skip


def test_offsets_are_those_of_the_text_that_is_given_out(index: Index) -> None:
    index.withholding.name(NAME, who="jo")
    for row in index.iter_quotes():
        text = index.article(row["article"]).text
        assert " … ".join(text[s:e] for s, e in row["content"]) == row["quote"]
    stored = index.article([one.id for one in index.articles()][-1])
    assert stored.mentions[0].span[0] == stored.text.index(f"{WITHHELD}, 14")
    assert [stored.text[slice(*m.span)] for m in stored.mentions] == [WITHHELD, "Ian Quillon"]
    figure = next(r for r in index.iter_claims() if r["article"] == stored.id)
    assert stored.text[slice(*figure["span"])] == "300"
    assert figure["counted"] == f"posts that {WITHHELD} saw"


def test_raw_offsets_stay_and_the_raw_text_is_masked(index: Index) -> None:
    before = {r["attribution"]: r["raw_content"] for r in index.iter_quotes(speaker="ian quillon")}
    index.withholding.name(NAME, who="jo")
    rows = list(index.iter_quotes(speaker="ian quillon"))
    assert {r["attribution"]: r["raw_content"] for r in rows} == before
    raw = index.article(rows[0]["article"]).article.raw
    assert raw
    assert len(raw.raw_text) == len(TEXT)
    assert MASK * 6 in raw.raw_text
    ((start, end),) = rows[0]["raw_content"]
    assert raw.raw_text[start:end] == f"“{MASK * 6} was a child.”"


def test_a_name_that_only_the_path_has(index: Index) -> None:
    """Of an article without a raw text as well."""
    extraction = make_extraction("The inquest opens.", path="b/vesper-quillon-2.txt", raw=None)
    index.add(extraction)
    index.withholding.name(NAME, who="jo")
    assert_hidden(str(list(index.articles())))


def test_topics_point_to_their_terms_where_a_later_article_hides_a_name(tmp_path: Path) -> None:
    text = f"{NAME} knew him. The boy was groomed on a chat app. Grooming must stop."
    with create_index(tmp_path / "topics.db") as index:
        index.withholding.rule("children", who="jo")
        index.add(make_extraction(text, path="early.txt"))
        index.add(inquest())
        (early,) = (one for one in index.articles() if one.path == "early.txt")
        found = index.topics_of(early.id)
    assert found.text.startswith(WITHHELD)
    terms = {found.text[slice(*s)] for t in found.scores for one in t.fired for s in one.spans}
    assert {"groomed", "Grooming"} <= terms


def test_pages_are_masked(tmp_path: Path) -> None:
    text = f"{NAME}, 14, wrote."
    words = ((0, 6), Word("Vesper", (0, 0, 1, 1))), ((7, 14), Word("Quillon", (1, 0, 2, 1)))
    raw = RawArticle(text, "x.alto", "alto", "0" * 64, (Page(9, 9, "pixel", words),))
    hidden = redact(make_extraction(text, raw=raw), [Name(NAME)]).extraction.article
    assert hidden.raw
    assert [word.text for _, word in hidden.raw.pages[0].words] == [MASK * 6, MASK * 7]


def test_permalinks_do_not_hold_it_and_are_found(index: Index) -> None:
    index.withholding.name(NAME, who="jo")
    stored = index.article([one.id for one in index.articles()][-1])
    link = permalink(stored.text, stored.attributions[0].content[0])
    assert_hidden(link.url())
    assert find(stored.text, link) == stored.attributions[0].content[0]


def test_undo_restores_exactly(index: Index, path: Path) -> None:
    before, said = contents(path), everything(index)
    first = index.withholding.name(NAME, who="jo")
    second = index.withholding.rule("children", who="jo")
    index.withholding.undo(first, who="jo")
    index.withholding.undo(second, who="jo")
    assert contents(path) == before
    assert everything(index) == said
    assert index.withholding.counts().names == 0
    assert_sound(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(extractions(), st.sampled_from(["Ann Lee", "0", "A", "aa bb"]))
def test_undo_of_anything(tmp_path: Path, extraction: Extraction, name: str) -> None:
    path = tmp_path / "any.db"
    path.unlink(missing_ok=True)
    with create_index(path) as index:
        index.add(extraction)
        index.add(lantern())
        before, said = contents(path), everything(index)
        try:
            number = index.withholding.name(name, who="jo")
        except QueryError:
            return
        assert_sound(path)
        assert index.add(extraction) == "unchanged"
        index.withholding.undo(number, who="jo")
        assert contents(path) == before
        assert everything(index) == said
    assert_sound(path)


def test_it_holds_for_articles_that_come_later_and_come_again(index: Index, path: Path) -> None:
    index.withholding.name(NAME, who="jo")
    assert index.add(inquest()) == "unchanged"
    assert index.has(path="a/vesper-quillon-inquest.txt")
    assert index.add(replace(inquest(), provenance=Provenance("1", "b"))) == "replaced"
    later = make_extraction(f"{NAME} was named again.", path="later.txt")
    index.add(later)
    assert_hidden(str(everything(index)))
    assert index.info().articles == 4
    assert_sound(path)


def test_corrections_and_withholding_go_together(index: Index) -> None:
    index.fix("vesper-quillon-inquest:a1", who="jo", role="campaigner", why=f"not {NAME}'s")
    index.withholding.name(NAME, who="jo")
    row = next(r for r in index.iter_quotes() if r["role"] == "campaigner")
    assert_hidden(str(row))
    index.fix(f"{row['article']}:a2", who="jo", speaker=NAME)
    assert_hidden(str(everything(index)))
    assert [c.state for c in index.corrections()] == ["in force"] * 2
    index.add(replace(inquest(), provenance=Provenance("1", "b")))
    assert [c.state for c in index.corrections()] == ["in force"] * 2
    assert_hidden(str(everything(index)))


def test_rules(index: Index, path: Path) -> None:
    index.add(make_extraction(f"Nobody wrote to {NAME} again.", path="earlier.txt"))
    index.withholding.rule("children", who="jo")
    assert [(f.name, f.rule) for f in index.withholding.found()] == [(NAME, "children")]
    assert_hidden(str(everything(index)))
    text = "Schoolgirl Petra Marl, 13, was found."
    index.add(make_extraction("Petra Marl sang.", path="petra0.txt"))
    assert index.search('about:"petra marl"').query
    index.add(make_extraction(text, path="petra1.txt"))
    assert "Petra" not in str(everything(index)), "an article before the one that tells her age"
    assert_sound(path)


def test_a_name_that_rules_find_wrongly_is_kept(index: Index) -> None:
    index.withholding.rule("children", who="jo")
    index.withholding.keep("vesper  quillon", who="jo", why="stage name of an adult")
    assert NAME in str(everything(index))
    assert list(index.withholding.found()) == []


def test_a_grown_up_who_speaks_is_not_withheld(index: Index) -> None:
    index.withholding.rule("children", who="jo")
    index.withholding.rule("victims", who="jo")
    assert index.count("quotes", speaker="Ian Quillon") == 2


@pytest.mark.parametrize(
    ("name", "text", "hidden"),
    [
        ("Ada Crane", "Ada Crane left. The crane fell.", f"{WITHHELD} left. The crane fell."),
        ("Ada Crane", "ADA CRANE", WITHHELD),
        ("Ada Crane", "Ada\nCrane", WITHHELD),
        ("Ada Crane", "Ada Jane B. Crane", WITHHELD),
        ("Ada Crane", "Crane, Ada", WITHHELD),
        ("Ada Crane", "Adam Crane and Ada Cranston", "Adam Crane and Ada Cranston"),
        ("Ada Crane", "Ada and Bo Crane met", f"{WITHHELD} and Bo Crane met"),
        ("Ada Crane", "Ada left.", "Ada left."),
        ("Grace Lowe", "Grace Lowe fell. “Grace!” Will Grace ever go?", None),
        ("Will Lowe", "Will Lowe left. Will they? They said Will would.", None),
        ("Zoë O’Neil", "Zoe O’Neil. Zoë O'Neil’s", None),
        ("Ada Jane Crane", "Ada Jane Crane, that is Ada Jane", f"{WITHHELD}, that is {WITHHELD}"),
        ("Mononym", "Mononym sang of mononyms.", f"{WITHHELD} sang of mononyms."),
    ],
)
def test_forms(name: str, text: str, hidden: str | None) -> None:
    made = redact(make_extraction(text), [Name(name)]).extraction.article.text
    expected = {
        "Grace Lowe": f"{WITHHELD} fell. “{WITHHELD}!” Will {WITHHELD} ever go?",
        "Will Lowe": f"{WITHHELD} left. Will they? They said {WITHHELD} would.",
        "Zoë O’Neil": f"{WITHHELD}. {WITHHELD}’s",
    }
    assert made == (hidden or expected[name])


WORDS: dict[str, dict[str, str]] = tomllib.loads(
    files("newsmine.data").joinpath("withheld_names.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("which", WORDS)
def test_each_list_of_words(which: str) -> None:
    entry = WORDS[which]

    def last_word(before: str) -> str:
        extraction = make_extraction(f"{entry['article']} {before} went on.")
        text = redact(extraction, [Name(entry["name"])]).extraction.article.text
        return text.removesuffix(" went on.")[-len(WITHHELD) :]

    assert last_word(entry["hidden"]) == WITHHELD
    assert last_word(entry["not"]).endswith(entry["not"].split()[-1])


def assert_no_trace(path: Path) -> None:
    """No byte of it; the neighbour's first name is another matter."""
    data = path.read_bytes().decode("utf-8", "replace").casefold()
    for trace in (*TRACES[1:], "vesper quillon", "vesper-quillon", "vesper was", "vesper’s"):
        assert trace not in data


@in_a_file
def test_a_copy_for_others_has_no_trace(index: Index, path: Path, tmp_path: Path) -> None:
    index.fix("vesper-quillon-inquest:a1", who="jo", role="campaigner", why=f"not {NAME}'s")
    index.fix("lantern:a1", who="jo", role="chair")
    index.journal.record("note", {"names": [NAME, "V. Quillon"]}, who="jo")
    index.withholding.name(NAME, who="jo", why=f"{NAME} is a child")
    index.identities.refresh()
    copy = tmp_path / "shared.db"
    index.withholding.copy_to(copy)
    assert_no_trace(copy)
    assert_sound(copy)
    with create_index(copy) as shared:
        assert everything(shared) == everything(index)
        assert shared.withholding.decisions() == ()
        assert [c.state for c in shared.corrections()] == ["in force"] * 2
        shared.undo(shared.corrections()[0].number, who="kim")
        assert_hidden(str(everything(shared)))
        assert shared.fix("courier:a1", who="kim", role="clerk").state == "in force"
        shared.undo(shared.corrections()[1].number, who="kim")
    assert_no_trace(copy)
    assert [file.name for file in tmp_path.iterdir() if "unfinished" in file.name] == []
    with pytest.raises(IndexFileError, match="is there already"):
        index.withholding.copy_to(copy)


@in_a_file
def test_a_copy_does_not_know_the_files(index: Index, tmp_path: Path) -> None:
    """Their hashes would tell who guesses a text whether it was theirs."""
    made_by = Provenance("1", "m", {})
    number = index.manifest.begin("vesper.txt", sha256="f" * 64, size=9, made_by=made_by)
    index.manifest.finish(number)
    index.withholding.name(NAME, who="jo", why="a child")
    index.withholding.copy_to(tmp_path / "copy.db")
    with open_index(tmp_path / "copy.db") as shared:
        assert list(shared.manifest.entries()) == []
    assert [entry.path for entry in index.manifest.entries()] == ["vesper.txt"]


@in_a_file
def test_the_words_of_a_copy_are_made_anew(index: Index, tmp_path: Path) -> None:
    """An index of words keeps what was deleted, until it is made anew."""
    text = "Xanthippa Zwolle, 12, sang."
    index.add(make_extraction(text, path="x.txt", quotes=[("Zwolle, 12, sang", None)]))
    index.withholding.name("Xanthippa Zwolle", who="jo")
    index.withholding.copy_to(tmp_path / "shared.db")
    data = (tmp_path / "shared.db").read_bytes().lower()
    assert b"xanthippa" not in data
    assert b"zwoll" not in data


def test_what_cannot_be_withheld(index: Index, path: Path) -> None:
    for wrong in (
        lambda: index.withholding.name("  ", who="jo"),
        lambda: index.withholding.name("12", who="jo"),
        lambda: index.withholding.name("Jane Doe " * 30, who="jo"),
        lambda: index.withholding.rule("adults", who="jo"),
        lambda: index.withholding.undo(1, who="jo"),
    ):
        with pytest.raises(QueryError):
            wrong()
    assert index.journal.entries() == ()
    index.close()
    with open_index(path) as reader, pytest.raises(IndexFileError, match="opened for reading"):
        reader.withholding.name(NAME, who="jo")


ASKED = f"“{NAME} asked the school for help with the phone three times last winter,”"
LONG = f"""{ASKED} said Ian Quillon.

The council of Harrow meets on Thursday to hear what became of the letters that the family wrote,
and of the report that the trust sent to the ministry before the inquest of {NAME} was opened."""


def long(path: str, outlet: str) -> Extraction:
    return make_extraction(
        LONG, path=path, outlet=outlet, quotes=[(ASKED, make_speaker("Ian Quillon"))]
    )


def fingerprints(path: Path) -> set[int]:
    sql = "SELECT mark FROM quote_marks UNION SELECT mark FROM article_marks"
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute(sql)}


def traces() -> set[int]:
    """The fingerprints of all words in a row that have the first name; the father is named, too."""
    words = words_of(LONG)
    rows = [words[at : at + 4] for at in range(len(words) - 3)]
    return {mark for row in rows if "vesper" in row for mark in marks_of(row, 1)}


@in_a_file
@pytest.mark.parametrize("removed", [False, True])
def test_a_copy_has_no_fingerprint_of_it(index: Index, tmp_path: Path, removed: bool) -> None:
    """Nor of an article that was taken out before."""
    index.add(long("a/long.txt", "Courier"))
    index.cluster()
    assert fingerprints(index.path) & traces()
    if removed:
        index.remove(long("a/long.txt", "Courier").article.id)
    index.withholding.name(NAME, who="jo")
    copy = tmp_path / "shared.db"
    index.withholding.copy_to(copy)
    assert fingerprints(copy) & traces() == set()


@in_a_file
def test_what_a_copy_holds_is_known_again(index: Index, tmp_path: Path) -> None:
    index.add(long("a/long.txt", "Courier"))
    index.cluster()
    index.withholding.name("Somebody Else", who="jo")
    copy = tmp_path / "shared.db"
    index.withholding.copy_to(copy)
    assert fingerprints(copy) == fingerprints(index.path)
    with create_index(copy) as shared:
        shared.add(long("b/other.txt", "Lantern"))
        shared.cluster()
        found = shared.quotes(text='"asked the school"')
        assert list(found["printed"]) == [2, 2]


def test_what_is_withheld_stays_printed_twice(index: Index) -> None:
    for path, outlet in (("a/long.txt", "Courier"), ("b/other.txt", "Lantern")):
        index.add(long(path, outlet))
    index.cluster()
    index.withholding.name(NAME, who="jo")
    assert list(index.quotes(text='"asked the school"')["printed"]) == [2, 2]
