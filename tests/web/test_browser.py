"""A real Chromium goes the way of a researcher: search, read, correct, take back, export, add."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest

from newsmine.index import create_index
from tests.web.conftest import article
from tests.web.test_upload import LETTER

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is missing: apt install chromium"
)
OFFLINE = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PAGES = (
    "/",
    "/search",
    "/search?q=nobody",
    "/search?q=claim:%3E0",
    "/search?q=zzz",
    "/corrections",
    "/saved",
    "/withheld",
    "/names",
    "/prints?row=" + quote(article().article.id + ":a1"),
    "/speaker?name=Ann%20Lee",
    "/organisation?name=Hearthlight",
)


@dataclass(frozen=True)
class Served:
    read: str
    write: str


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The real command, at a free port."""
    path = tmp_path / "news.db"
    with create_index(path) as index:
        index.add(article())
    command = [sys.executable, "-m", "newsmine", "serve", str(path), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ})
    assert process.stderr
    try:
        lines = [process.stderr.readline() for _ in range(2)]
        addresses = [re.search(r"http://\S+", line) for line in lines]
        assert all(addresses), lines
        yield Served(*(found[0] for found in addresses if found))
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OFFLINE))
        yield browser
        browser.close()


@pytest.fixture(params=["script", "no script", "phone"])
def page(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    options: dict[str, dict[str, Any]] = {
        "script": {},
        "no script": {"java_script_enabled": False},
        "phone": {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True},
    }
    context = chromium.new_context(accept_downloads=True, **options[request.param])
    shown = context.new_page()
    shown.set_default_timeout(10_000)
    said: list[str] = []
    shown.on("console", lambda message: said.append(message.text))
    shown.on("pageerror", lambda error: said.append(str(error)))
    yield shown
    context.close()
    assert said == []


def search(page: Any, line: str) -> None:
    page.get_by_label("Search quotes and figures").fill(line)
    page.get_by_role("button", name="Search", exact=True).click()


def test_search_read_correct_undo_export(page: Any, served: Served, tmp_path: Path) -> None:
    page.goto(served.write)
    search(page, "org:hearthlight")
    assert page.get_by_role("status").inner_text() == "1 quote"
    page.get_by_role("link", name="“Nobody counts the rest,”").click()
    quote = page.locator(".text a.content").first
    assert quote.inner_text() == "“Nobody counts the rest,”"
    assert quote.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"

    page.get_by_role("link", name="Correct quote 1").click()
    page.get_by_label("Speaker").fill("Anna Leigh")
    page.get_by_label("Why (others will read it)").fill("see the caption")
    page.get_by_role("button", name="Save the correction").click()
    if page.locator("h1").inner_text() != "Reports rise":
        raise AssertionError(page.locator("main").inner_text())
    assert "Anna Leigh" in page.locator(".found-here").inner_text()

    page.get_by_role("link", name="Corrections").click()
    page.get_by_role("button", name="Undo number 1").click()
    page.goto(served.read + "search?q=nobody")
    assert "Ann Lee" in page.locator(".rows").inner_text()
    assert "Anna Leigh" not in page.locator(".rows").inner_text()

    with page.expect_download() as download:
        page.get_by_role("link", name="xlsx").click()
    download.value.save_as(tmp_path / "quotes.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "quotes.xlsx").worksheets[0].values)
    assert "“Nobody counts the rest,”" in rows[1]


def test_save_open_delete_a_search(page: Any, served: Served) -> None:
    page.goto(served.write)
    search(page, "org:hearthlight")
    page.get_by_text("Save this search").click()
    page.get_by_label("Its name").fill("The charity")
    page.get_by_label("Why (others will read it)").fill("for the seminar")
    page.get_by_role("button", name="Save", exact=True).click()
    kept = page.get_by_role("listitem").filter(has_text="The charity")
    assert "1 found then, 1 now" in kept.inner_text()
    assert "for the seminar" in kept.inner_text()
    kept.get_by_role("link", name="The charity").click()
    assert page.get_by_role("status").inner_text() == "1 quote"
    assert page.get_by_label("Search quotes and figures").input_value() == "org:hearthlight"

    page.get_by_role("link", name="Saved", exact=True).click()
    page.get_by_role("button", name="Delete the search The charity").click()
    assert "None is saved" in page.locator("main").inner_text()
    page.get_by_role("link", name="Corrections").click()
    page.get_by_role("button", name="Undo number 2").click()
    page.get_by_role("link", name="Saved", exact=True).click()
    assert page.get_by_role("link", name="The charity").count() == 1


def test_withhold_a_name_and_take_it_back(page: Any, served: Served) -> None:
    page.goto(served.write)
    page.get_by_role("link", name="Withheld names").click()
    page.get_by_label("A name, as articles print it").fill("Ann Lee")
    page.get_by_role("button", name="Show what would be hidden").click()
    assert "replaced 1 time in 1 article" in page.get_by_role("status").inner_text()
    assert page.locator(".would-hide del").all_inner_texts() == ["Ann Lee"]
    assert "Ann" not in page.url, "no history names her"
    page.get_by_label("Why (others will read it)").fill("she is 14")
    page.get_by_role("button", name="Withhold this name").click()
    assert "1 name withheld" in page.locator(".sum").inner_text()

    page.goto(served.read + "search?q=nobody")
    assert "Ann Lee" not in page.content()
    assert "[name withheld]" in page.content()

    page.get_by_role("link", name="Withheld names").click()
    page.get_by_role("button", name="Undo number 1").click()
    assert "Nothing is withheld" in page.locator(".sum").inner_text()
    page.goto(served.read + "search?q=nobody")
    assert "Ann Lee" in page.locator(".rows").inner_text()


def test_two_names_are_one_and_two_again(page: Any, served: Served) -> None:
    page.goto(served.write)
    search(page, 'org:="Hearthlight"')
    page.get_by_role("link", name="Hearthlight").first.click()
    page.get_by_text("Another name for this one?").click()
    page.get_by_label("The other name, as it is shown").fill("Office for Calm")
    page.get_by_label("Why (others will read it)").fill("a try")
    page.get_by_role("button", name="They are one").click()
    assert "Hearthlight; Office for Calm" in page.get_by_role("table").inner_text()
    page.goto(served.read + "search?q=org:hearthlight")
    assert page.get_by_role("status").inner_text() == "2 quotes"
    page.get_by_role("link", name="Corrections").click()
    page.get_by_role("button", name="Undo number 1").click()
    page.goto(served.read + "search?q=org:hearthlight")
    assert page.get_by_role("status").inner_text() == "1 quote"


def withheld_pages(shown: Any) -> Iterator[str]:
    """The page of withheld names with a preview, then with a decision."""
    shown.get_by_role("link", name="Withheld names").click()
    shown.get_by_label("A name, as articles print it").fill("Ann Lee")
    shown.get_by_role("button", name="Show what would be hidden").click()
    yield "a preview"
    shown.get_by_role("button", name="Withhold this name").click()
    yield "a decision"


def test_a_good_and_a_bad_file(page: Any, served: Served) -> None:
    page.goto(served.write)
    page.get_by_role("link", name="Add articles").click()
    page.get_by_label("Files (drop them here, or choose)").set_input_files(
        [
            {"name": "letter.txt", "mimeType": "text/plain", "buffer": LETTER},
            {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 cut"},
        ]
    )
    page.get_by_role("button", name="Add them").click()
    page.get_by_text("1 article added").wait_for(timeout=60_000)
    assert "broken.pdf" in page.get_by_role("listitem").last.inner_text()
    page.get_by_role("link", name="Search", exact=True).first.click()
    search(page, "speaker:marsh")
    assert page.get_by_role("status").inner_text() == "1 quote"


def test_nothing_runs_over_a_phone_s_edge(chromium: Any, served: Served) -> None:
    shown = chromium.new_page(viewport={"width": 340, "height": 640})
    for address in (*PAGES, *article_pages(shown, served)):
        shown.goto(served.read.rstrip("/") + address)
        width = shown.evaluate("document.documentElement.scrollWidth")
        assert width <= 340, address
    shown.close()


def article_pages(shown: Any, served: Served) -> list[str]:
    shown.goto(served.read + "search?q=nobody")
    link = shown.locator(".rows blockquote a").first.get_attribute("href")
    shown.goto(served.read.rstrip("/") + link)
    fix = shown.get_by_role("link", name="Correct quote 1").get_attribute("href")
    raw = shown.get_by_role("link", name="The text as it was read").get_attribute("href")
    return [link, fix, raw]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(chromium: Any, served: Served, scheme: str) -> None:
    """Nothing that axe calls serious or critical, on any page, in both schemes."""
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    shown = context.new_page()
    shown.goto(served.write)
    found = []
    for address in (*PAGES, "/upload", "/sign-in", *article_pages(shown, served)):
        shown.goto(served.read.rstrip("/") + address)
        shown.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        found += violations(shown, address)
    for address in withheld_pages(shown):
        found += violations(shown, address)
    context.close()
    assert found == []


def violations(shown: Any, address: str) -> list[tuple[str, str, list[str]]]:
    from axe_playwright_python.sync_playwright import Axe

    return [
        (address, one["id"], [node["html"][:120] for node in one["nodes"][:3]])
        for one in Axe().run(shown).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def test_completion_offers_whole_lines(chromium: Any, served: Served) -> None:
    shown = chromium.new_page()
    shown.goto(served.read)
    shown.get_by_label("Search quotes and figures").press_sequentially("org:hea")
    option = shown.locator("#completions option")
    option.first.wait_for(state="attached")
    assert option.first.get_attribute("value") == 'org:"Hearthlight" '
    shown.close()


def test_works_with_the_keyboard_alone(chromium: Any, served: Served) -> None:
    shown = chromium.new_page()
    shown.goto(served.read)
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.className") == "skip"
    shown.keyboard.press("Enter")
    assert shown.evaluate("document.activeElement.id") == "main"
    shown.keyboard.press("Tab")
    shown.keyboard.type("nobody")
    shown.keyboard.press("Enter")
    shown.get_by_role("status").wait_for()
    assert shown.get_by_role("status").inner_text() == "1 quote"
    shown.close()
