"""Files that come through the browser: kept, built into the index, told what was skipped."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.web import uploads
from newsmine.web.access import UPLOAD
from newsmine.web.uploads import safe_name
from tests.web.conftest import secret_of

LETTER = (
    "Daily Lantern\n\nMay 3, 2018\n\nMore was heard\n\n"
    "“We heard more,” said Bo Marsh of Hearthlight."
).encode()


def send(writer: TestClient, *files: tuple[str, bytes], secret: str | None = None) -> object:
    given = secret if secret is not None else secret_of(writer.get("/upload").text)
    return writer.post("/upload", data={"secret": given}, files=[("files", one) for one in files])


def finished(client: TestClient, address: str) -> dict[str, object]:
    for _ in range(600):
        found = client.get(address, params={"format": "json"}).json()
        if found["state"] in ("done", "failed"):
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def test_a_good_and_a_bad_file(writer: TestClient, path: Path) -> None:
    sent = send(writer, ("letter.txt", LETTER), ("broken.pdf", b"%PDF-1.7 cut off"))
    assert sent.status_code == 303
    address = sent.headers["location"]
    assert writer.get(address).status_code == 200
    found = finished(writer, address)
    assert (found["state"], found["added"]) == ("done", 1)
    (skipped,) = found["skipped"]
    assert skipped["path"] == "broken.pdf"
    assert "broken.pdf" in writer.get(address).text
    assert writer.get("/search?q=speaker:marsh&format=json").json()["total"] == 1
    assert list(path.parent.glob("news.db.uploads/*/letter.txt"))


def test_two_at_once_take_turns(writer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[int] = []

    def slow(files: object, index: object) -> object:
        running.append(1)
        assert len(running) == 1
        time.sleep(0.2)
        running.pop()
        yield "stopped by the test"

    monkeypatch.setattr(uploads, "_built", slow)
    addresses = [send(writer, (f"{n}.txt", b"x")).headers["location"] for n in range(3)]
    ends = [finished(writer, address) for address in addresses]
    assert [end["problem"] for end in ends] == ["stopped by the test"] * 3


def test_nothing_is_kept_without_the_token(client: TestClient, app: Starlette, path: Path) -> None:
    assert client.post("/upload", files=[("files", ("a.txt", b"x"))]).status_code == 403
    client.cookies.clear()
    assert send(client, ("a.txt", b"x"), secret="0" * 64).status_code == 403
    assert not list(path.parent.glob("*.uploads/**/*.txt"))


def test_a_forged_upload(writer: TestClient, path: Path) -> None:
    assert send(writer, ("a.txt", b"x"), secret="0" * 64).status_code == 403
    assert not list(path.parent.glob("*.uploads/**/*.txt"))


def test_no_file(writer: TestClient) -> None:
    secret = secret_of(writer.get("/upload").text)
    assert writer.post("/upload", data={"secret": secret}).status_code == 400


def test_an_oversized_upload(writer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert UPLOAD >= 1 << 28
    monkeypatch.setattr("newsmine.web.access.UPLOAD", 10_000)
    assert send(writer, ("a.txt", b"x" * 20_000)).status_code == 413


def test_an_unknown_job(client: TestClient) -> None:
    assert client.get("/upload/nothing").status_code == 400


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("letter.txt", "letter.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/", "article.txt"),
        ("..", "article.txt"),
        ("", "article.txt"),
        (None, "article.txt"),
        (".htaccess", "htaccess"),
        ("a<b>|c?.pdf", "a_b__c_.pdf"),
        ("naïve café.docx", "naïve café.docx"),
        ("x" * 500 + ".txt", "x" * 120 + ".txt"),
        ("nul\x00.txt", "nul_.txt"),
    ],
)
def test_names_are_harmless(given: str | None, kept: str) -> None:
    assert safe_name(given, ()) == kept
    again = safe_name(given, (kept,))
    assert again != kept
    assert safe_name(given, (kept, again)) not in (kept, again)
