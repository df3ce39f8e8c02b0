"""Correcting a row in the browser, and taking it back."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import secret_of


@pytest.fixture
def row(client: TestClient) -> str:
    found = client.get("/search?q=nobody&format=json").json()["rows"][0]
    return f"{found['article']}:{found['attribution']}"


def sent(writer: TestClient, row: str, /, **fields: str) -> dict[str, str]:
    """The form as a browser sends it, with some fields filled in otherwise."""
    page = writer.get("/fix", params={"row": row}).text
    inputs = dict(re.findall(r'<input id="f-(\w+)" name="\w+" value="([^"]*)"', page))
    return {**inputs, "row": row, "secret": secret_of(page), "who": "Jo", **fields}


def quote(client: TestClient) -> dict[str, str]:
    return client.get("/search?q=nobody&format=json").json()["rows"][0]


def test_a_correction_and_its_undo(writer: TestClient, row: str) -> None:
    before = quote(writer)
    form = sent(writer, row, speaker="Anna Leigh", why="see the caption", action="save")
    answer = writer.post("/fix", data=form)
    assert answer.status_code == 303
    assert "Anna Leigh" in writer.get(answer.headers["location"].partition("#")[0]).text
    journal = writer.get("/corrections").text
    for part in ("Anna Leigh", "see the caption", "Jo", "in force"):
        assert part in journal
    assert quote(writer)["speaker"] == "Anna Leigh"
    assert quote(writer)["organisation"] == before["organisation"]
    undone = writer.post("/undo", data={"secret": form["secret"], "number": "1", "who": "Jo"})
    assert undone.status_code == 303
    assert quote(writer) == before


@pytest.mark.parametrize("line", ["nobody", "claim:>0"])
def test_a_row_is_corrected_from_what_a_search_finds(writer: TestClient, line: str) -> None:
    page = writer.get("/search", params={"q": line}).text
    (place,) = re.findall(r'class="fix" href="(/fix\?row=[^"]+)"', page)
    assert writer.get(place).status_code == 200
    assert "Save the correction" in writer.get(place).text


def test_who_only_reads_is_not_sent_there(client: TestClient) -> None:
    assert 'class="fix"' not in client.get("/search?q=nobody").text


def test_right_as_it_is(writer: TestClient, row: str) -> None:
    assert writer.post("/fix", data=sent(writer, row, action="checked")).status_code == 303
    assert quote(writer)["checked"] == "yes"


def test_drop(writer: TestClient, row: str) -> None:
    assert writer.post("/fix", data=sent(writer, row, action="drop")).status_code == 303
    assert writer.get("/search?q=nobody&format=json").json()["total"] == 0


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"action": "save"}, "was not changed"),
        ({"action": "save", "speaker": "Bo", "who": " "}, "your name"),
        ({"action": "save", "type": "dragon"}, "dragon"),
        ({"action": "save", "speaker": "x" * 3000}, "too long"),
        ({"action": "save", "row": "nothing:a1", "speaker": "Bo"}, "nothing"),
    ],
)
def test_forms_without_sense(
    writer: TestClient, row: str, fields: dict[str, str], says: str
) -> None:
    before = quote(writer)
    answer = writer.post("/fix", data=sent(writer, row, **fields))
    assert answer.status_code == 400
    assert says in answer.text
    assert quote(writer) == before


def test_a_reader_sees_how_to_sign_in(client: TestClient, row: str) -> None:
    page = client.get("/fix", params={"row": row}).text
    assert 'href="/sign-in"' in page


def test_figures(writer: TestClient) -> None:
    found = writer.get("/search?q=claim:>0&format=json").json()["rows"][0]
    row = f"{found['article']}:{found['claim']}"
    form = sent(writer, row, counted="reports of abuse", action="save")
    assert writer.post("/fix", data=form).status_code == 303
    again = writer.get("/search?q=claim:>0&format=json").json()["rows"][0]
    assert again["counted"] == "reports of abuse"
