"""Pictures of the pages for the documentation: docs/img/*.png, out of the sample corpus.

  python tools/screenshots.py

Makes the sample's index, serves it, and takes the pages with Chromium, 1200 pixels wide, in light
colours. A picture is a palette PNG of less than 200 kB.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "img"
NEWSMINE = [sys.executable, "-m", "newsmine"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTH, HEIGHT = 1200, 1000
MOST = 200_000
"""Bytes of a picture."""
QUERY = "org:hearthlight"


def main() -> None:
    """Take all five."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        # Built there, so that the pages show no path of this machine.
        index = Path(scratch) / "news.db"
        for command in (["demo", "--articles", "sample"], ["build", "sample", "-o", index.name]):
            subprocess.run([*NEWSMINE, *command], check=True, cwd=scratch, capture_output=True)
        with served(index) as (address, token), browser() as page:
            take_all(page, address, token)


@contextmanager
def served(index: Path) -> Iterator[tuple[str, str]]:
    """The pages: their address, and the token that lets a browser write."""
    command = [*NEWSMINE, "serve", str(index), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        said = ""
        for line in process.stderr or ():
            said += line
            if found := re.search(r"(http\S+/)sign-in\?token=(\S+)", said):
                break
        else:
            raise SystemExit(f"the server did not start: {said}")
        try:
            yield found[1], found[2]
        finally:
            process.terminate()


@contextmanager
def browser() -> Iterator[Page]:
    """A page of a Chromium that is installed here, or of the one that playwright brought."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program)
        size = {"width": WIDTH, "height": HEIGHT}
        yield started.new_page(viewport=size, color_scheme="light")  # type: ignore[arg-type]
        started.close()


def take_all(page: Page, address: str, token: str) -> None:
    """Search, article, organisation and claims as a reader sees them, and a correction made."""
    page.goto(f"{address}search?q={quote(QUERY)}")
    article = page.locator("ol.rows a[href^='/article/']").first.get_attribute("href") or ""
    take(page, "search")
    page.goto(address + article.lstrip("/").partition("#")[0])
    take(page, "article")
    page.goto(f"{address}organisation?name=Hearthlight")
    take(page, "organisation")
    page.goto(f"{address}claims")
    take(page, "claims")
    page.goto(f"{address}sign-in?token={token}")
    correct(page, address, article)
    page.goto(f"{address}corrections")
    take(page, "corrections")


def correct(page: Page, address: str, article: str) -> None:
    """Give a quotation another role, as a reader would."""
    ident = article.removeprefix("/article/").replace("#", ":")
    page.goto(f"{address}fix?row={quote(ident)}")
    page.get_by_label("Role").fill("head of research")
    page.get_by_label("Your name").fill("Ada Reader")
    page.get_by_label("Why").fill("The article names the post further down.")
    page.locator("main form[method=post] button").first.click()


def take(page: Page, name: str) -> None:
    """A picture of what is on the screen, with as many colours as the size allows."""
    if page.locator("h1").count() == 0:
        raise SystemExit(f"{page.url} is not the page it should be")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("Array.from(document.images).every(image => image.complete)")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in (128, 64, 32, 16):
        packed = io.BytesIO()
        shot.quantize(colours).save(packed, "PNG", optimize=True)
        if packed.tell() < MOST:
            break
    (FOLDER / f"{name}.png").write_bytes(packed.getvalue())
    sys.stdout.write(f"docs/img/{name}.png {packed.tell() / 1000:.0f} kB, {colours} colours\n")


if __name__ == "__main__":
    main()
