"""Names put together, parted and asked about in the browser; undone on the page of corrections."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.index import create_index
from tests.factories import make_speaker
from tests.web.conftest import TEXT, article, secret_of


@pytest.fixture
def two(app: Starlette) -> None:
    """A second article, whose speaker has another name, and an organisation written alike."""
    speaker = make_speaker("Bo Marsh", role="director", organisation="Hearthlite Fund")
    with create_index(app.state.library.path) as index:
        index.add(
            article(TEXT, path="b.txt", id="b", quotes=[("“Nobody counts the rest,”", speaker)])
        )
        index.identities.refresh()


def judge(writer: TestClient, **fields: str) -> int:
    secret = secret_of(writer.get("/names").text)
    sent = {"secret": secret, "who": "Jo", **fields}
    return writer.post("/names", data=sent).status_code


def total(client: TestClient, line: str) -> int:
    return client.get("/search", params={"q": line, "format": "json"}).json()["total"]


def test_merge_and_undo(writer: TestClient, two: None) -> None:
    before = total(writer, 'speaker:"Ann Lee"')
    assert judge(writer, action="merge", one="Ann Lee", other="Bo Marsh", why="a try") == 303
    assert total(writer, 'speaker:"Ann Lee"') == before + 1
    assert "Bo Marsh" in writer.get("/names").text
    journal = writer.get("/corrections").text
    assert "names.merge" in journal
    assert re.search("Ann Lee, Bo Marsh|Bo Marsh, Ann Lee", journal)
    number = re.findall(r'name="number" value="(\d+)"', journal)[0]
    undo = {"secret": secret_of(journal), "number": number, "who": "Jo"}
    assert writer.post("/undo", data=undo).status_code == 303
    assert total(writer, 'speaker:"Ann Lee"') == before


def test_questions_are_answered_once(writer: TestClient, app: Starlette, two: None) -> None:
    with create_index(app.state.library.path) as index:
        for n, name in enumerate(("A. Lee", "Ann R. Lee", "Anne Lee")):
            speaker = make_speaker(name, organisation="Hearthlight")
            quotes = [("“Nobody counts the rest,”", speaker)]
            index.add(article(TEXT, path=f"q{n}.txt", id=f"q{n}", quotes=quotes))
        index.identities.refresh()
        assert index.identities.questions(), "nothing is unsure here"
    asked = writer.get("/names?format=json").json()
    key = asked["questions"][0]["key"]
    assert judge(writer, action="no", key=key) == 303
    assert writer.get("/names?format=json").json()["total"] < asked["total"]
    assert judge(writer, action="dragon", key=key) == 400
    assert judge(writer, action="yes", key="person\nNobody\n\nNo one\n") == 400


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "merge", "one": "Ann Lee", "other": ""},
        {"action": "merge", "one": "Ann Lee", "other": "Nobody Known"},
        {"action": "merge", "one": "Ann Lee", "other": "Bo Marsh", "who": " "},
        {"one": "Ann Lee", "other": "Bo Marsh"},
    ],
)
def test_forms_without_sense(writer: TestClient, two: None, fields: dict[str, str]) -> None:
    assert judge(writer, **fields) == 400
    assert "names.merge" not in writer.get("/corrections").text


def test_no_judgement_without_the_token(client: TestClient, two: None) -> None:
    form = {"action": "merge", "one": "Ann Lee", "other": "Bo Marsh", "who": "Jo"}
    assert client.post("/names", data=form).status_code == 403
    assert "sign in" in client.get("/names").text


def test_a_long_list_is_cut_and_says_so(
    client: TestClient, two: None, monkeypatch: pytest.MonkeyPatch, writer: TestClient
) -> None:
    assert judge(writer, action="merge", one="Ann Lee", other="Bo Marsh") == 303
    monkeypatch.setattr("newsmine.web.views.identities.SHOWN", 0)
    assert "The first 0 are shown" in client.get("/names").text
    assert client.get("/names?format=json").json()["identities"] == []
