"""The query line: what is read, what is refused and how, and that it can be written out again."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsmine.errors import QueryError
from newsmine.index import parse_query
from newsmine.index.query_fields import FIELDS


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("", ""),
        ("  encryption  ", "encryption"),
        ("age checks", "age checks"),
        ('"age checks"', '"age checks"'),
        ('said "age checks"', '"age checks"'),
        ('said:"age checks"', '"age checks"'),
        ("“age   checks”", '"age checks"'),
        ("said nothing", '"said" nothing'),
        ('-said "age checks"', '-"age checks"'),
        ("verif* verfication~", "verif* verfication~"),
        ("duty-of-care", '"duty-of-care"'),
        ("10:30 10,000", '"10:30" "10,000"'),
        ("Marks & Spencer, …", "Marks Spencer"),
        ('grooming,"age checks"', 'said:grooming,"age checks"'),
        ("grooming, abuse", "grooming abuse"),
        ('near("duty care",5)', 'near("duty care",5)'),
        ("NEAR (duty care)", 'near("duty care",10)'),
        ('near("duty of" care , 3)', 'near("duty of" "care",3)'),
        ("about:encrypt*,phones", "about:encrypt*,phones"),
        ("ORG:Ofcom", "org:Ofcom"),
        ('org:ncmec,iwf, "Marks, Spencer"', 'org:ncmec,iwf,"Marks, Spencer"'),
        ("org:iwf,iwf", "org:iwf"),
        ('-speaker:"Jane Doe"', '-speaker:"Jane Doe"'),
        ("−kind:Direct –type:person", "-kind:direct -type:person"),
        ("form:change-relative", "form:change_relative"),
        ("year:2019,2021..2023,..1999", "year:2019,2021..2023,..1999"),
        ("since:2018-05 until:2018", "since:2018-05 until:2018"),
        ("claim:>100000", "claim:>100000"),
        ("claim:>=2.5m", "claim:2500000.."),
        ("claim:<5,>10", "claim:<5,>10"),
        ("claim:5..10 claim:25", "claim:5..10 claim:25"),
        ("claim:0.05..1bn", "claim:0.05..1000000000"),
        ("claim:-5..5k", "claim:-5..5000"),
        ("unit:£ unit:%", 'unit:GBP unit:"per cent"'),
        ("confidence:>0.80", "confidence:>0.8"),
        ('role:"head of policy"', 'role:"head of policy"'),
    ],
)
def test_what_is_read(line: str, written: str) -> None:
    parsed = parse_query(line)
    assert str(parsed) == written
    assert parse_query(written) == parsed


def test_any_of_is_not_all_of() -> None:
    """In a value the comma; several items must all hold."""
    assert len(parse_query("org:iwf,ncmec").items) == 1
    assert len(parse_query("org:iwf org:ncmec").items) == 2
    assert parse_query("org:iwf,ncmec") != parse_query('org:"iwf,ncmec"')


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("children org:iwf", "quotes"),
        ("children claim:>5", "claims"),
        ("-unit:£", "claims"),
        ("counted:reports", "claims"),
        ('"claim" said "form"', "quotes"),
    ],
)
def test_fields_about_claims_turn_it_to_figures(line: str, what: str) -> None:
    assert parse_query(line).what == what


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ("phones orgg:iwf", "'orgg:' at character 8", "Did you mean org:?"),
        ("organisation:iwf", "'organisation:' at character 1", "Did you mean org:?"),
        ("http://example.org", "'http:' at character 1", "quotation marks"),
        ("kind:dirct", "'kind:dirct'", "Did you mean direct?"),
        ("type:persn", "'type:persn'", "Did you mean person?"),
        ("form:sahre", "'form:sahre'", "Did you mean share?"),
        ("form:zzz", "'form:zzz'", "Take one of count, money"),
        ('phones "age checks', "'\"age checks' at character 8", "Close it"),
        ('org:"Ofcom', "'\"Ofcom' at character 5", "Close it"),
        ("org:", "'org:'", "as in org:ofcom"),
        ("org: iwf", "'org:'", "as in org:ofcom"),
        ("org:iwf,", "'org:iwf,'", "as in org:ofcom"),
        ('org:""', "'org:\"\"'", "Give a name"),
        ("org:iw*", "'org:iw*'", "Leave it out"),
        ("year:19", "'year:19'", "year:2019"),
        ("year:2019-05", "'year:2019-05'", "since:2019-05"),
        ("year:..", "'year:..'", "year:2019"),
        ("year:2023..2019", "'year:2023..2019'", "2019..2023"),
        ("since:May", "'since:May'", "2018-05"),
        ("since:2018-02-30", "'since:2018-02-30'", "2018-05"),
        ("since:2018,2019", "'since:2018,2019'", "Give one"),
        ("since:2019 until:2018", "since:2019", "Swap"),
        ("claim:", "'claim:'", "claim:>100000"),
        ("claim:many", "'claim:many'", "digits"),
        ("claim:..", "'claim:..'", "claim:>100000"),
        ("claim:>100,000", "'claim:>100'", "Write 100000"),
        ("claim:25%", "'claim:25%'", "25 form:share"),
        ("claim:£25", "'claim:£25'", "25 unit:£"),
        ("claim:10..5", "'claim:10..5'", "5..10"),
        ("confidence:>80", "'confidence:>80'", "0 to 1"),
        ("claim:5 kind:direct", "claim: and for quotes by kind:", "Leave out"),
        ("-counted:x confidence:>0.5", "counted: and for quotes by confidence:", "Leave out"),
        ("phones - checks", "'-' at character 8", "right before"),
        ("--phones", "'-'", "one -"),
        ("said:*", "'said:*'", "Give a word"),
        ("ver*fy", "'ver*fy'", "verif*"),
        ("*verify", "'*verify'", "verif*"),
        ("about:~", "'about:~'", "Give a word"),
        ('"…"', "'\"…\"'", "Give a word"),
        ('near("duty")', "'near(\"duty\"'", 'near("duty care",5)'),
        ('near("duty care", many)', "near(", 'near("duty care",5)'),
        ('near("duty care",5', "near(", 'near("duty care",5)'),
        ('near("duty care",5000)', "near(", "1,000"),
        ("near(dut* care)", "near(", 'near("duty care",5)'),
        ("word " * 51, "query", "fewer"),
        ("org:x " * 101, "query", "fewer"),
        ("x" * 1_000_000, "query", "few words"),
    ],
)
def test_a_mistake_is_named_with_its_place(line: str, place: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(line)
    assert place in f"{caught.value.thing} {caught.value.reason}"
    assert hint in caught.value.remedy
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_each_field_is_right(name: str) -> None:
    parsed = parse_query(FIELDS[name].example)
    assert len(parsed.items) == 1
    assert parse_query(str(parsed)) == parsed


@pytest.mark.parametrize("separator", [",", ", ", " ,"])
def test_a_greater_number_first_is_any_of(separator: str) -> None:
    assert str(parse_query(f"claim:100{separator}5")) == "claim:100,5"


PIECES = [
    *("org", "ORG", "said", "near(", "about", "claim", "year", "since", "kind", "x.y", "duty", "é"),
    *(":", ":", '"', '"', "“", ",", ", ", "-", "−", "*", "~", "(", ")", "..", ">", ">=", "<", " "),
    *(
        "direct",
        "5",
        "10",
        "2019",
        "0.5",
        "2m",
        "100,000",
        "\0",
        "\n",
        "\u2028",
        "\ud800",
        "’",
        "%",
    ),
]


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
        st.lists(st.sampled_from([f.example for f in FIELDS.values()] + PIECES)).map(" ".join),
    )
)
@example('said:said,"near"')
@example('near("a" "b c",0)')
def test_what_is_written_out_reads_the_same(line: str) -> None:
    try:
        parsed = parse_query(line)
    except QueryError:
        return
    assert parse_query(str(parsed)) == parsed
    assert str(parse_query(str(parsed))) == str(parsed)
