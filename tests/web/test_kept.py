"""Pages are made once as long as the index stays as it is, and never a moment longer."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.index import create_index
from newsmine.web import kept as module
from newsmine.web.kept import Kept
from newsmine.web.library import Library
from newsmine.web.views import search
from tests.web.conftest import TEXT, article

MORE = article(
    TEXT.replace("Lee", "Poe"), path="more.txt", quotes=[("“Nobody counts the rest,”", None)]
)


class TestPages:
    def test_a_browser_that_has_the_page_is_told_so(self, client: TestClient) -> None:
        first = client.get("/search?q=counts")
        again = client.get("/search?q=counts", headers={"If-None-Match": first.headers["etag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert again.headers["etag"] == first.headers["etag"]

    def test_the_same_page_twice(self, client: TestClient) -> None:
        assert client.get("/search?q=counts").text == client.get("/search?q=counts").text

    def test_a_change_of_the_index_is_seen_at_once(self, client: TestClient, path: Path) -> None:
        before = client.get("/search?q=counts")
        with create_index(path) as index:
            index.add(MORE)
        tag = {"If-None-Match": before.headers["etag"]}
        after = client.get("/search?q=counts", headers=tag)
        assert after.status_code == 200
        assert (before.text.count("<blockquote>"), after.text.count("<blockquote>")) == (1, 2)

    def test_so_is_another_file_in_its_place(
        self, client: TestClient, path: Path, tmp_path: Path
    ) -> None:
        client.get("/search?q=counts")
        other = tmp_path / "other.db"
        with create_index(other) as index:
            index.add(article())
            index.add(MORE)
        other.replace(path)
        assert client.get("/search?q=counts").text.count("<blockquote>") == 2

    def test_pages_and_json_are_two_things(self, client: TestClient) -> None:
        page = client.get("/search?q=counts")
        found = client.get("/search?q=counts", headers={"Accept": "application/json"})
        assert page.headers["content-type"].startswith("text/html")
        assert found.json()["total"] == 1

    def test_who_may_write_shares_no_page_with_who_may_not(
        self, app: Starlette, writer: TestClient
    ) -> None:
        address = next(row["url"] for row in writer.get("/search?format=json").json()["rows"])
        own = writer.get(address.partition("#")[0]).text
        other = TestClient(app, base_url=str(writer.base_url)).get(address.partition("#")[0]).text
        assert "/sign-out" in own
        assert "/sign-out" not in other

    def test_a_mistake_is_a_mistake_again(self, client: TestClient) -> None:
        assert [client.get("/search?q=xyz:1").status_code for _ in range(2)] == [400, 400]

    def test_a_missing_index_is_told(self, client: TestClient, path: Path) -> None:
        client.get("/")
        path.unlink()
        assert client.get("/").status_code == 503


class TestStamp:
    def test_it_stays_as_long_as_nothing_changes(self, path: Path) -> None:
        library = Library(path)
        assert library.stamp() == library.stamp()
        with create_index(path) as index:
            before = library.stamp()
            index.add(MORE)
            assert library.stamp() != before

    def test_a_missing_file_has_none(self, tmp_path: Path) -> None:
        assert Library(tmp_path / "nothing.db").stamp() is None
        assert not (tmp_path / "nothing.db").exists()


class TestLagging:
    """Counts of big searches are made anew now and then, not for every article that is added."""

    @pytest.fixture
    def heard(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
        monkeypatch.setattr(search, "MANY", 0)
        return lambda: re.search(r"([0-9]+) quotes?", client.get("/search?q=counts").text)[0]  # type: ignore[index]

    def test_what_another_program_adds_is_counted_later(
        self, heard: Callable[[], str], path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert heard() == "1 quote"
        with create_index(path) as index:
            index.add(MORE)
        assert heard() == "1 quote"
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + module.LAG)
        assert heard() == "2 quotes"

    @pytest.mark.parametrize("address", ["/search?q=counts", "/"])
    def test_readers_are_told_that_counts_may_be_old(
        self, heard: Callable[[], str], client: TestClient, path: Path, address: str
    ) -> None:
        as_json = {"Accept": "application/json"}
        assert "seconds old" not in client.get(address).text
        assert client.get(address, headers=as_json).json()["lag"] == 0
        with create_index(path) as index:
            index.add(MORE)
        assert "up to 10 seconds old" in client.get(address).text
        assert client.get(address, headers=as_json).json()["lag"] == module.LAG

    def test_a_page_holds_no_longer_than_the_oldest_of_its_counts(
        self,
        heard: Callable[[], str],
        client: TestClient,
        path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now)
        client.get("/search?q=nothing")  # Asks how many articles there are; "/" what is heard most.
        monkeypatch.setattr(time, "monotonic", lambda: now + module.LAG - 1)
        client.get("/")
        with create_index(path) as index:
            index.add(MORE)
        assert "out of 1 articles" in client.get("/").text
        monkeypatch.setattr(time, "monotonic", lambda: now + module.LAG)
        assert "out of 2 articles" in client.get("/").text

    def test_the_rows_are_those_of_now(
        self, heard: Callable[[], str], client: TestClient, path: Path
    ) -> None:
        heard()
        with create_index(path) as index:
            index.add(MORE)
        assert client.get("/search?q=counts").text.count("<blockquote>") == 2

    def test_what_is_changed_on_the_pages_is_counted_at_once(
        self, heard: Callable[[], str], app: Starlette
    ) -> None:
        heard()
        with app.state.library.writing() as index:
            index.add(MORE)
        assert heard() == "2 quotes"

    def test_small_searches_are_counted_at_once(
        self, heard: Callable[[], str], path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(search, "MANY", 2_000)
        heard()
        with create_index(path) as index:
            index.add(MORE)
        assert heard() == "2 quotes"


class TestKept:
    def test_what_no_longer_holds_is_made_anew(self) -> None:
        kept = Kept[int](2)
        assert kept.get("a", lambda: 1) == 1
        assert kept.get("a", lambda: 2, lambda there: there > 0) == 1
        assert kept.get("a", lambda: 2, lambda there: there > 1) == 2
        assert kept.get("a", lambda: 3) == 2

    def test_the_last_ones_stay(self) -> None:
        kept, made = Kept[str](2), []
        for key in ("a", "b", "a", "c", "a", "b"):
            kept.get(key, lambda key=key: made.append(key) or key)  # type: ignore[misc]
        assert made == ["a", "b", "c", "b"]

    def test_who_asks_for_the_same_waits_for_it(self) -> None:
        kept, made, begun = Kept[str](2), [], threading.Event()

        def slowly() -> str:
            made.append("a")
            begun.set()
            threading.Event().wait(0.1)
            return "made"

        threads = [threading.Thread(target=kept.get, args=("a", slowly)) for _ in range(5)]
        for thread in threads:
            thread.start()
        assert begun.wait(5)
        for thread in threads:
            thread.join()
        assert made == ["a"]

    def test_what_failed_is_tried_again(self) -> None:
        kept = Kept[str](2)
        with pytest.raises(ZeroDivisionError):
            kept.get("a", lambda: str(1 // 0))
        assert kept.get("a", lambda: "made") == "made"
