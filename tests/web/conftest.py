"""Pages over an index of one small article, and a browser that knows the token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.index import create_index
from newsmine.types import Claim, Extraction
from newsmine.web import create_app
from newsmine.web.access import Access
from tests.factories import make_extraction, make_speaker, span_of

BASE = "http://127.0.0.1:8765"
TOKEN = "a-token-for-tests"
TEXT = (
    "Reports rise\n\n"
    "Hearthlight counted 1,200 reports of abuse.\n\n"
    "“Nobody counts the rest,” said Ann Lee, head of policy at Hearthlight.\n\n"
    "The Office for Calm said that verification was “a duty of care”."
)


def article(text: str = TEXT, **fields: object) -> Extraction:
    lee = make_speaker("Ann Lee", role="head of policy", organisation="Hearthlight")
    calm = make_speaker("Office for Calm", type="organisation", organisation="Office for Calm")
    given: dict[str, object] = {
        "path": "lantern.txt",
        "outlet": "Daily Lantern",
        "published": "2018-05-03",
        "headline": "Reports rise",
        "quotes": [("“Nobody counts the rest,”", lee), ("verification was “a duty of care”", calm)],
        "claims": [Claim("c1", span_of(text, "1,200"), "count", Fraction(1200), counted="reports")],
    }
    return make_extraction(text, **{**given, **fields})  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "news.db"
    with create_index(made) as index:
        index.add(article())
    return made


@pytest.fixture
def app(path: Path) -> Starlette:
    return create_app(path, access=Access(TOKEN))


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    """A browser that only reads."""
    with TestClient(app, base_url=BASE, follow_redirects=False) as browser:
        yield browser


@pytest.fixture
def writer(client: TestClient) -> TestClient:
    """The same, signed in."""
    assert client.post("/sign-in", data={"token": TOKEN}).status_code == 303
    return client


def secret_of(page: str) -> str:
    """What a form of a page would send back."""
    found = re.search(r'name="secret" value="([0-9a-f]+)"', page)
    assert found, "the page has no form that may write"
    return found[1]
