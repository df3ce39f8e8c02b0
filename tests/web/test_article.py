"""The article page: everything marked, nothing lost, back to the raw text and the printed page."""

from __future__ import annotations

import html
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsmine.export.extraction import to_dict
from newsmine.index import create_index, open_index
from newsmine.types import Attribution, Edit, Page, RawArticle, Word, Zone
from newsmine.web.highlight import paragraphs
from tests.factories import make_extraction, make_speaker, span_of
from tests.web.conftest import TEXT, article


def page_of(client: TestClient) -> str:
    found = client.get("/search?format=json").json()["rows"][0]
    return client.get(f"/article/{found['article']}").text


def test_the_text_is_all_there(client: TestClient) -> None:
    shown = re.search(r'<div class="text" id="text">(.*?)</div>', page_of(client), re.DOTALL)
    assert shown
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", shown[1], re.DOTALL)
    texts = [html.unescape(re.sub(r"<[^>]+>", "", one)) for one in paragraphs]
    assert texts == TEXT.split("\n\n")


def test_quotes_and_their_list_lead_to_each_other(client: TestClient) -> None:
    page = page_of(client)
    for ident in ("a1", "a2", "c1"):
        assert f'id="{ident}"' in page
        assert f'href="#{ident}"' in page
        assert f'id="about-{ident}"' in page
        assert f'href="#about-{ident}"' in page


def test_json_is_the_record_of_the_extraction_and_more(app: Starlette, client: TestClient) -> None:
    with open_index(app.state.library.path) as index:
        (entry,) = index.articles()
        record = to_dict(index.article(entry.id).extraction)
    found = client.get(f"/article/{entry.id}?format=json").json()
    for part in ("article", "mentions", "checks", "provenance"):
        assert found[part] == record[part]
    for part in ("attributions", "claims"):
        assert [{**one, **its} for one, its in zip(found[part], record[part], strict=True)] == (
            found[part]
        )


def test_who_is_left_open(app: Starlette, client: TestClient) -> None:
    open_ = make_speaker(None, type="anonymous", candidates=("Di", "Flo <b>"))
    quotes = [("“Nobody counts the rest,”", open_), ("verification was “a duty of care”", None)]
    with create_index(app.state.library.path) as index:
        index.add(article(path="open.txt", id="open", quotes=quotes))
    page = client.get("/article/open").text
    assert "Left open between Di and Flo &lt;b&gt;." in page
    assert '<span class="speaker unknown">anonymous</span>' in page
    assert '<span class="speaker unknown">unknown</span>' in page


def test_an_unknown_article(client: TestClient) -> None:
    assert client.get("/article/nothing").status_code == 400
    assert client.get("/raw/nothing").status_code == 400
    assert client.get("/scan/1/nothing").status_code == 400


def test_the_text_as_it_was_read(client: TestClient) -> None:
    ident = client.get("/search?format=json").json()["rows"][0]["article"]
    found = client.get(f"/raw/{ident}?format=json").json()
    assert found["raw_text"] == TEXT
    assert found["edits"] == []
    assert "0 changes" in client.get(f"/raw/{ident}").text


def scanned(folder: Path) -> Page:
    Image.new("L", (400, 300), 255).save(folder / "page.png")
    start, end = span_of(TEXT, "Nobody")
    word = Word("Nobody", (40.0, 50.0, 120.0, 70.0))
    return Page(400.0, 300.0, "pixel", (((start, end), word),), str(folder / "page.png"))


def test_the_printed_page(app: Starlette, client: TestClient, tmp_path: Path) -> None:
    raw = RawArticle(TEXT, "scan.xml", "alto", "0" * 64, (scanned(tmp_path),))
    with create_index(app.state.library.path) as index:
        index.add(article(path="scan.xml", id="scan-1", raw=raw))
    assert 'src="/scan/1/scan-1"' in client.get("/article/scan-1").text
    quotes = client.get("/article/scan-1?format=json").json()["attributions"]
    assert [one["page"] for one in quotes] == [1, None], "the second has no word on the page"
    assert "page 1</span>" in client.get("/article/scan-1").text
    answer = client.get("/scan/1/scan-1")
    assert answer.headers["content-type"] == "image/png"
    (tmp_path / "got.png").write_bytes(answer.content)
    with Image.open(tmp_path / "got.png") as picture:
        # A box was drawn round the word, and nowhere else.
        assert picture.getpixel((80, 60)) != picture.getpixel((300, 200)) == (255, 255, 255)
    assert client.get("/scan/2/scan-1").status_code == 422
    (tmp_path / "page.png").unlink()
    gone = client.get("/scan/1/scan-1")
    assert gone.status_code == 422
    assert "is not there" in gone.text


@given(st.data())
def test_pieces_put_together_are_the_paragraphs(data: st.DataObject) -> None:
    text = data.draw(st.text("ab “”\n<&", min_size=1, max_size=60))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).map(tuple)
    found = [
        Attribution(
            f"a{n}", "direct", (data.draw(spans),), (data.draw(spans),), (data.draw(spans),)
        )
        for n in range(data.draw(st.integers(0, 4)))
    ]
    zones = [Zone((0, len(text) // 2), "headline"), Zone((len(text) // 2, len(text)), "body")]
    shown = [
        "".join(p["text"] for p in one["pieces"]) for one in paragraphs(text, zones, found, [])
    ]
    assert shown == [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def test_edits_are_told_with_their_rule(app: Starlette, client: TestClient) -> None:
    from newsmine.types import Alignment

    raw = RawArticle(
        "“Nobody counts the rest,” said Ann Lee, of chil-\ndren.", "x.txt", "text", "1" * 64
    )
    text = raw.raw_text.replace("-\n", "")
    place = text.index("dren")
    whole = (Edit((0, place), (0, place)), Edit((place, place), (place, place + 2), "hyphens"))
    rest = Edit((place, len(text)), (place + 2, len(raw.raw_text)))
    made = make_extraction(
        text,
        path="x.txt",
        id="edited",
        raw=raw,
        alignment=Alignment((*whole, rest)),
        quotes=[("“Nobody counts the rest,”", make_speaker())],
    )
    with create_index(app.state.library.path) as index:
        index.add(made)
    (edit,) = client.get("/raw/edited?format=json").json()["edits"]
    assert edit == {"rule": "hyphens", "before": "-\n", "after": "", "place": place}


def test_a_poor_scan_says_so(app: Starlette, client: TestClient) -> None:
    with create_index(app.state.library.path) as index:
        index.add(article(path="poor.txt", id="poor", flags=("low quality", "capital lead")))
    page = client.get("/article/poor").text
    assert "This text needs care: low quality." in page
    # Not every flag is a fault.
    assert "How it was read: capital lead." in page
