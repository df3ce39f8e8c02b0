"""Pages of organisations and speakers: rates over time, who speaks, who is quoted beside."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from newsmine.errors import QueryError
from newsmine.index import Index, create_index, open_index
from newsmine.types import Claim, Extraction
from tests.factories import make_extraction, make_speaker, span_of
from tests.web.conftest import article

HOSTILE = "<script>alert('1')</script> & \"Sons\""


def paper(outlet: str, year: str, org: str, *, by: str = "Bo Lee", **fields: Any) -> Extraction:
    """An article in which somebody speaks for an organisation and gives its figure."""
    text = f"{outlet}, {year}. “We count,” said {by} of {org}, which had 22,724 calls."
    speaker = make_speaker(by, organisation=org, role=fields.pop("role", None))
    claim = Claim(
        "c1", span_of(text, "22,724"), "count", Fraction(22724), counted="calls", speaker=speaker
    )
    given = {"path": f"{outlet}-{year}.txt", "outlet": outlet, "published": year, **fields}
    return make_extraction(text, quotes=[("“We count,”", speaker)], claims=[claim], **given)


def silent(outlet: str, year: str, **fields: Any) -> Extraction:
    text = f"{outlet}, {year}. Nobody said a word."
    return make_extraction(text, path=f"{outlet}-{year}.txt", published=year, **fields)


@pytest.fixture
def more(path: Path) -> Path:
    """Beside the small article: Bo Lee in two papers and roles, Pollmark, a badly scanned year."""
    with create_index(path) as index:
        index.add(paper("Courier", "2019-02-01", "Hearthlight", role="director"))
        index.add(paper("Beacon", "2020-03-01", "Hearthlight", role="chair"))
        index.add(paper("Comet", "2020-04-01", "Pollmark", by="Di Roe"))
        index.add(silent("Dispatch", "2019", flags=("low quality",)))
        index.add(silent("Echo", "2019-07"))
    return path


@pytest.fixture
def index(more: Path) -> Index:
    return open_index(more)


@pytest.fixture
def pages(more: Path, client: TestClient) -> TestClient:
    return client


def json_of(client: TestClient, path: str, **params: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(path, params={**params, "format": "json"}).json()
    return found


def test_a_speaker_has_roles_and_organisations_with_dates(index: Index) -> None:
    bo = index.speaker_profile("Bo Lee")
    assert (bo.names, bo.types, bo.quotes, bo.figure_count) == (("Bo Lee",), ("person",), 2, 2)
    assert {(r.name, r.first) for r in bo.roles} == {
        ("director", "2019-02-01"),
        ("chair", "2020-03-01"),
    }
    (only,) = bo.organisations
    assert (only.name, only.quotes, only.first, only.last) == (
        *("Hearthlight", 2),
        *("2019-02-01", "2020-03-01"),
    )
    years = [(y.year, y.quotes, y.quoting, y.articles) for y in bo.years]
    assert years == [("2018", 0, 0, 1), ("2019", 1, 1, 3), ("2020", 1, 1, 2)]
    assert [row["published"] for row in bo.newest] == ["2020-03-01", "2019-02-01"]
    assert dict(bo.outlets) == {"Courier": 1, "Beacon": 1}


def test_an_unknown_speaker_is_told_with_who_may_be_meant(index: Index) -> None:
    with pytest.raises(QueryError, match="Did you mean 'Bo Lee'"):
        index.speaker_profile("Bo Leee")
    with pytest.raises(QueryError, match="is no speaker"):
        index.speaker_profile("Zzzz")


def test_beside_counts_articles_and_not_itself(index: Index) -> None:
    assert index.beside("Hearthlight") == (("Office for Calm", 1),)
    assert index.beside("Pollmark") == ()


def test_a_figure_is_repeated_by_whoever_says_it(index: Index) -> None:
    (one,) = index.repeated("Hearthlight")
    assert one.figure["article"].startswith("Courier")
    assert [row["organisation"] for row in one.prints] == ["Hearthlight", "Pollmark"]
    assert index.repeated("Office for Calm") == ()


def test_poor_years_and_everybody(index: Index) -> None:
    assert index.poor_years() == {"2019": 1}
    found = index.everybody("org")
    assert (found.total, [(e.name, e.quotes, e.figures) for e in found.entries]) == (
        3,
        [("Hearthlight", 3, 2), ("Pollmark", 1, 1), ("Office for Calm", 1, 0)],
    )
    assert [e.name for e in index.everybody("org", "offi").entries] == ["Office for Calm"]
    assert [e.name for e in index.everybody("speaker", sort="name", limit=2, offset=1).entries] == [
        "Bo Lee",
        "Di Roe",
    ]
    assert index.everybody("org", "--").total == 0
    with pytest.raises(QueryError, match="Did you mean quotes"):
        index.everybody("org", sort="quote")


def test_the_page_of_an_organisation(pages: TestClient) -> None:
    page = pages.get("/organisation", params={"name": "Hearthlight"}).text
    assert '<a href="/speaker?name=Bo+Lee">Bo Lee</a>' in page
    assert 'src="/organisation/years.svg?name=Hearthlight"' in page
    assert 'href="/organisation?name=Office+for+Calm"' in page
    assert "Its figures that others repeat" in page
    values = json_of(pages, "/organisation", name="Hearthlight")
    assert f'href="{values["search"]}"' in page
    found = pages.get(values["search"] + "&format=json").json()
    assert found["total"] == values["quotes"] > 0
    assert page.count("<table") == page.count("<caption")


def test_rates_are_of_the_articles_and_poor_years_say_so(pages: TestClient) -> None:
    years = json_of(pages, "/organisation", name="Hearthlight")["years"]
    assert [(y["year"], y["articles"], y["rate"], y["is_poor"]) for y in years] == [
        ("2018", 1, 100.0, False),
        ("2019", 3, 33.3, True),
        ("2020", 2, 50.0, False),
    ]
    page = pages.get("/organisation", params={"name": "Hearthlight"}).text
    assert page.count('<tr class="poor">') == 1


def test_the_page_of_a_speaker(pages: TestClient) -> None:
    page = pages.get("/speaker", params={"name": "Bo Lee"}).text
    assert "director" in page
    assert '<a href="/organisation?name=Hearthlight">Hearthlight</a>' in page
    assert "All 2 quotes" in page


def test_json_is_what_the_page_shows(pages: TestClient) -> None:
    for path, name in (("/organisation", "Hearthlight"), ("/speaker", "Bo Lee")):
        found = json_of(pages, path, name=name)
        page = pages.get(path, params={"name": name}).text
        assert found["quotes"] == len(found["newest"])
        for row in (*found["newest"], *found["figures"]):
            assert row["url"] in page
        for year in found["years"]:
            assert f'<td class="count">{year["rate"]}</td>' in page


def test_lists_are_sorted_filtered_and_lead_to_pages(pages: TestClient) -> None:
    found = json_of(pages, "/organisations", sort="name")
    assert [one["name"] for one in found["entries"]] == [
        "Hearthlight",
        "Office for Calm",
        "Pollmark",
    ]
    for one in found["entries"]:
        assert pages.get(one["url"]).status_code == 200
    page = pages.get("/speakers", params={"q": "lee", "page": "x"}).text
    assert "2 speakers" in page
    assert "Di Roe" not in page
    assert pages.get("/speakers?sort=age").status_code == 400


@pytest.mark.parametrize("page", ["/organisation", "/speaker", "/organisation/years.svg"])
@pytest.mark.parametrize("name", ["", "!!!", "harthlight qq", HOSTILE, "x" * 10_000, "a\0b", '"'])
def test_nobody_of_that_name(client: TestClient, page: str, name: str) -> None:
    answer = client.get(page, params={"name": name})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert len(answer.content) < 5_000


def test_a_near_name_is_offered(client: TestClient) -> None:
    page = client.get("/organisation", params={"name": "harthlight"}).text
    assert "Did you mean &#39;Hearthlight&#39;" in page
    assert 'href="/organisations"' in page


def test_hostile_names_are_text(path: Path, client: TestClient) -> None:
    with create_index(path) as index:
        index.add(paper("Courier", "2019", HOSTILE, by=HOSTILE + "x", role=HOSTILE))
    for page in ("/organisations", "/speakers"):
        assert "<script>alert" not in client.get(page).text
        assert HOSTILE[:8] in str(json_of(client, page)["entries"])
    for page, name in (("/organisation", HOSTILE), ("/speaker", HOSTILE + "x")):
        answer = client.get(page, params={"name": name})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert" in answer.text


def test_a_name_that_is_only_in_figures_has_a_page(path: Path, client: TestClient) -> None:
    text = "Bleakhouse had 310 calls."
    speaker = make_speaker("Bleakhouse", type="organisation", organisation="Bleakhouse")
    claim = Claim("c1", span_of(text, "310"), "count", Fraction(310), speaker=speaker)
    with create_index(path) as index:
        index.add(make_extraction(text, path="b.txt", claims=[claim]))
    for page in ("/organisation", "/speaker"):
        answer = client.get(page, params={"name": "Bleakhouse"})
        assert (answer.status_code, "310" in answer.text) == (200, True)


def test_an_index_without_dates_has_a_table_and_no_plot(path: Path, client: TestClient) -> None:
    with create_index(path) as index:
        for entry in list(index.articles()):
            index.remove(entry.id)
        index.add(article(published=None))
    found = json_of(client, "/organisation", name="Hearthlight")
    assert (found["plot"], [year["year"] for year in found["years"]]) == (None, [None])
    assert "undated" in client.get("/organisation", params={"name": "Hearthlight"}).text
