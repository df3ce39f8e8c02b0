"""What formats call parts of a page and divisions of an issue."""

from __future__ import annotations

import pytest

from newsmine.ingest import lexicon
from newsmine.ingest.readers.markup import bare_name, zone_kind


@pytest.mark.parametrize("region", lexicon.load("regions")["region"], ids=lambda r: r["kind"])
def test_each_name_means_its_kind_in_any_spelling(region: dict[str, object]) -> None:
    names = region["names"]
    assert isinstance(names, list)
    for name in names:
        spellings = (name, name.upper(), f"{name[:3]}-{name[3:]}", f"{name[:3]}_{name[3:]}")
        assert {zone_kind(spelling) for spelling in spellings} == {region["kind"]}


@pytest.mark.parametrize(
    "name", ["paragraph", "TEXTBLOCK", "Textblock", "BODY", "ocr_line", "", None]
)
def test_other_names_mean_nothing(name: str | None) -> None:
    assert zone_kind(name) is None


def test_the_first_name_that_says_anything_decides() -> None:
    assert zone_kind(None, "paragraph", "Caption", "heading") == "caption"


def test_no_name_means_two_things() -> None:
    names = [name for region in lexicon.load("regions")["region"] for name in region["names"]]
    assert len(set(names)) == len(names)
    assert names == [bare_name(name) for name in names]
    articles, adverts = (lexicon.words("divisions", kind) for kind in ("articles", "adverts"))
    assert not articles & adverts
    # Parts of an article are none themselves.
    assert not (articles | adverts) & {"heading", "title", "body", "paragraph", "section", "issue"}
    assert all(name == bare_name(name) for name in articles | adverts)
