"""Bytes to decoded text: encodings, and files that are no text."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.errors import ReadError
from newsmine.ingest import find_inputs, read_bytes, read_file, read_text
from newsmine.ingest.readers.text import decode

STORY = "The minister’s “plan” – a £5m café scheme – failed."


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
        *("cp1252", "mac_roman"),
    ],
)
def test_usual_encodings_are_told_apart(encoding: str) -> None:
    assert decode(STORY.encode(encoding)) == STORY


def test_latin_1() -> None:
    assert decode("Caf\xe9, 20\xb0, \xa35".encode("latin-1")) == "Café, 20°, £5"


def test_one_stray_byte_does_not_spoil_utf_8() -> None:
    data = "‘Yes,’ she said. ‘No,’ he".encode() + b" said. \x93Maybe\x94"
    assert decode(data) == "‘Yes,’ she said. ‘No,’ he said. “Maybe”"


def test_unused_bytes_of_windows_1252_pass() -> None:
    assert decode(b"\x93Yes\x94 \x81 \xa35") == "“Yes” \x81 £5"


def test_line_ends_are_not_touched() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\r\nb\rc\n"


@given(st.binary(max_size=60))
def test_any_bytes_decode_or_are_refused_in_words(data: bytes) -> None:
    decode(data)
    with contextlib.suppress(ReadError):
        (article,) = read_bytes(data, path="x.txt")
        assert article.raw is not None
        assert article.zones


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "holds no text"),
        (b" \r\n\t\f ", "holds no text"),
        ("\ufeff\n".encode("utf-16"), "holds no text"),
        ("\N{NO-BREAK SPACE}".encode(), "holds no text"),
        (b"%PDF-1.7 etc", "damaged or incomplete PDF"),
        (b"PK\x03\x04 etc", "zip archive"),
        (b"\x89PNG\r\n\x1a\n etc", "damaged image"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"),
        (b"Rar!\x1a\x07 etc", "RAR archive"),
        (bytes(range(256)) * 4, "is a binary file"),
        (b"text\x00\x01\x02\x03text", "is a binary file"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        list(read_bytes(data, path="scan.pdf"))
    assert caught.value.thing == "scan.pdf"
    assert caught.value.remedy


def test_text_that_opens_like_a_magic_number_is_text() -> None:
    assert next(read_bytes(b"RIFF with the minister grows.", path="x")).text.startswith("RIFF")


def test_a_stray_control_character_is_no_binary_file() -> None:
    article = next(read_bytes(b"The\x00 plan" + b" failed. " * 80, path="x.txt"))
    assert "\x00" not in article.text


def test_an_unreadable_path_says_why(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is not there"):
        list(read_file(tmp_path / "gone.txt"))
    with pytest.raises(ReadError, match="is a folder"):
        list(read_file(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_closed_file_says_why(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("text")
    path.chmod(0)
    with pytest.raises(ReadError, match="may not be read"):
        list(read_file(path))


def test_a_closed_file_says_why_to_root_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(ReadError, match="may not be read"):
        list(read_file(tmp_path / "closed.txt"))


class TestFindInputs:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in (
            *("b.txt", "a.TXT", "scan.pdf", "a.gold.json", ".hidden.txt"),
            *("sub/c.txt", "sub/.git/d.txt", "notes.py"),
        ):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("text")
        return tmp_path

    def names(self, paths: list[Path], folder: Path) -> list[str]:
        return [str(path.relative_to(folder)) for path in paths]

    def test_a_folder_gives_texts_and_documents_below_it(self, folder: Path) -> None:
        found = find_inputs([folder])
        assert self.names(found, folder) == ["a.TXT", "b.txt", "scan.pdf", "sub/c.txt"]

    @pytest.mark.parametrize("name", ["README.md", "LICENCE.txt", "quotes.csv.README.txt"])
    def test_what_tells_of_a_folder_is_no_article(self, folder: Path, name: str) -> None:
        for other in (name, "readmes.txt", "licence.txt"):
            (folder / "sub" / other).write_text("text")
        found = self.names(find_inputs([folder / "sub"]), folder / "sub")
        assert found == ["c.txt", "licence.txt", "readmes.txt"]
        assert find_inputs([folder / "sub" / name]) == [folder / "sub" / name]

    def test_each_file_once(self, folder: Path) -> None:
        paths = [folder / "b.txt", str(folder / "*.txt"), folder / "sub" / ".." / "b.txt"]
        assert len(find_inputs(paths)) == 1

    def test_patterns_reach_into_folders(self, folder: Path) -> None:
        found = find_inputs([str(folder / "**" / "*.txt")])
        assert self.names(found, folder) == ["b.txt", "sub/c.txt"]

    def test_a_named_file_is_taken_whatever_it_is(self, folder: Path) -> None:
        paths = [folder / "notes.py", folder / ".hidden.txt"]
        assert self.names(find_inputs(paths), folder) == [".hidden.txt", "notes.py"]

    def test_a_name_with_brackets_is_a_name(self, folder: Path) -> None:
        path = folder / "page[1].txt"
        path.write_text("text")
        assert find_inputs([path]) == [path]

    def test_nothing_found_is_an_error(self, folder: Path) -> None:
        with pytest.raises(ReadError, match="names no file"):
            find_inputs([folder / "gone.txt"])
        with pytest.raises(ReadError, match="names no file"):
            find_inputs([str(folder / "*.xyz")])
        (folder / "empty").mkdir()
        with pytest.raises(ReadError, match="holds no files that newsmine reads"):
            find_inputs([folder / "empty"])

    def test_a_broken_link_is_found_and_reported_on_reading(self, folder: Path) -> None:
        (folder / "sub" / "link.txt").symlink_to(folder / "gone.txt")
        assert folder / "sub" / "link.txt" in find_inputs([folder / "sub"])
        with pytest.raises(ReadError, match="is not there"):
            list(read_file(folder / "sub" / "link.txt"))

    def test_standard_input_passes_through(self) -> None:
        assert find_inputs(["-"]) == [Path("-")]


def test_ids_come_from_name_and_text() -> None:
    first = read_text("The plan failed.", path="papers/Été 2019 (final).txt")
    assert first.id.startswith("ete-2019-final-")
    assert len(first.id.rsplit("-", 1)[1]) == 12
    assert first.id != read_text("The plan worked.", path="papers/Été 2019 (final).txt").id
    assert read_text("The plan failed.").id.startswith("article-")


def test_without_cleaning_the_text_is_as_it_is() -> None:
    raw = "Harbour Herald\r\n\r\ntarget- ing\r\n"
    article = read_text(raw, clean=False)
    assert article.text == raw
    assert article.headline is None
    assert [(z.span, z.kind) for z in article.zones] == [((0, len(raw)), "body")]
    assert article.alignment.to_raw((3, 9)) == ((3, 9),)


def test_ten_megabytes_in_one_line() -> None:
    sentence = "The trust’s figure of 1,234 is well known, and the plan works. "
    line = sentence * 100 + "It is target- ing schools. "
    data = (line * 1_550).encode()
    article = next(read_bytes(data, path="big.txt"))
    assert len(data) > 10_000_000
    assert article.text.count("targeting") == 1_550
    assert [zone.kind for zone in article.zones] == ["body"]
