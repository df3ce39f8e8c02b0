"""Exports of press databases: the count exact, fields from landmarks, the text its stretch."""

from __future__ import annotations

from typing import Any

import pytest

from newsmine.ingest import lexicon, read_bytes
from newsmine.ingest.readers import press, read_raw
from newsmine.ingest.readers.base import Found
from newsmine.ingest.readers.press.fields import given_bylines, tidy_outlet
from newsmine.types import Article, Byline, RawArticle, ZoneKind
from tests.ingest.readers.made import NEXIS, example

PROFILES = lexicon.load("profiles")["profile"]


def articles(text: str) -> list[Found]:
    return list(press.articles(text) or ())


def zones(found: Found, kind: ZoneKind) -> list[str]:
    return [found.text[slice(*zone.span)] for zone in found.given.zones if zone.kind == kind]


def body(found: Found) -> str:
    """What is in no zone, white space as single blanks."""
    at, parts = 0, []
    for zone in found.given.zones:
        parts.append(found.text[at : zone.span[0]])
        at = zone.span[1]
    return " ".join(" ".join([*parts, found.text[at:]]).split())


@pytest.mark.parametrize("entry", PROFILES, ids=lambda entry: str(entry["name"]))
def test_each_profile_reads_its_example(entry: dict[str, Any]) -> None:
    fitting = press.fit(entry["example"])
    assert fitting is not None
    assert fitting[0].name == entry["name"]
    (found,) = articles(entry["example"])
    assert (found.given.outlet or "").startswith("The Lantern")
    assert found.given.published == "2019-03-02"
    assert found.given.headline == "Nets torn at sea"
    assert found.given.bylines in ((Byline("Ann Bell"),), ())
    assert body(found).startswith("Boats came home empty, crews in the harbour said.")
    assert body(found).endswith(("crews in the harbour said.", "Crews want new nets."))
    assert found.text in entry["example"]


@pytest.mark.parametrize("entry", PROFILES, ids=lambda entry: str(entry["name"]))
def test_no_profile_takes_an_ordinary_text(entry: dict[str, Any]) -> None:
    assert press.fit(entry["never"]) is None


@pytest.mark.parametrize("entry", PROFILES, ids=lambda entry: str(entry["name"]))
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_reader_finds_out_for_itself(entry: dict[str, Any], end: str) -> None:
    data = entry["example"].replace("\n", end).encode("cp1252")
    (raw,) = read_raw(data, "export.txt")
    assert isinstance(raw, RawArticle)
    assert (raw.reader, raw.path) == ("press", "export.txt#1")


OLD = example("lexisnexis-txt")


def old(*, n: int = 1, of: int = 1, **changes: str) -> str:
    text = OLD.replace("1 of 1 DOC", f"{n} of {of} DOC")
    for old_text, new in changes.items():
        text = text.replace(old_text.replace("_", " "), new)
    return text


class TestOldLexisNexis:
    def test_every_article_is_found_and_the_cover_is_left_out(self) -> None:
        cover = "Download Request: Selected Items: 1-3\nTime Of Request: March 5, 2019\n\n"
        text = cover + "".join(old(n=n, of=3) for n in (1, 2, 3))
        assert [found.part for found in articles(text)] == ["1", "2", "3"]
        assert all(found.text.startswith(f"{i} of 3") for i, found in enumerate(articles(text), 1))

    def test_numbers_may_be_of_several_exports(self) -> None:
        assert len(articles(old(n=1, of=2) + old(n=8, of=383) + old(n=1, of=2))) == 3

    def test_a_number_line_within_a_text_opens_nothing(self) -> None:
        within = "Boats came.\n\n3 of 10 DOCUMENTS\n\nwere lost, crews said.\n\nBells rang."
        text = old(n=1, of=2, **{"Boats_came_home_empty,": within}) + old(n=2, of=2)
        first, _ = articles(text)
        assert "were lost" in body(first)

    def test_a_story_about_documents_stays_one_text(self) -> None:
        story = (
            "Clerk lost 3 of 10 DOCUMENTS\n\n3 of 10 DOCUMENTS\n\nwere lost, he said in May 2019."
        )
        (article,) = read_bytes(story.encode(), path="story.txt")
        assert isinstance(article, Article)
        assert article.raw is not None
        assert article.raw.reader == "text"

    def test_edition_and_headline_of_several_lines(self) -> None:
        changes = {"First_Edition": "Edition 1;\n   Ruritania", "torn_at_sea": "torn;\nCrews cry"}
        (found,) = articles(old(**changes))
        assert found.given.headline == "Nets torn; Crews cry"
        assert "Ruritania" in " ".join(zones(found, "furniture"))

    def test_a_landmark_wrapped_over_lines(self) -> None:
        (found,) = articles(old(**{"BYLINE:_Ann_Bell": "BYLINE: Ann Bell and\nJo Pell"}))
        assert found.given.bylines == (Byline("Ann Bell"), Byline("Jo Pell"))

    def test_the_form_with_headline_and_body_landmarks(self) -> None:
        text = """
                               1 of 1 DOCUMENTS

                      Copyright 2001 Lantern Press
                              The Lantern

                   June 1, 2001, Friday, Late Edition - Final

SECTION: Section B; Page 1

LENGTH: 12 words

HEADLINE: Nets torn at sea

BYLINE:  By ANN BELL

DATELINE: STRELSAU

BODY:
   Boats came home empty.

   SUBJECT: they said no more.

   Crews want nets.

GRAPHIC: A torn net

LOAD-DATE: June 1, 2001
"""
        (found,) = articles(text)
        given = found.given
        assert (given.outlet, given.published) == ("The Lantern", "2001-06-01")
        assert (given.headline, given.bylines) == ("Nets torn at sea", (Byline("Ann Bell"),))
        assert body(found) == "Boats came home empty. SUBJECT: they said no more. Crews want nets."
        assert zones(found, "caption") == ["A torn net"]

    def test_captions_of_several_paragraphs(self) -> None:
        (found,) = articles(old(**{"LOAD-DATE": "GRAPHIC: A net\n\nJan Dell\n\nLOAD-DATE"}))
        assert " ".join(zones(found, "caption")) == "A net Jan Dell"
        assert body(found).endswith("crews in the harbour said.")

    def test_an_appended_correction_stays_text(self) -> None:
        added = "CORRECTION: It was one boat.\n\nLOAD-DATE"
        (found,) = articles(old(**{"LOAD-DATE": added}))
        assert body(found).endswith("said. It was one boat.")

    def test_without_byline_and_section(self) -> None:
        text = old().replace("BYLINE: Ann Bell\n\nSECTION: NEWS; Pg. 3\n\n", "")
        (found,) = articles(text)
        assert found.given.bylines == ()
        assert body(found) == "Boats came home empty, crews in the harbour said."


class TestNexis:
    def test_two_articles(self) -> None:
        first, second = articles("\n".join(NEXIS))
        assert first.given.headline == "Nets torn at sea"
        assert first.given.outlet == "The Lantern (Strelsau)"
        assert first.given.standfirst == "Crews are angry"
        assert first.given.bylines == (Byline("Ann Bell"), Byline("Jo Pell"))
        assert zones(first, "caption") == ["A torn net, Jan Dell"]
        assert body(first).endswith("to pay. Notes: none.")
        assert second.given.headline == "9. Bells ring at noon"
        assert (second.given.outlet, second.given.published) == ("Skerry Post", "2019-03-04")
        assert body(second) == "Bells rang twice, he said. They rang once."

    def test_a_cover_in_the_middle(self) -> None:
        """Exports put together to one file."""
        found = articles("\n".join([*NEXIS, "", *NEXIS]))
        assert [f.given.headline for f in found] == [
            "Nets torn at sea",
            "9. Bells ring at noon",
        ] * 2

    def test_a_date_in_the_headline(self) -> None:
        text = "\n".join(NEXIS).replace("9. Bells ring at noon\nSK", "Bells: March 1, 2019\nSK")
        assert articles(text)[1].given.headline == "Bells: March 1, 2019"
        assert articles(text)[1].given.published == "2019-03-04"

    def test_a_last_article_cut_off(self) -> None:
        found = articles("\n".join(NEXIS[:-4]))
        assert [f.given.flags for f in found] == [(), (press.CUT_OFF,)]
        assert body(found[1]).startswith("Bells rang twice")

    def test_what_follows_the_last_is_no_article(self) -> None:
        assert len(articles("\n".join([*NEXIS, "", "Page 9 of 9"]))) == 2

    def test_the_end_of_a_document_in_a_story(self) -> None:
        story = "The clerk read on.\n\nEnd of Document\n\nit said, and on March 2, 2019 he left."
        assert press.fit(story) is None


class TestOtherDates:
    """A date line in another language is still the line that outlet and headline stand beside."""

    def test_nexis(self) -> None:
        first, _ = articles(
            "\n".join(NEXIS).replace("March 2, 2019 Saturday 9:20 AM GMT", "2 mars 2019")
        )
        assert (first.given.outlet, first.given.published) == ("The Lantern (Strelsau)", "2019")
        assert first.given.headline == "Nets torn at sea"

    @pytest.mark.parametrize(("line", "published"), [("Spring 2019", "2019"), ("No date", None)])
    def test_old_lexisnexis(self, line: str, published: str | None) -> None:
        (found,) = articles(old(**{"March_2,_2019_Saturday": line}))
        given = found.given
        assert (given.outlet, given.published) == ("The Lantern (Strelsau)", published)
        assert (given.headline or "").endswith("Nets torn at sea")


class TestFactiva:
    def test_rows_of_an_rtf_table(self) -> None:
        text = example("factiva-codes").replace("\t", "|").replace("\n", "|\n")
        (found,) = articles(text)
        assert found.given.headline == "Nets torn at sea"
        assert found.given.flags == ()

    def test_words_like_codes_in_a_text(self) -> None:
        text = example("factiva-codes").replace(
            "Crews want", "IN May the BY road\nCO 2 fell. Crews want"
        )
        (found,) = articles(text)
        assert "IN May the BY road CO 2 fell. Crews want" in body(found)

    def test_time_and_no_byline(self) -> None:
        text = (
            example("factiva")
            .replace("By Ann Bell\n", "")
            .replace("2019\nThe", "2019\n08:15 GMT\nThe")
        )
        (found,) = articles(text)
        assert (found.given.outlet, found.given.bylines) == ("The Lantern", ())
        assert found.given.headline == "Nets torn at sea"

    def test_one_end_at_least(self) -> None:
        text = example("factiva").rpartition("Document")[0] + "Document by document, they said."
        assert press.fit(text) is None

    def test_two_in_a_file(self) -> None:
        two = (
            example("factiva")
            + "\n"
            + example("factiva").replace("Nets torn at sea", "Nets mended")
        )
        assert [f.given.headline for f in articles(two)] == ["Nets torn at sea", "Nets mended"]


class TestProQuest:
    def test_several_and_the_page_of_contacts(self) -> None:
        one = example("proquest")
        rule = "_" * 60
        two = one.replace(
            f"{rule}\n\nContact", f"{one.replace('Nets torn', 'Bells rung')}\nContact"
        )
        assert [f.given.headline for f in articles(two)] == [
            "Nets torn at sea",
            "Bells rung at sea",
        ]

    def test_report_and_table_of_contents(self) -> None:
        rule = "_" * 60
        text = f"""{rule}
Report Information from ProQuest
March 05 2019 10:00
{rule}

Table of contents

1. Nets torn at sea

{rule}

Document 1 of 1

Nets torn at sea

Author: Bell, Ann

Publication info: Skerry Post ; Strelsau (UK) [Strelsau (UK)]02 Mar 2019: 3.

ProQuest document link

Abstract: None available.

Links: http://search.example/1

Full text: Boats came home empty.

"They rang," he said.

Credit: Ann Bell

Subject: Fishing; Nets;

Location: Strelsau

Publication year: 2019

Copyright: Copyright Skerry Post Mar 2, 2019

{rule}
"""
        (found,) = articles(text)
        given = found.given
        assert (given.outlet, given.published) == ("Skerry Post", "2019-03-02")
        assert (given.headline, given.bylines) == ("Nets torn at sea", (Byline("Ann Bell"),))
        assert body(found) == 'Boats came home empty. "They rang," he said.'
        assert "ProQuest document link" in zones(found, "furniture")

    def test_a_landmark_word_in_the_text(self) -> None:
        text = example("proquest").replace("Crews want", "Subject: a boat.\n\nCrews want")
        (found,) = articles(text)
        assert body(found).endswith("Subject: a boat. Crews want new nets.")


@pytest.mark.parametrize(
    ("value", "bylines"),
    [
        ("By ANN BELL", [("Ann Bell", None)]),
        ("Ann Bell in Strelsau", [("Ann Bell", None)]),
        ("Ann Bell (now), Jo Pell (earlier)", [("Ann Bell", None), ("Jo Pell", None)]),
        ("A. BELL / J. M. PELL", [("A. Bell", None), ("J. M. Pell", None)]),
        ("Bell, Ann; Pell, Jo", [("Ann Bell", None), ("Jo Pell", None)]),
        ("Bell, Ann M.", [("Ann M. Bell", None)]),
        ("Ann Bell, Education Correspondent", [("Ann Bell", "Education Correspondent")]),
        ("Ann Bell Chief Reporter", [("Ann Bell", "Chief Reporter")]),
        ("Ann O'Bell Ruritania correspondent", [("Ann O'Bell", "Ruritania correspondent")]),
        ("Jan van Pell Ruritania editor", [("Jan van Pell", "Ruritania editor")]),
        ("Ann May Bell, Editor", [("Ann May Bell", "Editor")]),
        ("Letters", [("Letters", None)]),
        ("R.V.", [("R.V.", None)]),
        ("  ", []),
    ],
)
def test_bylines_that_are_given(value: str, bylines: list[tuple[str, str | None]]) -> None:
    assert [(b.name, b.role) for b in given_bylines(value)] == bylines


@pytest.mark.parametrize(
    ("value", "outlet"),
    [
        ("The Lantern(Strelsau)", "The Lantern (Strelsau)"),
        ("SKERRY POST (Ruritania)", "Skerry Post (Ruritania)"),
        ("The Lantern; Strelsau", "The Lantern"),
        ("The Lantern(Vol. 3, Issue 2)", "The Lantern"),
        ("lantern.example", "lantern.example"),
        (" ", None),
    ],
)
def test_outlets_that_are_given(value: str, outlet: str | None) -> None:
    assert tidy_outlet(value) == outlet


def test_zones_come_through_the_cleaning() -> None:
    data = old(**{"Boats_came_home_empty,": "Boats came home emp-\nty,"}).encode()
    (article,) = read_bytes(data, path="export.txt")
    assert isinstance(article, Article)
    shown = {zone.kind: article.text[slice(*zone.span)] for zone in article.zones}
    assert shown["body"] == "Boats came home empty, crews in the harbour said."
    assert (article.headline, article.outlet) == ("Nets torn at sea", "The Lantern (Strelsau)")
