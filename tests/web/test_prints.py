"""Where the same was printed; on a speaker's page, names that are one and people that are two."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.index import create_index
from tests.factories import make_extraction, make_speaker
from tests.web.conftest import secret_of

SAID = "“Each firm that lets a child sign up must count the reports it gets and publish them,”"
EVIL = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def printed(app: Starlette) -> None:
    """One saying in two papers, under two names; the second is hostile."""
    with create_index(app.state.library.path) as index:
        for paper, name in (("Post", "Bo Marsh"), ("Star", f"Bo Reed-Marsh {EVIL}")):
            who = make_speaker(name, organisation="Hearthlight", role="clerk")
            text = f"{SAID} {name} said in the {paper}."
            index.add(
                make_extraction(
                    text,
                    path=f"{paper}.txt",
                    id=paper.lower(),
                    outlet=paper,
                    published="2018-05-04",
                    quotes=[(SAID, who)],
                )
            )
        index.identities.merge(["Bo Marsh", f"Bo Reed-Marsh {EVIL}"], who="Jo")
        index.cluster()


def test_the_prints_of_a_saying(client: TestClient) -> None:
    found = client.get("/search?q=speaker:marsh")
    links = re.findall(r'href="(/prints\?row=[^"]+)"', found.text)
    assert len(links) == 2
    page = client.get(links[0]).text
    assert "Printed 2 times in 2 papers" in page
    assert "first print" in page
    assert "the same words; the same speaker" in page
    assert "<script>alert" not in page
    values = client.get(links[0] + "&format=json").json()
    assert [one["outlet"] for one in values["prints"]] == ["Post", "Star"]
    assert len({one["speaker_identity"] for one in values["prints"]}) == 1
    assert {one["speaker"] for one in values["prints"]} == {
        "Bo Marsh",
        f"Bo Reed-Marsh {EVIL}",
    }


def test_printed_once(client: TestClient) -> None:
    (row,) = client.get("/search?q=nobody&format=json").json()["rows"]
    page = client.get("/prints", params={"row": f"{row['article']}:{row['attribution']}"}).text
    assert "Printed 1 time in 1 paper" in page
    assert "/prints" not in client.get("/search?q=nobody").text


@pytest.mark.parametrize("row", ["", "post", "post:a9", "nowhere:a1", "'; DROP TABLE prints:a1"])
def test_no_such_quote(client: TestClient, row: str) -> None:
    assert client.get("/prints", params={"row": row}).status_code == 400


def test_another_name_is_given_on_the_page(writer: TestClient) -> None:
    page = writer.get("/speaker", params={"name": "Ann Lee"}).text
    assert "Another name for this one?" in page
    form = {"secret": secret_of(page), "action": "merge", "one": "Ann Lee", "other": "Bo Marsh"}
    assert writer.post("/names", data={**form, "who": "Jo"}).status_code == 303
    total = writer.get("/search", params={"q": 'speaker:"Ann Lee"', "format": "json"}).json()
    assert total["total"] == 3


def test_two_people_of_one_name(writer: TestClient, app: Starlette) -> None:
    with create_index(app.state.library.path) as index:
        for paper in ("Mail", "Sun"):
            who = make_speaker("Cora Penn", organisation=f"{paper} Readers")
            text = f"{SAID.replace('Each', 'No')} Cora Penn said in the {paper}."
            said = text.partition(" Cora")[0]
            index.add(make_extraction(text, path=paper, id=paper.lower(), quotes=[(said, who)]))
        index.cluster()
    assert writer.get("/prints?row=sun:a1&format=json").json()["total"] == 2
    page = writer.get("/speaker", params={"name": "Cora Penn"}).text
    assert "Two people of this name?" in page
    assert 'name="articles" value="sun"' in page
    sent = {"secret": secret_of(page), "action": "split", "one": "Cora Penn", "who": "Jo"}
    refused = writer.post("/names", data={**sent, "articles": ["nowhere"]})
    assert refused.status_code == 400
    assert writer.post("/names", data={**sent, "articles": ["sun"]}).status_code == 303
    values = writer.get("/prints?row=sun:a1&format=json").json()
    assert values["total"] == 1, "what two say is no saying of one"


def test_who_only_reads_is_offered_neither(client: TestClient) -> None:
    page = client.get("/speaker", params={"name": "Bo Marsh"}).text
    assert "Two people of this name?" not in page
    assert "Another name for this one?" not in page
    form = {"action": "split", "one": "Bo Marsh", "articles": ["post"], "who": "Eve"}
    assert client.post("/names", data=form).status_code == 403
