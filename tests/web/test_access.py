"""What others must not be able to do: write, forge a form, point names here, run scripts."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.index import create_index, open_index
from newsmine.web.access import FORM, HEADERS
from tests.factories import make_extraction, make_speaker
from tests.web.conftest import BASE, TOKEN, secret_of

SCRIPT = "<script>alert(1)</script>"
CHANGES = [
    ("/fix", {"row": "{id}:a1", "speaker": "Bo", "who": "me", "action": "save"}),
    ("/undo", {"number": "1", "who": "me"}),
]


def entries(app: Starlette) -> int:
    with open_index(app.state.library.path) as index:
        return len(index.journal.entries())


@pytest.mark.parametrize(("address", "form"), CHANGES)
def test_no_change_without_the_token(
    app: Starlette, client: TestClient, address: str, form: dict[str, str]
) -> None:
    assert client.post(address, data=form).status_code == 403
    assert client.post(address, data={**form, "secret": "0" * 64}).status_code == 403
    assert entries(app) == 0


@pytest.mark.parametrize(("address", "form"), CHANGES)
def test_no_change_by_a_forged_form(
    app: Starlette, writer: TestClient, address: str, form: dict[str, str]
) -> None:
    secret = secret_of(writer.get("/").text)
    other = {"origin": "http://elsewhere.example"}
    assert writer.post(address, data=form).status_code == 403
    assert writer.post(address, data={**form, "secret": "x"}).status_code == 403
    assert writer.post(address, data={**form, "secret": secret}, headers=other).status_code == 403
    assert entries(app) == 0


def test_tokens(app: Starlette, client: TestClient) -> None:
    assert client.post("/sign-in", data={"token": "wrong"}).status_code == 403
    assert client.get("/sign-in?token=wrong").status_code == 403
    assert "Sign out" not in client.get("/").text
    assert client.get(f"/sign-in?token={TOKEN}").status_code == 303
    assert "Sign out" in client.get("/").text
    out = client.post("/sign-out", data={"secret": secret_of(client.get("/").text)})
    assert out.status_code == 303
    assert "Sign out" not in client.get("/").text


def test_the_cookie_stays_here(client: TestClient) -> None:
    cookie = client.get(f"/sign-in?token={TOKEN}").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie


def test_names_that_point_here_from_elsewhere(app: Starlette) -> None:
    for name in ("evil.example", "127.0.0.1.evil.example", "localhost.evil"):
        assert TestClient(app, base_url=f"http://{name}").get("/").status_code == 400
    assert TestClient(app, base_url="http://localhost:9").get("/").status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/search", "/nope", "/static/newsmine.css", "/search?q=x:y"]
)
def test_every_answer_is_guarded(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_too_much_at_once(writer: TestClient) -> None:
    assert writer.post("/fix", data={"why": "a" * FORM}).status_code == 413
    assert writer.post("/fix", data={"why": "a" * (FORM // 2)}).status_code == 403


@pytest.mark.parametrize(
    "address", ["/static/../app.py", "/static/%2e%2e/app.py", "/export?to=../x"]
)
def test_no_way_out_of_the_folder(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert "create_app" not in answer.text


@pytest.mark.parametrize(
    "address",
    ["/search?q={}", "/article/{}", "/fix?row={}", "/sign-in?token={}", "/export?q={}&to={}"],
)
def test_scripts_in_addresses_are_text(client: TestClient, address: str) -> None:
    assert SCRIPT not in client.get(address.replace("{}", SCRIPT)).text


def test_scripts_in_articles_are_text(app: Starlette, client: TestClient) -> None:
    text = f"{SCRIPT}\n\n“{SCRIPT},” said {SCRIPT}."
    speaker = make_speaker(SCRIPT, role=SCRIPT, organisation=SCRIPT)
    hostile = make_extraction(
        text,
        path=f"{SCRIPT}.txt",
        id=f"x{SCRIPT}",
        outlet=SCRIPT,
        headline=SCRIPT,
        flags=(SCRIPT,),
        quotes=[(f"“{SCRIPT},”", speaker)],
    )
    with create_index(app.state.library.path) as index:
        index.add(hostile)
    pages = ["/", "/search", f"/article/x{SCRIPT}", f"/fix?row=x{SCRIPT}:a1", "/corrections"]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert SCRIPT not in answer.text, page
    assert "&lt;script&gt;" in client.get("/search").text


def test_no_traceback(app: Starlette) -> None:
    app.state.library.path.write_bytes(b"not an index at all")
    answer = TestClient(app, base_url=BASE, raise_server_exceptions=False).get("/search")
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    assert "is no newsmine index" in answer.text
