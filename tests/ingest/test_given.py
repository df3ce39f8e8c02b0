"""What a file says of an article wins over what its text looks like."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from newsmine import pipeline
from newsmine.errors import ReadError
from newsmine.ingest import read_bytes, readers
from newsmine.ingest.articles import NO_PROFILE, as_it_is, read_article
from newsmine.ingest.cleaning import clean
from newsmine.ingest.readers.base import Found, Item, Member, Reader
from newsmine.types import Article, Byline, Given, Page, RawArticle, Zone

TEXT = "Nets torn at sea\n\nBoats came home with-\nout a catch, crews said.\n\nLength: 12 words"

STORY = (
    "The Lantern\n4 May 2019\nNets torn at sea\nBy Bob Doe\n\nBoats came home empty, he said. "
    "Crews want the harbour to pay for new nets, and the harbour says that it will not."
)


def raw_article(given: Given, text: str = TEXT) -> RawArticle:
    return RawArticle(text, "export.txt#3", "test", "ab" * 32, given=given)


def read(given: Given, text: str = TEXT) -> Article:
    return read_article(raw_article(given, text), clean(text))


def zone(part: str, kind: str) -> Zone:
    start = TEXT.index(part)
    return Zone((start, start + len(part)), kind)  # type: ignore[arg-type]


def kinds(article: Article) -> list[tuple[str, str]]:
    shown = ((zone.kind, article.text[slice(*zone.span)].strip()) for zone in article.zones)
    return [(kind, text) for kind, text in shown if text]


def test_zones_count_raw_characters_and_come_out_in_clean_ones() -> None:
    given = Given(zones=(zone("Nets torn at sea", "headline"), zone("Length", "furniture")))
    article = read(given)
    assert kinds(article) == [
        ("headline", "Nets torn at sea"),
        ("body", "Boats came home without a catch, crews said."),
        ("furniture", "Length"),
        ("body", ": 12 words"),
    ]
    assert article.headline == "Nets torn at sea"


def test_fields_that_are_given_win() -> None:
    given = Given(outlet="The Skerry Post", published="2017-03", bylines=(Byline("Ann Lee"),))
    text = STORY
    article = read(given, text)
    assert (article.outlet, article.published) == ("The Skerry Post", "2017-03")
    assert article.bylines == (Byline("Ann Lee"),)
    # The rest is as the text has it.
    assert article.headline == "Nets torn at sea"


def test_nothing_given_leaves_what_the_text_says() -> None:
    text = STORY
    article = read(Given(), text)
    assert (article.outlet, article.published) == ("The Lantern", "2019-05-04")


def test_an_article_with_fields_is_not_without_profile() -> None:
    prose = "Boats came home without a catch, crews said, and the nets were torn again."
    assert NO_PROFILE in read(Given(), prose).flags
    assert read(Given(outlet="The Lantern", flags=("segmented",)), prose).flags == ("segmented",)


def test_text_taken_as_it_is_keeps_the_fields() -> None:
    article = as_it_is(raw_article(Given(outlet="The Lantern")))
    assert (article.outlet, article.text) == ("The Lantern", TEXT)


def test_overlapping_zones_do_not_overlap_in_the_article() -> None:
    given = Given(zones=(Zone((0, 30), "headline"), Zone((10, 40), "furniture")))
    spans = [zone.span for zone in read(given).zones]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_the_part_of_a_file_is_in_the_id() -> None:
    assert read(Given()).id.startswith("export-3-")


BAD = ReadError("box.test#2", "holds no text", "Look at it")


def boxed(*items: Item) -> Reader:
    def read_box(data: bytes, path: str) -> Iterable[Item]:
        yield from items

    return Reader("box", "a box", frozenset({".test"}), lambda d, _: d == b"box", read_box)


def with_reader(monkeypatch: pytest.MonkeyPatch, *items: Item) -> None:
    monkeypatch.setattr(readers, "READERS", (boxed(*items), *readers.READERS))


def test_a_bad_article_among_good_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    with_reader(monkeypatch, Found("Ann Lee said so.", part="1"), BAD, Found("No.", part="3"))
    first, second, third = read_bytes(b"box", path="box.test")
    assert isinstance(first, Article)
    assert first.path == "box.test#1"
    assert second is BAD
    assert isinstance(third, Article)


def test_an_empty_part_is_named_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with_reader(monkeypatch, Found(" \n", part="1"), Found("Ann Lee said so.", part="2"))
    first, second = read_bytes(b"box", path="box.test")
    assert isinstance(first, ReadError)
    assert first.thing == "box.test#1"
    assert isinstance(second, Article)


def test_members_are_read_by_who_knows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with_reader(monkeypatch, Member("a/b.txt", b"Ann Lee said so."), Member("c.bin", b"\x00\x01"))
    first, second = read_bytes(b"box", path="box.test")
    assert isinstance(first, Article)
    assert (first.path, first.raw and first.raw.reader) == ("box.test/a/b.txt", "text")
    assert isinstance(second, ReadError)
    assert second.thing == "box.test/c.bin"


def test_boxes_in_boxes_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with_reader(monkeypatch, Member("box", b"box"), Member("a.txt", b"Ann Lee said so."))
    items = list(read_bytes(b"box", path="box.test"))
    assert sum(isinstance(item, Article) for item in items) == readers.DEEPEST
    errors = [item for item in items if isinstance(item, ReadError)]
    assert [error.reason for error in errors] == ["lies 4 archives deep"] * 2


def test_a_batch_reports_the_bad_one_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_reader(monkeypatch, Found("Ann Lee said so.", part="1"), BAD, Found("No.", part="3"))
    box = tmp_path / "box.test"
    box.write_bytes(b"box")
    summary = pipeline.build([box], tmp_path / "a.db")
    assert (summary.files, summary.added) == (1, 2)
    assert [skipped.path for skipped in summary.skipped] == ["box.test#2"]
    again = pipeline.build([box], tmp_path / "a.db")
    assert (again.present, again.added, again.replaced) == (2, 0, 0)
    with pytest.raises(ReadError):
        pipeline.read(box)


def test_a_defect_on_one_article_does_not_lose_the_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_reader(monkeypatch, *(Found(f"Ann Lee said {n}.", part=n) for n in ("one", "two", "six")))

    def fragile(raw: RawArticle, *rest: object) -> Article:
        if raw.path.endswith("two"):
            raise ZeroDivisionError
        return as_it_is(raw)

    monkeypatch.setattr("newsmine.ingest.files.read_article", fragile)
    box = tmp_path / "box.test"
    box.write_bytes(b"box")
    summary = pipeline.build([box, tmp_path / "gone.txt"], tmp_path / "a.db")
    assert summary.added == 2
    assert [Path(skipped.path).name for skipped in summary.skipped] == ["box.test", "gone.txt"]
    assert "ZeroDivisionError" in summary.skipped[0].reason


def test_a_file_that_vanishes_is_skipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Ann Lee said {name}.")
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "b.txt":
            raise FileNotFoundError(2, "No such file", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    summary = pipeline.build([tmp_path], tmp_path / "a.db")
    assert (summary.added, [Path(s.path).name for s in summary.skipped]) == (2, ["b.txt"])


PAGED = "NETS TORN AT SEA\n\nBy Bob Doe\n\nBoats came home without a catch, crews said on Tuesday."


def read_page(text: str, headline: str) -> Article:
    given = Given(zones=(Zone((0, len(headline)), "headline"),))
    raw = RawArticle(text, "page.xml", "alto", "ab" * 32, (Page(10, 10, "px"),), given)
    return read_article(raw, clean(text))


def test_below_a_pages_headline_the_text_is_read_as_it_looks() -> None:
    article = read_page(PAGED, "NETS TORN AT SEA")
    assert article.bylines == (Byline("Bob Doe"),)
    assert [kind for kind, _ in kinds(article)] == ["headline", "byline", "lead"]
    assert article.headline == "NETS TORN AT SEA"


def test_a_masthead_in_large_type_is_no_headline() -> None:
    text = f"The Lantern\n\n4 May 2019\n\n{PAGED}"
    article = read_page(text, "The Lantern\n\n4 May 2019")
    assert (article.outlet, article.published) == ("The Lantern", "2019-05-04")
    assert article.headline == "NETS TORN AT SEA"
    assert [kind for kind, _ in kinds(article)][:3] == ["outlet", "date", "headline"]


def test_a_date_in_a_headline_is_not_the_papers() -> None:
    text = PAGED.replace("NETS TORN AT SEA", "Nets may be torn until\n\nMarch 2023")
    article = read_page(text, text[: text.index("\n\nBy")])
    assert article.published is None
    assert article.headline == "Nets may be torn until March 2023"
