"""The directory of organisations: its entries, looking up, and the filter that asks it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from newsmine.errors import QueryError
from newsmine.index import create_index
from newsmine.index.directory import Directory, Organisation, key, load_directory, shipped_directory
from tests.factories import make_extraction, make_speaker

SHIPPED = shipped_directory()


def test_no_name_is_two_organisations() -> None:
    keys = Counter(k for one in SHIPPED.organisations for k in {key(n) for n in one.names})
    assert [k for k, count in keys.items() if count > 1] == []


def test_the_field_is_covered() -> None:
    kinds = {one.kind for one in SHIPPED.organisations}
    countries = {one.country for one in SHIPPED.organisations}
    assert len(SHIPPED.organisations) >= 150
    assert {"regulator", "police", "charity", "helpline", "hotline", "platform"} <= kinds
    assert {"GB", "US", "EU", "AU"} <= countries


def test_parents_are_in_it() -> None:
    names = {one.name for one in SHIPPED.organisations}
    assert {one.part_of for one in SHIPPED.organisations if one.part_of} <= names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IWF", "Internet Watch Foundation"),
        ("the Internet Watch Foundation", "Internet Watch Foundation"),
        ("Barnardo’s", "Barnardo's"),
        ("national center for missing and exploited children",
         "National Center for Missing & Exploited Children"),
        ("Twitter", "X"),
        ("Ceop", "Child Exploitation and Online Protection Command"),
        ("Internet Watch", None),
        ("Home Affairs", None),
        ("the", None),
        ("", None),
    ],
)  # fmt: skip
def test_finding(name: str, expected: str | None) -> None:
    found = SHIPPED.find(name)
    assert (found and found.name) == expected


def test_a_ministry_is_not_its_committee() -> None:
    assert SHIPPED.find("Home Office") is not SHIPPED.find("Home Affairs Committee")


def extension(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_entries_come_first(tmp_path: Path) -> None:
    mine = extension(
        tmp_path,
        """organisations = [
        { name = "Isle Crofts' Office", aliases = ["ICO"], kind = "regulator", country = "GB" }]""",
    )
    directory = load_directory(mine)
    assert [directory.find(n) and directory.find(n).name for n in ("ICO", "IWF")] == [  # type: ignore[union-attr]
        "Isle Crofts' Office",
        "Internet Watch Foundation",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("organisations = [", "is no TOML"),
        ("names = []", "has no list called organisations"),
        ("organisations = [1]", "needs name, kind and country"),
        ('organisations = [{ name = "A", kind = "regulator" }]', "needs name, kind and country"),
        ('organisations = [{ name = "A", kind = "pub", country = "GB" }]', "unknown kind 'pub'"),
        ('organisations = [{ name = " ", kind = "police", country = "GB" }]', "no word in name"),
        ('organisations = [{ name = "A", kind = "police", country = "GB", alias = [] }]',
         "unknown field 'alias'"),
        ('organisations = [{ name = "A", kind = "police", country = "GB", aliases = "B" }]',
         "needs a list of names as aliases"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        load_directory(extension(tmp_path, text))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        load_directory(tmp_path / "gone.toml")


def test_an_organisation_of_one_name_has_no_other() -> None:
    directory = Directory((Organisation("Estyn", "regulator", "GB"),))
    assert directory.other_names("estyn") == ()


def test_asking_by_one_name_finds_the_others(tmp_path: Path) -> None:
    names = ["IWF", "Internet Watch Foundation", "Met Office", "Metropolitan Police"]
    with create_index(tmp_path / "a.db") as index:
        for name in names:
            text = f"“We count,” said {name}."
            speaker = make_speaker(name, type="organisation")
            index.add(make_extraction(text, path=f"{name}.txt", quotes=[("“We count,”", speaker)]))
        found = {
            asked: sorted(set(index.quotes(org=asked)["organisation"]))
            for asked in ("iwf", "The Internet Watch Foundation", "Scotland Yard", "watch")
        }
    assert found == {
        "iwf": ["IWF", "Internet Watch Foundation"],
        "The Internet Watch Foundation": ["IWF", "Internet Watch Foundation"],
        # An alias is a whole name: "the Met" is no reason to bring up the Met Office.
        "Scotland Yard": ["Metropolitan Police"],
        "watch": ["Internet Watch Foundation"],
    }
