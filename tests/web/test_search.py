"""The search page: what a line finds, how it is narrowed, what a mistake says."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.index import create_index
from tests.factories import make_speaker
from tests.web.conftest import article


def test_home(client: TestClient) -> None:
    page = client.get("/").text
    assert "2 quotes and 1 figures out of 1 articles" in page
    assert 'href="/organisation?name=Hearthlight"' in page


def test_hits_are_marked_and_lead_to_their_place(client: TestClient) -> None:
    page = client.get("/search", params={"q": "nobody"}).text
    assert "“<mark>Nobody</mark> counts the rest,”" in page
    (url,) = re.findall(r'<blockquote><a href="([^"]+)"', page)
    ident, _, anchor = url.partition("#")
    assert f'id="{anchor}"' in client.get(ident).text


def test_json_has_what_the_page_shows(client: TestClient) -> None:
    found = client.get("/search", params={"q": "org:hearthlight", "format": "json"}).json()
    assert found["total"] == 1
    assert found["rows"][0]["speaker"] == "Ann Lee"
    asked = client.get("/search?q=org:hearthlight", headers={"accept": "application/json"})
    assert asked.json() == found


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("orgg:x", "Did you mean org:?"),
        ('"open', "not closed"),
        ("claim:>1 kind:direct", "Leave out"),
    ],
)
def test_a_mistake_is_told_and_kept(client: TestClient, query: str, says: str) -> None:
    answer = client.get("/search", params={"q": query})
    assert answer.status_code == 400
    assert says in answer.text
    assert f'value="{query.replace(chr(34), "&#34;").replace(">", "&gt;")}"' in answer.text


@pytest.mark.parametrize("extra", ["page=0", "page=x", "page=99999", "sort=size"])
def test_addresses_without_sense(client: TestClient, extra: str) -> None:
    assert client.get(f"/search?q=&{extra}").status_code == 400


def test_nothing_found_says_why(client: TestClient) -> None:
    page = client.get("/search", params={"q": "org:hearthlite nobody"}).text
    assert "0 quotes" in page
    assert "did you mean &#39;Hearthlight&#39;" in page


def test_each_facet_narrows_to_its_count(client: TestClient) -> None:
    found = client.get("/search?format=json").json()
    links = [v for facet in found["facets"] for v in facet["values"] if v["url"]]
    assert {v["value"] for v in links} >= {"Hearthlight", "Ann Lee", "Daily Lantern", "2018"}
    for value in links:
        assert client.get(value["url"] + "&format=json").json()["total"] == value["count"]


def test_parts_of_a_line_can_be_left_out(client: TestClient) -> None:
    found = client.get("/search?q=org:hearthlight+nobody&format=json").json()
    queries = [parse_qs(urlsplit(chip["without"]).query)["q"] for chip in found["chips"]]
    assert queries == [["nobody"], ["org:hearthlight"]]


def test_pages(app: Starlette, client: TestClient) -> None:
    with create_index(app.state.library.path) as index:
        for n in range(25):
            index.add(article(path=f"more-{n}.txt", id=f"more-{n}"))
    first = client.get("/search").text
    assert "52 quotes" in first
    assert "Page 1 of 3" in first
    assert 'start="41"' in client.get("/search?page=3").text
    assert "Next" not in client.get("/search?page=3").text


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("org:hea", 'org:"Hearthlight" '),
        ('duty -speaker:"an', 'duty -speaker:"Ann Lee" '),
        ("ki", "kind:"),
    ],
)
def test_completion(client: TestClient, typed: str, option: str) -> None:
    found = client.get("/complete", params={"q": typed, "format": "json"}).json()
    assert option in found["options"]
    assert client.get("/search", params={"q": option.strip(": ")}).status_code == 200
    asked = client.get("/complete", params={"q": typed}, headers={"hx-request": "true"}).text
    assert asked.startswith("<option")
    assert "<html" not in asked


def test_nothing_to_complete(client: TestClient) -> None:
    for typed in ("", " ", "org:zzz", "kind:di", '"'):
        assert (
            client.get("/complete", params={"q": typed, "format": "json"}).json()["options"] == []
        )


def test_a_facet_of_a_name_within_others_narrows_to_its_count(
    app: Starlette, client: TestClient
) -> None:
    """Neither the search nor the page of the government takes in every government."""
    with create_index(app.state.library.path) as index:
        for n, name in enumerate(("Government", "Welsh Government")):
            quotes = [("“Nobody counts the rest,”", make_speaker(f"Di {n}", organisation=name))]
            index.add(article(path=f"g{n}.txt", id=f"g{n}", quotes=quotes))
    found = client.get("/search?format=json").json()
    links = {v["value"]: v for facet in found["facets"] for v in facet["values"]}
    for name in ("Government", "Welsh Government"):
        assert client.get(links[name]["url"] + "&format=json").json()["total"] == 1
    page = client.get("/organisation?name=Government&format=json").json()
    assert (page["names"], page["quotes"]) == (["Government"], 1)
    assert client.get(page["search"] + "&format=json").json()["total"] == 1
    typed = client.get("/organisation?name=Welsh&format=json").json()
    assert typed["names"] == ["Welsh Government"]
