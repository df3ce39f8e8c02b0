"""A name that is withheld shows on no page, in no answer for programs, and on no picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.index import create_index
from newsmine.types import RawArticle
from tests.web.conftest import TEXT, article, secret_of
from tests.web.test_article import scanned

PLACES = [
    *("/", "/search", "/search?q=nobody", "/search?q=claim:>0", "/organisations", "/speakers"),
    *("/organisation?name=Hearthlight", "/claims", "/names", "/corrections"),
    *("/complete?q=speaker:", "/export?q=&to=csv", "/export?q=&to=annotations"),
]


@pytest.fixture
def withheld(app: Starlette, client: TestClient, tmp_path: Path) -> int:
    raw = RawArticle(TEXT, "scan.xml", "alto", "0" * 64, (scanned(tmp_path),))
    with create_index(app.state.library.path) as index:
        index.add(article(path="scan.xml", id="scan-1", raw=raw))
        row = index.search("nobody").rows[0]
        index.fix(f"{row['article']}:{row['attribution']}", who="Jo", speaker="Ann Lee-Marsh")
        return index.withholding.name("Ann Lee", who="Jo", why="Ann Lee is a child")


@pytest.mark.parametrize("place", PLACES)
def test_no_page_names_her(client: TestClient, withheld: int, place: str) -> None:
    for form in ("", "json"):
        address = place + ("&" if "?" in place else "?") + f"format={form}" * bool(form)
        assert "Ann Lee" not in client.get(address).text, address


def test_no_article_names_her(client: TestClient, withheld: int) -> None:
    for place in ("/article/scan-1", "/raw/scan-1", "/fix?row=scan-1:a1"):
        answer = client.get(place)
        assert answer.status_code == 200
        assert "Ann Lee" not in answer.text, place
    assert "[name withheld]" in client.get("/article/scan-1").text


def test_no_picture_shows_her(client: TestClient, withheld: int) -> None:
    assert "/scan/1/scan-1" not in client.get("/article/scan-1").text
    assert client.get("/scan/1/scan-1").status_code == 400


def test_it_is_undone_by_who_may(writer: TestClient, withheld: int) -> None:
    page = writer.get("/corrections").text
    assert "Ann Lee" in page
    undo = {"secret": secret_of(page), "number": str(withheld), "who": "Jo"}
    assert writer.post("/undo", data=undo).status_code == 303
    assert "Ann Lee" in writer.get("/article/scan-1").text
