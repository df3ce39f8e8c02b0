"""Which names are put together, and the tempting ones that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.index.identity.evidence import stands_expanded
from newsmine.index.identity.organisations import initials_of, same_key, short_key
from newsmine.index.identity.people import field_of
from newsmine.index.identity.person_names import likeness, person_name
from newsmine.index.identity.spelling import data, look_alike
from tests.index.identity.archive import Said, add, archive, groups, org, questions

ONE = [
    # case, marks, titles, accents, honours
    (Said("Dr Ottoline Brask"), Said("Ottoline Brask")),
    (Said("Councillor Derek Ormath"), Said("Derek Ormath", "cabinet member")),
    (Said("Magnus Tarrant-Dale QC"), Said("Magnus Tarrant-Dale")),
    (Said("Renée Quill"), Said("Renee Quill")),
    (Said("MAGNUS TARRANT-DALE"), Said("Magnus Tarrant-Dale")),
    # middle names
    (Said("Ottoline M. Brask"), Said("Ottoline Brask")),
    (Said("Ottoline M Brask"), Said("Ottoline Mary Brask")),
    # initials, short forms and surnames with the same post or organisation
    (Said("O. Brask", "director", "Tidewatch"), Said("Ottoline Brask", "director", "Tidewatch")),
    (Said("Toby Pendle", "head of policy"), Said("Tobias Pendle", "head of policy")),
    (Said("Mrs Brask", "tide chief", "Tidewatch"), Said("O. Brask", "tide chief", "Tidewatch")),
    # misread by a scanner
    (Said("Desmond Auchterby", None, "Tidewatch"), Said("Desm0nd Auchterby", None, "Tidewatch")),
    (Said("Barnaby Thorne", "chief of tides"), Said("Bamaby Thome", "chief of tides")),
    # a common name with one organisation
    (Said("John Smith", "director", "Tidewatch"), Said("Mr John Smith", "chair", "Tidewatch")),
    # organisations
    (org("Schoolteachers’ League"), org("Schoolteachers' League")),
    (org("the Tide Office"), org("Tide Office")),
    (org("Tidewatch Ltd"), org("Tidewatch")),
    (org("Commons Tides Committee"), org("Tides Select Committee")),
    (org("Tide Police"), org("TIDE POLICE")),
    (org("Ellerford Police"), org("E1lerford Police")),
    (org("Centre for Tides"), org("Center for Tides")),
    (org("Office for Calm Seas (OCS)"), org("OCS")),
    (org("National Crime Agency"), org("NCA")),
    (org("Department of Health"), org("Department of Health and Social Care")),
    (org("Lib Dem"), org("Liberal Democrats")),
    (org("government"), org("Government")),
]  # fmt: skip

TWO = [
    # the negatives of the issue
    (Said("Andy Brown", "chief constable", "Ellerford Police"), Said("Andy Brown", "pop singer")),
    (org("Home Office"), org("Home Affairs Committee")),
    (org("Meta"), org("meta")),
    (org("Department for Education"), org("Department of Health")),
    (org("X"), org("Xfam")),
    (Said("John Smith", "father"), Said("John Smith", "schoolboy")),
    # one letter makes another name
    (Said("Ann Lee", "director", "Tidewatch"), Said("Jan Lee", "director", "Tidewatch")),
    (Said("Mr Brask", "director", "Tidewatch"), Said("Mrs Brask", "director", "Tidewatch")),
    (Said("Ottoline M. Brask"), Said("Ottoline P. Brask")),
    (Said("Peter Vane Jr", None, "Tidewatch"), Said("Peter Vane", None, "Tidewatch")),
    (Said("Agnes Tolliver", "analyst"), Said("Shaz Tolliver", "mother")),
    (Said("Councillor Gathercole"), Said("Petronella Gathercole", "group leader", "Lib Dem")),
    (Said("O. Brask"), Said("Ottoline Brask", "director", "Tidewatch")),
    (Said("Toby Pendle", "singer"), Said("Tobias Pendle", "head of policy")),
    (Said("the minister", "minister"), Said("the minister", "minister")),
    (Said("Mr Lee"), Said("Mr Lee")),
    (Said("John Smith", "director", "Tidewatch"), Said("John Smith", "director", "Quillmark")),
    (org("Channel 4 News"), org("Channel 5 News")),
    (org("Metropolitan Police"), org("Metropolitan Police Federation")),
    (org("Centre for Tides"), org("Centre for Tides at the University of Ellerford")),
    (org("Women’s Tide League"), org("Tide League")),
    (org("National Tide Agency"), org("NTA")),
    (org("one trade association"), org("One trade association of two")),
    (org("Labour"), org("Conservatives")),
    (org("Tide Trust"), org("Tide Foundation")),
    # a person is no organisation
    (Said("Barnardo"), org("Barnardo")),
]  # fmt: skip


def together(path: Path, one: Said, other: Said) -> bool:
    """Whether two who speak in two articles are one."""
    with archive(path, (one,), (other,)) as index:
        if one.name == other.name:
            return not index.identities.all() and field_or_org(one) and field_or_org(other)
        return any(len(group) > 1 for group in groups(index))


def field_or_org(said: Said) -> bool:
    """A name that tells nobody apart has no identity at all, and is not one either."""
    return bool(said.org or (said.role and field_of(said.role) and said.name[0].isupper()))


@pytest.mark.parametrize(("one", "other"), ONE, ids=lambda said: f"{said.name}")
def test_one(tmp_path: Path, one: Said, other: Said) -> None:
    assert together(tmp_path / "a.db", one, other)


@pytest.mark.parametrize(("one", "other"), TWO, ids=lambda said: f"{said.name}")
def test_two(tmp_path: Path, one: Said, other: Said) -> None:
    assert not together(tmp_path / "a.db", one, other)


def test_one_name_of_two_people_is_asked_about_and_both_are_found(tmp_path: Path) -> None:
    chief = Said("Andy Brown", "chief constable", "Ellerford Police")
    singer = Said("Andy Brown", "pop singer")
    nobody = Said("Andy Brown")
    with archive(tmp_path / "a.db", (chief,), (singer,), (chief,), (nobody,)) as index:
        assert groups(index) == {
            frozenset({"Andy Brown @ n1 n3"}),
            frozenset({"Andy Brown @ n2"}),
        }
        assert questions(index) == {frozenset({"Andy Brown"})}
        labels = [one.label for one in index.identities.all()]
        assert labels == ["Andy Brown (chief constable)", "Andy Brown (pop singer)"]
        assert index.count("quotes", speaker="Andy Brown") == 4
        assert index.count("quotes", speaker="Andy Brown (chief constable)") == 2
        assert index.search('speaker:"Andy Brown (pop singer)"').total == 1
        assert index.search('-speaker:"andy brown (pop singer)"').total == 3


def test_a_rare_name_in_walks_that_mix_is_one_person(tmp_path: Path) -> None:
    with archive(
        tmp_path / "a.db",
        (Said("Ifeoma Carsick", "Professor", "University of Ellerford"),),
        (Said("Ifeoma Carsick", "director", "Centre for Tides"),),
        (Said("Ifeoma Carsick"),),
    ) as index:
        assert index.identities.all() == ()


def test_half_a_century_between_articles(tmp_path: Path) -> None:
    with archive(tmp_path / "a.db") as index:
        for ident, date in (("n1", "1921"), ("n2", "1923-05"), ("n3", "2019-05-03")):
            add(index, ident, Said("Edmund Pilk", "general secretary"), published=date)
        index.identities.refresh()
        assert frozenset({"Edmund Pilk @ n1 n2"}) in groups(index)


def test_names_beside_each_other_in_an_article_are_two(tmp_path: Path) -> None:
    initial = Said("O. Brask", "head of tides", "Tidewatch")
    whole = Said("Ottoline Brask", "head of tides", "Tidewatch")
    with archive(tmp_path / "a.db", (initial, whole), (initial,), (whole,)) as index:
        assert groups(index) == set()
        (question,) = index.identities.questions()
        assert question.reasons[-1] == "but one article has both"


def test_an_initial_that_fits_two_is_asked_about(tmp_path: Path) -> None:
    with archive(
        tmp_path / "a.db",
        (Said("O. Brask", "head of tides", "Tidewatch"),),
        (Said("Ottoline Brask", "head of tides", "Tidewatch"),),
        (Said("Orrin Brask", "head of tides", "Tidewatch"),),
    ) as index:
        assert groups(index) == set()
        assert len(questions(index)) == 2


def test_letters_that_a_text_expands(tmp_path: Path) -> None:
    with archive(tmp_path / "a.db", (org("Tide and Harbour League"),), (org("THL"),)) as index:
        assert groups(index) == set()
        assert questions(index) == {frozenset({"Tide and Harbour League", "THL"})}
        add(index, "n3", org("Tide and Harbour League"), text="The Tide and Harbour League (THL).")
        index.identities.refresh()
        assert groups(index) == {frozenset({"Tide and Harbour League", "THL"})}
        (one,) = index.identities.all()
        assert one.name == "Tide and Harbour League"
        assert "expanded so in n3" in one.reasons[0]
        assert index.count("quotes", org="THL") == 3


def test_letters_that_two_names_have_are_asked_about(tmp_path: Path) -> None:
    names = ("Tide and Harbour League (THL)", "Theatre and History Lab (THL)", "THL")
    with archive(tmp_path / "a.db", *((org(name),) for name in names)) as index:
        assert groups(index) == set()
        assert len(questions(index)) == 2


def test_who_speaks_for_both_ties_a_short_name_to_the_long_one(tmp_path: Path) -> None:
    kall = ("Brent Kallow", "vice-president of tides")
    with archive(tmp_path / "a.db", (Said(*kall, "Havern"),), (Said(*kall, "Havern Interactive"),),
                 (org("Havern University"),)) as index:  # fmt: skip
        assert groups(index) == {frozenset({"Havern", "Havern Interactive"})}


@pytest.mark.parametrize("entry", data("people")["field"], ids=lambda entry: entry["name"])
def test_fields(entry: dict[str, str]) -> None:
    assert field_of(entry["match"]) == entry["name"]
    assert field_of(entry["never"]) != entry["name"]


@pytest.mark.parametrize("entry", data("people")["nickname"], ids=lambda e: e["names"][0])
def test_nicknames(entry: dict[str, list[str]]) -> None:
    whole = person_name(f"{entry['names'][0].title()} Brask")
    assert likeness(whole, person_name(f"{entry['match']} Brask")) in ("nickname", "same")
    assert likeness(whole, person_name(f"{entry['never']} Brask")) is None


def test_common_names() -> None:
    common = data("people")["common"]
    assert person_name(f"Ann {common['match']}").common
    assert not person_name(f"Ann {common['never']}").common
    assert not person_name(f"Ifeoma {common['match']}").common


def test_plain_posts() -> None:
    from newsmine.index.identity.people import is_plain

    assert is_plain(data("people")["plain"]["match"])
    assert not is_plain(data("people")["plain"]["never"])


def test_keys_of_organisations() -> None:
    record = data("organisations")
    for entry in (*record["tail"], *record["committee"]):
        assert short_key(entry["match"]["text"]) == entry["match"]["name"]
        assert short_key(entry["never"]) == entry["never"].casefold()
    for entry in record["spelling"]:
        assert same_key(entry["match"]["text"]) == entry["match"]["name"]
        assert same_key(entry["never"]) == entry["never"].casefold()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("barnaby", "bamaby", True),
        ("ellerford police", "e1lerford police", True),
        ("ellerford police", "ellerford police", False),
        ("brackenby council", "brackenhy council", True),
        ("carla", "carlo", False),
        ("section 28 group", "section 29 group", False),
    ],
)
def test_look_alikes(one: str, other: str, alike: bool) -> None:
    assert look_alike(one, other) is alike
    assert look_alike(other, one) is alike


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Office for Calm (OfC) said", True),
        ("OfC (the Office for Calm) said", True),
        ("the Office\nfor Calm ( OfC ) said", True),
        ("the Office for Calm’s (OfC) rules", True),
        ("the Office for Calm, not OfC", False),
        ("the Office for Calm (OfCom)", False),
    ],
)
def test_expansions(text: str, found: bool) -> None:
    assert stands_expanded(text, "the Office for Calm", "OfC") is found


def test_initials() -> None:
    assert initials_of("Office for Calm") == {"ofc", "oc"}
    assert initials_of("Tidewatch") == set()
