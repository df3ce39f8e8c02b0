"""Page files that are broken or made to do harm: one clear error each, nothing from outside."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.errors import ReadError
from newsmine.ingest import read_bytes, read_file
from newsmine.ingest.readers import alto, hocr, mets, page_xml
from newsmine.ingest.readers.markup import root_name
from tests.ingest.readers import test_hocr, test_page_xml
from tests.ingest.readers.alto_files import alto as alto_file
from tests.ingest.readers.alto_files import area, block, described, line, page, simple
from tests.ingest.readers.alto_files import mets as mets_file
from tests.ingest.readers.checks import read

ALTO = simple("“We counted 1,200,”\nsaid Ann Lee.")
PAGE = test_page_xml.page_xml(
    test_page_xml.region(test_page_xml.line("We act to-", 0), test_page_xml.line("day.", 30)),
    order='<OrderedGroup><RegionRefIndexed index="0" regionRef="r1"/></OrderedGroup>',
)
TITLE = "<mods:titleInfo><mods:title>The Lantern</mods:title></mods:titleInfo>"
ARTICLE = f'<div TYPE="ARTICLE" ID="a1">{area(1, "w1", "w2")}</div>'
METS = mets_file(
    f'<div TYPE="ISSUE" DMDID="issue">{ARTICLE}</div>', descriptions=described("issue", TITLE)
)
NUMBERED = alto_file(page(block(line("Council votes today", 0, first=1))))
FILES = {
    "lantern.xml": ALTO,
    "page.xml": PAGE,
    "lantern.hocr": test_hocr.SIMPLE,
    "mets.xml": METS,
}

TENFOLD = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij")]
BOMB = f'<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">{"".join(TENFOLD)}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file://{path}">]>'


def with_doctype(data: bytes, doctype: str, *, used: bool = True) -> bytes:
    """The file with entities declared, and one used in place of a word."""
    text = data.decode()
    start = text.index("<", text.index("?>") if "?>" in text else 0)
    declared = text[:start] + doctype + text[start:]
    for word in ("said", "day.", "ARTICLE") if used else ():
        declared = declared.replace(word, "&j;" if "j" in doctype else "&a;")
    return declared.encode()


def error_of(data: bytes, path: str | Path) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(data, path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    return caught.value


XML = [name for name in FILES if name.endswith(".xml")]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("used", [True, False])
def test_entity_bombs(name: str, used: bool) -> None:
    data = FILES[name].replace(b'<?xml version="1.0"?>\n', b"")
    if name == "lantern.hocr":
        data = data[data.index(b"<html") :]
    error = error_of(with_doctype(data, BOMB, used=used), name)
    assert "declares XML entities" in error.reason


@pytest.mark.parametrize("name", XML)
def test_entities_of_other_files(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    data = FILES[name].replace(b'<?xml version="1.0"?>', b"").lstrip()
    for doctype in (OUTSIDE, '<!DOCTYPE x SYSTEM "file://{path}" [<!ENTITY % b SYSTEM "x">]>'):
        error = error_of(with_doctype(data, doctype.format(path=secret)), name)
        assert "declares XML entities" in error.reason


@pytest.mark.parametrize("used", [True, False])
def test_entities_behind_a_long_comment_are_not_used(used: bool) -> None:
    late = f"<!--{' ' * (1 << 17)}-->" + BOMB
    with pytest.raises(ReadError, match=r"^lantern\.xml: "):
        list(alto.read(with_doctype(ALTO, late, used=used), "lantern.xml"))


@pytest.mark.parametrize("name", XML)
def test_broken_xml_says_the_line(name: str) -> None:
    broken = FILES[name].replace(b"><", b">\n<")[:-20]
    lines = broken.count(b"\n") + 1
    error = error_of(broken, name)
    assert error.reason.startswith(f"is broken XML at line {lines} (")
    assert error.remedy


@pytest.mark.parametrize(
    "data",
    [
        b"<alto>",
        b"<alto/>",
        b"<alto></alto>garbage",
        b"<alto>\x00</alto>",
        b"<alto>\xff</alto>",
        b'<?xml version="1.0" encoding="none"?><alto/>',
        b"<alto>&nbsp;</alto>",
        b"<PcGts/>",
        b"<mets/>",
        b"<html><body class='ocr_page'></body></html>",
        b"<html class='ocr_page'>",
        b"<alto " + b'a="1" ' * 9 + b"/>",
        b"<alto>" + b"<Layout>" * 5000,
        alto_file(page()),
        alto_file(page(block())),
        test_page_xml.page_xml(),
        test_hocr.hocr(test_hocr.page()),
    ],
)
def test_files_without_text(data: bytes) -> None:
    assert error_of(data, "lantern.xml").remedy


def test_deep_files_end_somewhere() -> None:
    nested = "<ComposedBlock>" * 200 + block(line("Ann Lee said so.", 0)) + "</ComposedBlock>" * 200
    (article,) = read(alto_file(page(nested)))
    assert article.text == "Ann Lee said so."


def test_an_issue_from_standard_input_or_an_archive_says_what_to_do() -> None:
    for path in ("-", "box.zip/mets.xml", "https://example.org/mets.xml"):
        assert "names no ALTO page" in error_of(METS, path).reason


def test_sniffing_goes_by_the_root_element() -> None:
    sniffers: dict[str, Callable[[bytes, str], bool]] = {
        "lantern.xml": alto.sniff,
        "page.xml": page_xml.sniff,
        "lantern.hocr": hocr.sniff,
        "mets.xml": mets.sniff,
    }
    for name, data in FILES.items():
        for other, sniff in sniffers.items():
            assert sniff(data, "some.name") == (name == other)
    assert root_name(b"Once the <alto> sang") is None
    assert root_name(b"") is None
    assert root_name(b"<!-- <mets> --><?x <mets>?><!DOCTYPE a [<!ELEMENT mets>]>\n<b:a/>") == "a"


def mutated(data: bytes, seed: int, times: int) -> bytes:
    """Bytes changed, doubled and cut out at random places."""
    chance, out = random.Random(seed), bytearray(data)
    for _ in range(times):
        at = chance.randrange(len(out))
        end = min(len(out), at + chance.choice((1, 1, 1, 3, 20, 200)))
        match chance.randrange(4):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at:end]
            case 2:
                out[at:at] = out[at:end]
            case 3:
                out[at:end] = chance.choice((b"<", b">", b'"', b"&", b"-1", b"1e9", b"nan", b"]]>"))
        if not out:
            return bytes(out)
    return bytes(out)


def attempt(items: Callable[[], Iterable[object]]) -> None:
    """Read all there is; what cannot be read is said in one line."""
    try:
        said = [str(item) for item in items() if isinstance(item, ReadError)]
    except ReadError as error:
        said = [str(error)]
    assert not any("\n" in text for text in said)


@settings(max_examples=150)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 2**32), st.integers(1, 12))
def test_whatever_is_changed_in_a_file_only_read_errors_come_out(
    name: str, seed: int, times: int
) -> None:
    data = mutated(FILES[name], seed, times)
    attempt(lambda: read_bytes(data, path=name))


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 8), st.booleans())
def test_whatever_is_changed_in_an_issue_only_read_errors_come_out(
    tmp_path_factory: pytest.TempPathFactory, seed: int, times: int, in_page: bool
) -> None:
    folder = tmp_path_factory.mktemp("issue")
    (folder / "1.xml").write_bytes(mutated(NUMBERED, seed, times) if in_page else NUMBERED)
    path = folder / "mets.xml"
    path.write_bytes(METS if in_page else mutated(METS, seed, times))
    attempt(lambda: read_file(path))
