"""Saving a search on the page, opening it, deleting it; and who may see what."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.index import create_index
from tests.web.conftest import TEXT, article, secret_of

EVIL = '"><script>alert(1)</script>=1+1'


def keep(writer: TestClient, **fields: str) -> int:
    secret = secret_of(writer.get("/search?q=nobody").text)
    sent = {"secret": secret, "who": "Jo", "name": "nobody", "q": "nobody", "sort": "date"}
    return writer.post("/saved/new", data={**sent, **fields}).status_code


def listed(client: TestClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/saved?format=json").json()["searches"]
    return found


def test_save_open_delete(writer: TestClient) -> None:
    assert keep(writer, name="Who counts", why="for the paper") == 303
    (one,) = listed(writer)
    assert (one["name"], one["then"], one["now"], one["same_index"]) == ("Who counts", 1, 1, True)
    page = writer.get("/saved").text
    assert "for the paper" in page
    assert "1 quote" in writer.get(str(one["url"])).text
    form = {"secret": secret_of(page), "number": str(one["number"]), "who": "Jo"}
    assert writer.post("/saved/delete", data=form).status_code == 303
    assert listed(writer) == []


def test_a_deletion_is_undone_among_the_corrections(writer: TestClient) -> None:
    keep(writer)
    (one,) = listed(writer)
    secret = secret_of(writer.get("/saved").text)
    number = str(one["number"])
    writer.post("/saved/delete", data={"secret": secret, "number": number, "who": "Jo"})
    journal = writer.get("/corrections").text
    latest = re.findall(r'name="number" value="(\d+)"', journal)[0]
    assert writer.post("/undo", data={"secret": secret, "number": latest, "who": "Jo"}).is_redirect
    assert [found["name"] for found in listed(writer)] == ["nobody"]


def test_it_says_that_the_index_has_changed(writer: TestClient, app: Starlette) -> None:
    keep(writer)
    with create_index(app.state.library.path) as index:
        index.add(article(TEXT + "\n\nMore.", path="b.txt", id="b"))
    (one,) = listed(writer)
    assert (one["then"], one["now"], one["same_index"]) == (1, 2, False)
    assert "the index has changed" in writer.get("/saved").text


def test_who_only_reads_sees_them_and_changes_nothing(client: TestClient, app: Starlette) -> None:
    with create_index(app.state.library.path) as index:
        index.journal.record(
            "search.save",
            {"name": "nobody", "query": "nobody", "sort": "date"},
            {"index": "abc", "total": 7},
            who="Jo",
        )
    assert [one["then"] for one in listed(client)] == [7]
    page = client.get("/saved").text
    assert "Delete" not in page
    assert "/saved/new" not in client.get("/search?q=nobody").text
    for place in ("/saved/new", "/saved/delete"):
        form = {"name": "x", "q": "", "who": "Eve", "number": "1", "secret": ""}
        assert client.post(place, data=form).status_code == 403
    assert len(listed(client)) == 1


def test_a_forged_form_saves_nothing(writer: TestClient) -> None:
    form = {"name": "x", "q": "nobody", "who": "Eve", "secret": "0" * 64}
    assert writer.post("/saved/new", data=form).status_code == 403
    secret = secret_of(writer.get("/search").text)
    other = {"Origin": "http://evil.example"}
    sent = writer.post("/saved/new", data={**form, "secret": secret}, headers=other)
    assert sent.status_code == 403
    assert listed(writer) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"name": " "},
        {"name": "x" * 201},
        {"who": " "},
        {"q": 'org:"no end'},
        {"q": "colour:red"},
        {"sort": "dragon"},
        {"q": "x" * 3000},
    ],
)
def test_forms_without_sense(writer: TestClient, fields: dict[str, str]) -> None:
    assert keep(writer, **fields) == 400
    assert listed(writer) == []


def test_hostile_names_are_text(writer: TestClient) -> None:
    assert keep(writer, name=EVIL, q=f'"{EVIL[1:]}"', why=EVIL) == 303
    for place in ("/saved", "/corrections"):
        assert "<script>alert" not in writer.get(place).text
    assert listed(writer)[0]["name"] == EVIL


@pytest.mark.parametrize("number", ["", "x", "99", "-1", "9" * 300, "1; DROP TABLE journal"])
def test_numbers_that_are_none(writer: TestClient, number: str) -> None:
    keep(writer)
    form = {"secret": secret_of(writer.get("/saved").text), "who": "Jo", "number": number}
    assert writer.post("/saved/delete", data=form).status_code == 400
    assert len(listed(writer)) == 1


def test_a_line_that_cannot_be_read_any_more(client: TestClient, app: Starlette) -> None:
    with create_index(app.state.library.path) as index:
        index.journal.record(
            "search.save",
            {"name": "later", "query": "mood:angry", "sort": "date"},
            {"index": "abc", "total": 7},
            who="Jo",
        )
    (one,) = listed(client)
    assert one["now"] is None
    assert "mood" in str(one["problem"])


@pytest.mark.parametrize("query", ['speaker:"Ann Lee"', "speaker:lee", "ANN"])
def test_a_search_for_somebody_withheld_is_for_who_may_write(
    app: Starlette, writer: TestClient, query: str
) -> None:
    keep(writer, name="hers", q=query)
    keep(writer, name="other", q="hearthlight")
    with create_index(app.state.library.path) as index:
        index.withholding.name("Ann Lee", who="Jo")
    assert [one["name"] for one in listed(writer)] == ["hers", "other"]
    reader = TestClient(app, base_url="http://127.0.0.1:8765")
    assert [one["name"] for one in listed(reader)] == ["other"]
    assert "1 more name" in reader.get("/saved").text
