"""What a search says beside its rows: variants, suggestions, context, counts, a profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.errors import QueryError
from newsmine.index import Index, create_index
from newsmine.index.suggestions import alike
from newsmine.index.variants import variants_of
from tests.factories import make_extraction, make_speaker

SCANNED = (
    "“Verification works, and verification is cheap,” said Ann Lee.\n\n"
    "“Venfication is what they printed,” said Ann Lee.\n\n"
    "“The age of the ago is verifiable,” said Ann Lee."
)
REST = "“Nobody counts the rest,”"


@pytest.fixture
def scanned(index: Index) -> Index:
    speaker = make_speaker("Ann Lee", organisation="Hearthlight", role="director")
    quotes = [(part.partition(",” ")[0] + ",”", speaker) for part in SCANNED.split("\n\n")[:2]]
    quotes.append((SCANNED.split("\n\n")[2].partition("” ")[0] + "”", speaker))
    index.add(make_extraction(SCANNED, path="scan.txt", published="2018-06", quotes=quotes))
    return index


@pytest.mark.parametrize(
    ("line", "also", "total"),
    [
        # Misread: "ri" as "n". Typed as printed, and typed as read.
        ("verification~", {"venfication"}, 3),
        ("venfication~", {"verification"}, 3),
        # A lost letter.
        ("verfication~", {"verification", "venfication"}, 3),
        # An inflection is found anyway, and is no variant; that of a variant is shown as it stands.
        ("verifications~", {"venfication"}, 3),
        # Two places are too many, and short words have too many neighbours.
        ("venficaton~", {"venfication"}, 1),
        ("agc~", set(), 0),
    ],
)
def test_variants(scanned: Index, line: str, also: set[str], total: int) -> None:
    found = scanned.search(line)
    assert {v.word for v in found.variants[line[:-1]]} == also
    assert found.total == total


def test_variants_are_counted_and_excluded_like_the_word(scanned: Index) -> None:
    variant, _ = scanned.search("verfication~").variants["verfication"]
    assert (variant.word, variant.count) == ("verification", 2)
    assert scanned.search("-verification~").total == scanned.search("").total - 3
    assert scanned.search("about:verfication~").total == 5


def test_a_stem_is_no_word(scanned: Index) -> None:
    """Of "verifieation", which is not there, the stemmer leaves the stem of "verifiable"."""
    assert scanned.search("verifieation").total == 2
    assert "verifiable" not in {
        v.word for v in scanned.search("verification~").variants["verification"]
    }


def test_a_known_word_is_no_misread_form_of_another(scanned: Index) -> None:
    scanned.add(
        make_extraction("“There is a house.”", path="h.txt", quotes=[("“There is a house.”", None)])
    )
    database = scanned._database
    assert variants_of(database, "quote_words", "horse") == ()
    assert [v.word for v in variants_of(database, "quote_words", "honse")] == ["house"]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("org:harthlight", ("Hearthlight",)),
        ("org:calm,harthlight nobody", ()),
        ("speaker:Anne", ("Ann Lee",)),
        ("speaker:'An Lee'", ("Ann Lee",)),
        ("outlet:lanten", ("The Daily Lantern",)),
        ("org:zzzzzz", ()),
        ("dutv", ("duty",)),
        ('"dutv of care"', ("duty",)),
        ("-org:harthlight kind:mixed", ()),
        ("org:hearthlight kind:mixed", ()),
    ],
)
def test_did_you_mean(index: Index, line: str, offered: tuple[str, ...]) -> None:
    found = index.search(line.replace("'", '"'))
    assert found.total == 0 or "calm" in line
    names = [name for one in found.suggestions for name in one.offered]
    assert tuple(names) == offered


def test_names_alike_as_a_whole_or_in_part() -> None:
    names = ["Internet Harm Office", "Tony Stower", "Stowers and Sons", "Tom Stone"]
    assert alike("stowr", names)[:2] == ("Tony Stower", "Stowers and Sons")
    assert alike("internet ham office", names) == ("Internet Harm Office",)
    assert alike("x", names) == ()
    assert alike("…", []) == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("org:nspcx duty", "No quotes: none in the index has org 'nspcx'. Without org: 2."),
        (
            "org:hearthlight -kind:direct",
            "No quotes pass all filters together; each alone passes: org 'hearthlight' 2, "
            "-kind 'direct' 2. Without org: 2, without -kind: 2.",
        ),
        ("claim:>5000", "No claims: none in the index has claim '>5000'. Without claim: 2."),
        ("duty", "2 quotes pass all filters."),
    ],
)
def test_what_emptied_it(index: Index, line: str, said: str) -> None:
    assert str(index.search(line).emptied) == said


def test_context(scanned: Index) -> None:
    lines = list(scanned.search("verification speaker:ann").in_context())
    assert [(line.left, line.hit, line.right) for line in lines] == [
        ("“", "Verification", " works, and verification is cheap,”"),
        ("“Verification works, and ", "verification", " is cheap,”"),
    ]
    assert all(line.left + line.hit + line.right == line.row["quote"] for line in lines)
    (phrase,) = scanned.search('"counts the rest"').in_context()
    assert (phrase.hit, phrase.row["quote"]) == ("counts the rest", REST)
    assert [line.hit for line in scanned.search("count* rest").in_context()] == ["counts", "rest"]


def test_context_of_figures(index: Index) -> None:
    lines = list(index.search("reports form:count").in_context())
    assert [line.hit for line in lines] == ["reports"]


def test_context_needs_a_word(index: Index) -> None:
    for line in ("", "org:hearthlight", "-duty", "about:duty"):
        with pytest.raises(QueryError, match="no word"):
            index.search(line).in_context()


def test_context_takes_no_mark_from_the_text(index: Index) -> None:
    text = "“<b>duty</b> {}<duty> \x01duty\x02”"
    index.add(make_extraction(text, path="marks.txt", quotes=[(text, None)]))
    lines = [line for line in index.search("duty").in_context() if "<b>" in line.row["quote"]]
    assert [line.hit for line in lines] == ["duty"] * 3
    assert lines[0].left == "“<b>"


def test_who(index: Index) -> None:
    rows = index.who("duty")
    assert rows.columns == ("organisation", "year", "quotes")
    assert [tuple(row.values()) for row in rows] == [
        ("Hearthlight", "2019", 1),
        ("the Office for Calm", "2018", 1),
    ]
    people = index.who("", by=["speaker"])
    assert [tuple(row.values()) for row in people] == [
        ("Ann Lee", 1),
        ("Bo Lee", 1),
        ("Café Metal", 1),
        ("the Office for Calm", 1),
        (None, 1),
    ]
    figures = index.who("claim:>0", by=["form", "outlet"])
    assert next(figures) == {
        "form": "change_relative",
        "outlet": "The Daily Lantern",
        "claims": 1,
    }
    assert list(index.who("nothing")) == []


@pytest.mark.parametrize(
    ("line", "by", "word"),
    [
        ("duty", ["orgs"], "Did you mean org?"),
        ("duty", ["form"], "nothing to count quotes by"),
        ("claim:>1", ["kind"], "nothing to count claims by"),
        ("duty", ["org; DROP TABLE articles"], "Take some of"),
        ("duty", [], "nothing to count"),
    ],
)
def test_who_without_sense(index: Index, line: str, by: list[str], word: str) -> None:
    with pytest.raises(QueryError) as caught:
        index.who(line, by=by)
    assert word in str(caught.value)


def test_profile(scanned: Index) -> None:
    found = scanned.profile("hearthlight")
    assert found.names == ("Hearthlight",)
    assert found.quotes == 5
    ann, bo = found.speakers
    assert (ann.name, ann.role, ann.quotes) == ("Ann Lee", "director", 4)
    assert (ann.first, ann.last) == ("2018-05-03", "2018-06")
    assert (bo.name, bo.role, bo.quotes) == ("Bo Lee", None, 1)
    years = [(y.year, y.quotes, y.quoting, y.articles) for y in found.years]
    assert years == [("2018", 4, 2, 2), ("2019", 1, 1, 1), (None, 0, 0, 1)]
    assert dict(found.outlets) == {None: 3, "The Daily Lantern": 1, "Courier": 1}
    assert (found.figure_count, [row["text"] for row in found.figures]) == (1, ["20 per cent"])


def test_profile_of_nobody(index: Index) -> None:
    with pytest.raises(QueryError, match="Did you mean 'Hearthlight'"):
        index.profile("harthlight")
    with pytest.raises(QueryError, match="newsmine who"):
        index.profile("zzzzz")


def test_an_index_without_rows(path: Path) -> None:
    with create_index(path) as index:
        found = index.search("duty org:iwf")
        assert (found.rows, found.total, found.suggestions) == ((), 0, ())
        assert "holds no quotes" in str(found.emptied)
        assert [facet.counts for facet in found.facets.facets] == [()] * 6
        assert list(index.who("")) == []


def test_names_to_choose_from(scanned: Index) -> None:
    assert scanned.names("org", "hearth") == ("Hearthlight",)
    assert scanned.names("speaker", "ann l") == ("Ann Lee",) == scanned.names("speaker", "lee")[1:]
    # Not in the middle of a word, not of other fields, not of what has no letter.
    assert not (
        scanned.names("org", "light") + scanned.names("kind", "a") + scanned.names("org", '"')
    )
    assert scanned.names("org", "hearth", limit=0) == ()


def test_a_whole_name_is_not_part_of_another(path: Path) -> None:
    names = ("Government", "Welsh Government", "the government")
    with create_index(path) as index:
        for n, name in enumerate(names):
            speaker = make_speaker(f"Di Lee {n}", organisation=name)
            made = make_extraction(
                path=f"{n}.txt", outlet=f"{name} Gazette", quotes=[(REST, speaker)]
            )
            index.add(made)
        for line, total in {
            "org:government": 3,
            'org:="Government"': 1,
            "org:=government": 1,
            'org:="the Government"': 1,
            '-org:="Government"': 2,
            'org:="Gov"': 0,
            'org:="Welsh Government",="Government"': 2,
            'speaker:="Di Lee"': 0,
            'speaker:="di lee 1"': 1,
            'outlet:="Government Gazette"': 1,
            "outlet:government": 3,
        }.items():
            found = index.search(line)
            assert found.total == total, line
            assert index.search(str(found.query)).total == total, line
        assert index.count("quotes", org="=Welsh Government") == 1
        assert index.profile("=Government").names == ("Government",)
        assert index.beside("=Government") == ()


def test_only_names_can_be_wanted_whole(scanned: Index) -> None:
    with pytest.raises(QueryError, match="letter nor a digit"):
        scanned.search('role:="director"')
    # A lone sign is no name.
    for line in ("org:=", 'org:=""', 'org:="…"'):
        with pytest.raises(QueryError):
            scanned.search(line)
