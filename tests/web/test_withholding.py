"""Withholding a name on the page: a look at what would be hidden, the decision, the undo."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.index import create_index
from newsmine.index.withheld_preview import of_rule
from tests.factories import make_extraction, make_speaker
from tests.web.conftest import secret_of

CHILD = (
    "Court\n\nA man was jailed.\n\nThe court heard that Molly Reed, 13, had been sent messages. "
    "“She was brave,” said Bo Marsh."
)


@pytest.fixture(autouse=True)
def child(app: Starlette) -> None:
    """An article that names a child."""
    said = [("“She was brave,”", make_speaker("Bo Marsh"))]
    with create_index(app.state.library.path) as index:
        index.add(make_extraction(CHILD, path="c.txt", id="c", headline="Court", quotes=said))


def send(writer: TestClient, action: str, **fields: str) -> tuple[int, str]:
    secret = secret_of(writer.get("/withheld").text)
    sent = writer.post("/withheld", data={"secret": secret, "action": action, **fields})
    return sent.status_code, sent.text


def names(client: TestClient) -> bool:
    return "Ann Lee" in client.get("/search?q=nobody").text


def test_look_withhold_undo(writer: TestClient) -> None:
    status, page = send(writer, "preview", name="Ann Lee")
    assert status == 200
    assert "<del>Ann Lee</del>, head of policy" in page
    assert "would be replaced 1 time in 1 article" in page
    assert names(writer), "a look changes nothing"
    assert send(writer, "name", name="Ann Lee", who="Jo", why="she is 14")[0] == 303
    assert not names(writer)
    page = writer.get("/withheld").text
    assert "1 name withheld" in page
    assert "she is 14" in page
    number = re.findall(r'name="number" value="(\d+)"', page)[0]
    undo = {"secret": secret_of(page), "number": number, "who": "Jo", "back": "/withheld"}
    sent = writer.post("/undo", data=undo)
    assert (sent.status_code, sent.headers["location"]) == (303, "/withheld")
    assert names(writer)


def test_by_rule_and_kept(writer: TestClient) -> None:
    page = send(writer, "preview", rule="children")[1]
    assert "finds 1 name" in page
    assert "Molly Reed" in page
    assert "<del>Bo Marsh" not in page
    assert send(writer, "rule", rule="children", who="Jo")[0] == 303
    assert "Molly Reed" not in writer.get("/article/c").text
    assert "Do not withhold Molly Reed" in writer.get("/withheld").text
    assert send(writer, "keep", name="Molly Reed", who="Jo")[0] == 303
    assert "Molly Reed" in writer.get("/article/c").text
    assert "finds 0 names" in send(writer, "preview", rule="children")[1]


def test_from_the_page_of_a_speaker(writer: TestClient) -> None:
    page = writer.get("/speaker?name=Ann+Lee").text
    assert "Withhold this name" in page
    form = {"secret": secret_of(page), "name": "Ann Lee", "action": "preview"}
    assert "<del>Ann Lee</del>" in writer.post("/withheld", data=form).text
    assert "Withhold this name" not in writer.get("/organisation?name=Hearthlight").text


def test_an_undo_leads_nowhere_else(writer: TestClient) -> None:
    send(writer, "name", name="Ann Lee", who="Jo")
    secret = secret_of(writer.get("/withheld").text)
    undo = {"secret": secret, "number": "1", "who": "Jo", "back": "https://evil.example/"}
    assert writer.post("/undo", data=undo).headers["location"] == "/corrections"


def test_who_only_reads_sees_counts(app: Starlette, writer: TestClient) -> None:
    send(writer, "name", name="Ann Lee", who="Jo", why="Ann Lee is 14")
    send(writer, "rule", rule="children", who="Jo")
    reader = TestClient(app, base_url="http://127.0.0.1:8765")
    for place in ("/withheld", "/withheld?format=json", "/withheld?name=Ann+Lee"):
        page = reader.get(place).text
        assert "Ann Lee" not in page
        assert "Molly" not in page
    assert "2 names withheld" in reader.get("/withheld").text
    for action in ("preview", "name", "rule", "keep"):
        form = {"action": action, "name": "Bo Marsh", "who": "Eve", "secret": ""}
        assert reader.post("/withheld", data=form).status_code == 403


def test_a_forged_form_decides_nothing(writer: TestClient) -> None:
    form = {"action": "name", "name": "Ann Lee", "who": "Eve", "secret": "0" * 64}
    assert writer.post("/withheld", data=form).status_code == 403
    assert names(writer)


def test_no_copy_of_the_page_is_kept(writer: TestClient) -> None:
    assert writer.get("/withheld").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("name", {"name": "Ann Lee", "who": " "}),
        ("name", {"name": " ", "who": "Jo"}),
        ("name", {"name": "x" * 201, "who": "Jo"}),
        ("preview", {"name": "123"}),
        ("preview", {"rule": "adults"}),
        ("preview", {}),
        ("rule", {"rule": "adults", "who": "Jo"}),
        ("dragon", {"name": "Ann Lee", "who": "Jo"}),
    ],
)
def test_forms_without_sense(writer: TestClient, action: str, fields: dict[str, str]) -> None:
    assert send(writer, action, **fields)[0] == 400
    assert names(writer)
    assert "Nothing is withheld" in writer.get("/withheld").text


def test_hostile_names_are_text(writer: TestClient) -> None:
    evil = '<script>alert(1)</script>" OR 1=1 --'
    status, page = send(writer, "preview", name=evil)
    assert status == 200
    assert "<script>alert" not in page
    assert send(writer, "name", name=evil, who=evil, why=evil)[0] == 303
    assert "<script>alert" not in writer.get("/withheld").text
    assert names(writer)


def test_a_large_index_is_not_read_while_a_browser_waits(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsmine.web.views.withheld.MOST_ARTICLES", 1)
    status, page = send(writer, "rule", rule="children", who="Jo")
    assert status == 400
    assert "newsmine withhold" in page


def test_a_long_preview_says_that_it_is_one(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(of_rule.__kwdefaults__, "most", 1)
    assert "of the newest 1 that were read, out of 2" in send(writer, "preview", rule="children")[1]
