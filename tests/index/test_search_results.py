"""What a query line finds is what a plain loop over all rows finds, whichever way is taken."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.errors import QueryError
from newsmine.index import Index, create_index, parse_query, plan
from newsmine.index.plan import Plan
from newsmine.index.query_fields import Range, Text
from newsmine.index.query_line import Filter, QueryLine, Term, Words
from newsmine.types import Attribution, Claim, Speaker
from tests.factories import make_extraction

# No two of them, nor their beginnings, are one word to the stemmer.
WORDS = ("alpha", "beta", "gamma", "delta", "kappa", "sigma")
ORGANISATIONS = ("Hearthlight", "Hearthlight Trust", "Office for Calm", None)
SPEAKERS = ("Ann Lee", "Bo Lee", "Ann Marsh", None)
OUTLETS = ("Daily Lantern", "Courier", "Sunday Lantern", None)
DATES = ("2018-05-03", "2018-05", "2018", "2019-01-01", "2020-12-31", None)
ROLES = ("head of policy", "policy chief, north", "Chief", None)
KINDS = ("direct", "mixed", "indirect")
TYPES = ("person", "organisation", "group", "anonymous", "document")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    chance = random.Random(5)
    with create_index(tmp_path_factory.mktemp("archive") / "news.db") as index:
        for number in range(40):
            index.add(article(chance, number))
        yield index


def article(chance: random.Random, number: int) -> Any:
    quotes = [" ".join(chance.choices(WORDS, k=chance.randint(1, 7))) for _ in range(4)]
    figures = [chance.choice(("5", "25", "1000", "dozens")) for _ in range(2)]
    text = "\n\n".join(
        [chance.choice(WORDS), *quotes, *(f"{chance.choice(WORDS)} {f}" for f in figures)]
    )
    starts = list(itertools.accumulate(len(part) + 2 for part in text.split("\n\n")))
    attributions = [
        Attribution(
            f"a{n}",
            chance.choice(KINDS),  # type: ignore[arg-type]
            ((starts[n], starts[n] + len(quote)),),
            speaker=speaker(chance),
            confidence=chance.choice((0.0, 0.25, 0.5, 1.0)),
        )
        for n, quote in enumerate(quotes)
    ]
    claims = [claim(chance, n, figure, text, starts[4 + n]) for n, figure in enumerate(figures)]
    return make_extraction(
        text,
        path=f"{number}.txt",
        quotes=attributions,
        claims=claims,
        outlet=chance.choice(OUTLETS),
        published=chance.choice(DATES),
    )


def speaker(chance: random.Random) -> Speaker | None:
    if chance.random() < 0.1:
        return None
    return Speaker(
        chance.choice(SPEAKERS),
        chance.choice(TYPES),  # type: ignore[arg-type]
        chance.choice(ROLES),
        chance.choice(ORGANISATIONS),
    )


def claim(chance: random.Random, number: int, figure: str, text: str, start: int) -> Claim:
    start = text.index(figure, start)
    value = None if figure == "dozens" else Fraction(figure)
    return Claim(
        f"c{number}",
        (start, start + len(figure)),
        chance.choice(("count", "share")),  # type: ignore[arg-type]
        value,
        Fraction(24) if value is None else value,
        Fraction(99) if value is None else value,
        unit=chance.choice(("GBP", "per cent", "GBP a year", None)),
        counted=chance.choice((*WORDS[:3], None)),
        speaker=speaker(chance),
    )


def term(words: list[str], one: Term) -> bool:
    if one.match == "prefix":
        return any(word.startswith(one.texts[0]) for word in words)
    if one.match == "near":
        pairs = itertools.product(*([n for n, w in enumerate(words) if w == t] for t in one.texts))
        return any(0 < abs(i - j) <= one.between + 1 for i, j in pairs)
    phrase = one.texts[0].split()
    return any(words[n : n + len(phrase)] == phrase for n in range(len(words)))


def name(value: str | None, wanted: str) -> bool:
    return value is not None and f" {wanted} " in f" {value.lower().replace(',', '')} "


def dated(row: dict[str, Any], low: str | None, high: str | None) -> bool:
    """Whether any day that the date may be of lies between, both included."""
    date = row["published"]
    if date is None:
        return False
    first, last = date + "-01-01"[len(date) - 4 :], date + "-12-31"[len(date) - 4 :]
    low_day = "" if low is None else low + "-01-01"[len(low) - 4 :]
    high_day = "9999" if high is None else high + "-12-31"[len(high) - 4 :]
    return bool(first <= high_day and last >= low_day)


def number(low: float | None, high: float | None, value: Range) -> bool:
    fits = [
        bound is None
        or (mine is not None and (sign * mine > sign * bound or (value.closed and mine == bound)))
        for mine, bound, sign in ((low, value.low, 1), (high, value.high, -1))
    ]
    return all(fits)


def holds(row: dict[str, Any], field: str, value: Any) -> bool:
    match field:
        case "org" | "speaker" | "outlet" | "role" | "unit":
            column = "organisation" if field == "org" else field
            return name(row[column], value.text.lower())
        case "year":
            low, high = (None if b is None else str(b) for b in (value.low, value.high))
            return dated(row, low, high)
        case "since":
            return dated(row, value.text, None)
        case "until":
            return dated(row, None, value.text)
        case "confidence":
            return number(row["confidence"], row["confidence"], value)
        case "claim":
            low, high = (
                row["value"] if row["value"] is not None else row[b] for b in ("low", "high")
            )
            return number(low, high, value)
    return bool(row[field] == value.text)


def passes(row: dict[str, Any], item: Words | Filter) -> bool:
    if isinstance(item, Filter):
        found = any(holds(row, item.name, value) for value in item.values)
    else:
        text = row["all"] if item.about else row.get("quote", row.get("context"))
        found = any(term(text.split(), one) for one in item.terms)
    return found is not item.excluded


def plainly(index: Index, line: QueryLine) -> list[tuple[str, str]]:
    rows = index.iter_quotes() if line.what == "quotes" else index.iter_claims()
    texts = {entry.id: index.article(entry.id).text for entry in index.articles()}
    made = ({**row, "all": texts[row["article"]]} for row in rows)
    return [ident(row) for row in made if all(passes(row, item) for item in line.items)]


def ident(row: dict[str, Any]) -> tuple[str, str]:
    return row["article"], row.get("claim") or row["attribution"]


def values(*texts: str) -> st.SearchStrategy[tuple[Text, ...]]:
    some = st.lists(
        st.sampled_from([Text(text) for text in texts]), min_size=1, max_size=2, unique=True
    )
    return some.map(tuple)


def ranges(numbers: tuple[str, ...]) -> st.SearchStrategy[tuple[Range, ...]]:
    bounds = [None, *map(Fraction, numbers)]
    pairs = [
        (low, high)
        for low, high in itertools.product(bounds, bounds)
        if (low is not None or high is not None) and (low is None or high is None or low <= high)
    ]
    closed = [Range(*pair) for pair in pairs]
    opened = [Range(*pair, closed=False) for pair in pairs if None in pair]
    some = st.lists(st.sampled_from(closed + opened), min_size=1, max_size=2, unique=True)
    return some.map(tuple)


TERMS = st.one_of(
    st.sampled_from([Term((word,)) for word in WORDS]),
    st.sampled_from([Term((f"{a} {b}",)) for a, b in itertools.product(WORDS, WORDS)]),
    st.sampled_from([Term((word[:3],), "prefix") for word in WORDS]),
)
NEAR = st.builds(
    lambda pair, between: Term(pair, "near", between),
    st.sampled_from(list(itertools.permutations(WORDS, 2))),
    st.integers(0, 4),
)
LOOKED_FOR = st.one_of(
    st.builds(
        Words,
        st.lists(TERMS, min_size=1, max_size=3, unique=True).map(tuple),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(Words, NEAR.map(lambda one: (one,)), st.just(False), st.booleans()),
)
YEARS = ranges(("2018", "2019", "2021")).map(
    lambda some: tuple(dict.fromkeys(Range(one.low, one.high) for one in some))
)
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "org": values("hearthlight", "Hearthlight Trust", "calm", "light"),
    "speaker": values("lee", "Ann Lee", "marsh", "Lee Ann"),
    "outlet": values("lantern", "courier", "Sunday"),
    "role": values("policy", "head of policy", "policy chief north", "chiefs"),
    "type": values(*TYPES),
    "year": YEARS,
    "since": st.sampled_from([(Text(date),) for date in ("2018", "2018-05-04", "2019-01")]),
    "until": st.sampled_from([(Text(date),) for date in ("2018-05-02", "2020", "2020-12-30")]),
}
OF_QUOTES = {"kind": values(*KINDS), "confidence": ranges(("0.25", "0.5"))}
OF_CLAIMS = {
    "claim": ranges(("5", "24", "25", "1000")),
    "unit": values("GBP", "per cent", "a year"),
    "form": values("count", "share"),
    "counted": values(*WORDS[:3]),
}


def lines(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[QueryLine]:
    filters = st.one_of(
        *(st.builds(Filter, st.just(name), some, st.booleans()) for name, some in fields.items())
    )
    items = st.lists(st.one_of(LOOKED_FOR, filters), max_size=4)
    return items.map(lambda some: QueryLine(tuple(some)))


LINES = st.one_of(lines(COMMON | OF_QUOTES), lines(COMMON | OF_CLAIMS))
WAYS = ("words", "newest", "probe", "org", "speaker", None)


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    line=LINES,
    way=st.sampled_from(WAYS),
    limit=st.sampled_from([None, 1, 3, 50]),
    counted=st.sampled_from([0, 10, plan.COUNTED]),
)
def test_as_a_plain_loop(
    archive: Index,
    monkeypatch: pytest.MonkeyPatch,
    line: QueryLine,
    way: str | None,
    limit: int | None,
    counted: int,
) -> None:
    """By whichever way through the tables, and whether hits are few or many: the same rows."""
    costs = Plan._costs

    def forced(self: Plan, most: int | None) -> dict[str, float]:
        known = costs(self, most)
        return {way: 0.0} if way in known and known[way] < float("inf") else known

    with monkeypatch.context() as patched:
        patched.setattr(Plan, "_costs", forced)
        patched.setattr(plan, "COUNTED", counted)
        try:
            found = archive.search(str(line), limit=limit)
        except QueryError as error:
            assert "is later than" in str(error)  # noqa: PT017
            return
        assert found.query == line
        expected = plainly(archive, line)
        assert [ident(row) for row in found.rows] == expected[:limit]
        assert found.total == len(expected)
        assert found.facets.counted == len(expected)
        assert found.facets.exact


@pytest.mark.parametrize("sort", ["outlet", "organisation", "speaker", "confidence"])
def test_other_orders_are_those_of_quotes(archive: Index, sort: str) -> None:
    found = [ident(row) for row in archive.search("alpha", sort=sort, limit=None).rows]
    assert found == [ident(row) for row in archive.iter_quotes(text="alpha", sort=sort)]
    assert found != [ident(row) for row in archive.search("alpha", limit=None).rows]


def test_rank(archive: Index) -> None:
    found = archive.search("alpha beta", sort="rank", limit=5)
    ranked = list(archive.iter_quotes(text="alpha beta", sort="rank", limit=5))
    assert list(found.rows) == ranked


def test_rows_are_those_of_quotes_and_claims(archive: Index) -> None:
    assert list(archive.search("", limit=None).rows) == list(archive.iter_quotes())
    assert list(archive.search("claim:0..", limit=None).rows) == list(archive.iter_claims())
    assert len(archive.search("").rows) == 20
    assert archive.search("").frame().columns.tolist() == list(archive.iter_quotes().columns)


@pytest.mark.parametrize(
    "line", ["", "alpha", "org:hearthlight", "alpha org:hearthlight", "claim:>4"]
)
@pytest.mark.parametrize("sort", ["date", "speaker"])
def test_pages_put_together_are_the_whole(archive: Index, line: str, sort: str) -> None:
    whole = archive.search(line, limit=None, sort=sort).rows
    size = len(whole) // 3 + 1
    pages = [archive.search(line, limit=size, sort=sort, offset=size * n).rows for n in range(4)]
    assert tuple(itertools.chain(*pages)) == whole
    assert pages[-1] == ()
    assert (
        archive.search(line, limit=None, offset=2).rows == archive.search(line, limit=None).rows[2:]
    )


@pytest.mark.parametrize("line", ["alpha", "al* -beta", "claim:>0 alpha"])
def test_hits_are_marked_in_their_text(archive: Index, line: str) -> None:
    found = list(archive.search(line, limit=None).marked())
    assert found
    for row, pieces in found:
        text = row["quote"] if "quote" in row else row["context"]
        assert "".join(piece for piece, _ in pieces) == text
        assert [piece for piece, hit in pieces if hit] == ["alpha"] * text.split().count("alpha")


def test_nothing_is_marked_where_no_word_is_looked_for(archive: Index) -> None:
    for row, pieces in archive.search("org:hearthlight", limit=3).marked():
        assert pieces == ((row["quote"], False),)


def test_facets(archive: Index) -> None:
    rows = list(archive.iter_quotes(text="alpha"))
    facets = archive.search("alpha").facets
    assert dict(facets["kind"].counts) == Counter(row["kind"] for row in rows)
    assert dict(facets["outlet"].counts) == Counter(row["outlet"] for row in rows)
    assert dict(facets["organisation"].counts) == Counter(row["organisation"] for row in rows)
    years = Counter(row["published"] and row["published"][:4] for row in rows)
    assert dict(facets["year"].counts) == years
    counts = [count for _, count in facets["kind"].counts]
    assert counts == sorted(counts, reverse=True)


def test_facets_of_too_many_are_of_the_newest(
    archive: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsmine.index import results

    monkeypatch.setattr(results, "FACETED", 10)
    monkeypatch.setattr(plan, "COUNTED", 5)
    found = archive.search("alpha", limit=None)
    assert found.total > 10
    assert (found.facets.exact, found.facets.counted) == (False, 10)
    newest = Counter(row["kind"] for row in found.rows[:10])
    assert dict(found.facets["kind"].counts) == newest


@pytest.mark.parametrize(
    ("options", "word"),
    [({"sort": "rank"}, "rank"), ({"sort": "dat"}, "Did you mean date"), ({"limit": 0}, "limit")],
)
def test_options_without_sense(archive: Index, options: dict[str, Any], word: str) -> None:
    with pytest.raises(QueryError, match=word):
        archive.search("-alpha", **options)


HOSTILE = [
    *("alpha' OR '1'='1", "'; DROP TABLE articles; --", 'alpha" OR beta', '"alpha" OR "beta"'),
    *("alpha NOT beta", "NEAR(alpha beta)", "{quote}", "^alpha", "alpha + beta", "a\0b", "alpha\0"),
    *("quote : alpha", "(alpha", "alpha)", "\ud800", "alpha*beta", "org:'x' OR 1=1", "rowid > 0"),
    *(
        'org:"%"',
        "org:_",
        "role:%",
        "role:'",
        "unit:''''",
        'counted:x"y',
        "outlet:x')--",
        "about:^a",
    ),
    *('said:"\' --"', 'near("\' OR",1)', "x" * 19_000, "é" * 9_000, "()" * 9_000, "-" * 50),
]


@pytest.mark.parametrize("line", HOSTILE)
def test_what_is_typed_is_never_a_command(archive: Index, line: str) -> None:
    try:
        found = archive.search(line)
    except QueryError:
        return
    assert found.total <= 40 * 4
    assert len(found.rows) == min(20, found.total)
    assert str(found.emptied)
    assert archive.count("quotes") == 160


def test_operators_are_words(archive: Index) -> None:
    """Were OR the operator, this would find a lot."""
    assert archive.search("alpha OR beta").total == 0
    assert archive.search("alpha NOT beta").total == 0
    assert archive.search("alpha beta").total > 0


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), st.sampled_from(["", "org:", "role:", "counted:", "about:", '"', "-"]))
def test_no_text_breaks_a_search(archive: Index, text: str, before: str) -> None:
    try:
        found = archive.search(before + text)
    except QueryError:
        return
    assert 0 <= found.total <= 160
    assert parse_query(str(found.query)) == found.query


def test_why_it_is_empty_counts_each_part_once(
    archive: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsmine.index import results

    found = archive.search('"alpha nothing" kind:direct')
    asked: list[str] = []

    class Counted(plan.Plan):
        def count(self) -> int:
            asked.append(str(self.line))
            return super().count()

    monkeypatch.setattr(results, "Plan", Counted)
    direct = archive.count("quotes", kind="direct")
    effects = [(f.name, f.alone, f.without) for f in found.emptied.filters]
    assert effects == [("said", 0, direct), ("kind", direct, 0)]
    assert found.suggestions == ()
    assert len(asked) == len(set(asked))


def test_pages_of_what_is_known_are_those_that_would_be_found(
    archive: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsmine.index import results

    monkeypatch.setattr(results, "FACETED", 10)
    monkeypatch.setattr(plan, "COUNTED", 5)
    first = archive.search("alpha", limit=3)
    assert not first.facets.exact
    for sort, offset in (("date", 0), ("date", 4), ("date", 9), ("date", 12), ("outlet", 4)):
        found = archive.search("alpha", limit=3, sort=sort, offset=offset)
        expected = archive.search("alpha", limit=3, sort=sort, offset=offset).rows
        found.newest = first.newest
        assert found.rows == expected
    assert len(first.newest) == 10
