"""Archives: members to whoever reads them; nothing from outside, no bombs."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from newsmine.errors import ReadError
from newsmine.ingest import find_inputs, read_file
from newsmine.ingest.readers import DEEPEST, archives, read_raw, zips
from newsmine.types import Article, RawArticle
from tests.ingest.readers import made

TEXT = "Boats came home empty, crews said."


def read(data: bytes, path: str = "box.zip") -> tuple[list[RawArticle], list[ReadError]]:
    items = list(read_raw(data, path))
    good = [item for item in items if isinstance(item, RawArticle)]
    return good, [item for item in items if isinstance(item, ReadError)]


def test_members_of_all_kinds() -> None:
    data = made.zipped(
        {
            "a/one.txt": TEXT,
            "two.docx": made.docx(made.NEXIS),
            "three.html": made.PAGE,
            "four.csv": made.TABLE,
            "five.txt": made.example("lexisnexis-txt"),
        }
    )
    good, errors = read(data)
    assert [raw.path for raw in good] == [
        "box.zip/a/one.txt",
        *("box.zip/two.docx#1", "box.zip/two.docx#2", "box.zip/three.html"),
        *("box.zip/four.csv#n1", "box.zip/four.csv#n2", "box.zip/five.txt#1"),
    ]
    assert errors == []


def test_one_article_in_each_of_many_json_files() -> None:
    story = '{"title": "Nets", "text": "Boats came.", "published": "2019-03-02T10:00:00.000+02:00"}'
    (raw,), errors = read(made.zipped({"news_0001.json": story}))
    assert (raw.given.headline, raw.given.published) == ("Nets", "2019-03-02")
    assert not errors


def test_what_a_folder_would_pass_over() -> None:
    members = ("__MACOSX/._a.txt", ".hidden.txt", ".git/a.txt", "run.exe", "folder/")
    data = made.zipped({**dict.fromkeys(members, TEXT), "a.txt": TEXT})
    good, errors = read(data)
    assert [raw.path for raw in good] == ["box.zip/a.txt"]
    assert errors == []


@pytest.mark.parametrize(
    "name", ["../up.txt", "a/../../up.txt", "/etc/up.txt", "C:/up.txt", "C:\\up.txt", "..\\up.txt"]
)
def test_names_that_climb_out_are_refused(name: str) -> None:
    good, (error,) = read(made.zipped({name: TEXT, "a.txt": TEXT}))
    assert [raw.path for raw in good] == ["box.zip/a.txt"]
    assert "leads out of the archive" in error.reason
    good, (error,) = read(made.tar({name: TEXT.encode(), "a.txt": TEXT.encode()}), "box.tgz")
    assert [raw.path for raw in good] == ["box.tgz/a.txt"]
    assert "leads out of the archive" in error.reason


def test_two_dots_within_a_name_are_a_name() -> None:
    good, errors = read(made.zipped({"a..b/c...txt": TEXT}))
    assert len(good) == 1
    assert not errors


def test_links_are_refused() -> None:
    good, (error,) = read(made.zipped({made.link("l.txt"): "/etc/hostname", "a.txt": TEXT}))
    assert len(good) == 1
    assert "is a link" in error.reason
    _, (error,) = read(made.tar({"l.txt": None, "a.txt": TEXT.encode()}), "box.tar.gz")
    assert error.thing == "box.tar.gz/l.txt"
    assert "is a link" in error.reason


def test_encrypted_members() -> None:
    good, (error,) = read(made.encrypted(made.zipped({"a.txt": TEXT})))
    assert not good
    assert (error.thing, error.reason) == ("box.zip/a.txt", "is encrypted")


class TestBombs:
    def test_what_shrinks_too_well(self) -> None:
        bomb = b"0" * (zips.SMALL + 1)
        good, (error,) = read(made.zipped({"bomb.txt": bomb, "a.txt": TEXT}))
        assert len(good) == 1
        assert "zip bomb" in error.reason

    def test_a_small_file_may_shrink_as_it_likes(self) -> None:
        good, errors = read(made.zipped({"a.txt": TEXT + " " * 100_000}))
        assert len(good) == 1
        assert not errors

    def test_too_many_members(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archives, "MOST", 2)
        with pytest.raises(ReadError, match="holds 3 files"):
            read(made.zipped(dict.fromkeys(("a.txt", "b.txt", "c.txt"), TEXT)))
        with pytest.raises(ReadError, match="holds 3 files"):
            read(made.tar(dict.fromkeys(("a.txt", "b.txt", "c.txt"), b"x")), "box.tar")

    def test_too_much_in_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archives, "LARGEST", 50)
        with pytest.raises(ReadError, match="a bomb, maybe"):
            read(made.zipped({"a.txt": TEXT, "b.txt": TEXT}))

    def test_gzip(self) -> None:
        with pytest.raises(ReadError, match="far too much"):
            read(gzip.compress(b"0" * (zips.SMALL + 1)), "a.txt.gz")
        bombs = gzip.compress(b"0" * (zips.SMALL // 2)) * 3
        with pytest.raises(ReadError, match="far too much"):
            read(bombs, "a.txt.gz")

    def test_archives_within_archives(self) -> None:
        data: bytes = made.zipped({"a.txt": TEXT})
        for _ in range(DEEPEST - 1):
            data = made.zipped({"box.zip": data, "a.txt": TEXT})
        good, errors = read(data)
        assert len(good) == DEEPEST
        assert not errors
        _, (error,) = read(made.zipped({"box.zip": data}))
        assert "archives deep" in error.reason


@pytest.mark.parametrize("cut", [30, 100, -30])
def test_damage_is_named(cut: int) -> None:
    with pytest.raises(ReadError, match="damaged or cut short"):
        read(made.zipped({"a.txt": TEXT * 9, "b.txt": TEXT})[:cut])


def test_a_member_with_a_wrong_sum() -> None:
    data = made.zipped({"a.txt": TEXT, "b.txt": TEXT}, packed=False).replace(b"Boats", b"Goats", 1)
    good, (error,) = read(data)
    assert [raw.path for raw in good] == ["box.zip/b.txt"]
    assert error.thing == "box.zip/a.txt"


def test_unknown_ways_of_packing() -> None:
    data = bytearray(made.zipped({"a.txt": TEXT}))
    at = data.find(b"PK\x01\x02") + 10
    data[8:10] = data[at : at + 2] = b"\x63\x00"
    _, (error,) = read(bytes(data))
    assert "unknown way" in error.reason


@pytest.mark.parametrize("members", [{}, {"run.exe": b"x"}])
def test_nothing_to_read(members: dict[str | zipfile.ZipInfo, str | bytes]) -> None:
    with pytest.raises(ReadError, match="no files that newsmine reads"):
        read(made.zipped(members))


class TestTar:
    @pytest.mark.parametrize("packed", [True, False])
    def test_members(self, packed: bool) -> None:
        good, errors = read(made.tar({"x/a.txt": TEXT.encode()}, packed=packed), "box.tar")
        assert [raw.path for raw in good] == ["box.tar/x/a.txt"]
        assert not errors

    def test_one_file_in_gz(self) -> None:
        (raw,), _ = read(gzip.compress(TEXT.encode()) + gzip.compress(b" More."), "one.txt.gz")
        assert (raw.path, raw.raw_text) == ("one.txt.gz/one.txt", f"{TEXT} More.")

    def test_cut_short(self) -> None:
        with pytest.raises(ReadError, match="cut short"):
            read(gzip.compress(TEXT.encode())[:-12], "one.txt.gz")


def test_office_documents_are_no_archives() -> None:
    assert not archives.sniff_zip(made.docx(["x"]), "a.zip")
    assert not archives.sniff_zip(made.odt(), "a.zip")
    assert archives.sniff_zip(made.zipped({"a.txt": TEXT}), "a.bin")


def test_a_batch_goes_on_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    box = made.zipped({"../up.txt": TEXT, "bad.docx": b"PK\x03\x04", "a.txt": TEXT})
    (folder / "a.zip").write_bytes(box)
    (folder / "b.csv").write_text(f"text,id\n{TEXT.replace(',', '')},1\n,2\n")
    (folder / "c.txt").write_text(TEXT)
    items = [item for path in find_inputs([folder]) for item in read_file(path)]
    good = [item.path for item in items if isinstance(item, Article)]
    errors = [item.thing for item in items if isinstance(item, ReadError)]
    names = [f"{folder}/{name}" for name in ("a.zip/a.txt", "b.csv#1", "c.txt")]
    assert good == names
    assert [Path(error).name for error in errors] == ["up.txt", "bad.docx", "b.csv#2"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "b.csv", "c.txt", "in"]


def test_zip_with_a_program_before_it() -> None:
    """Self-unpacking archives begin with a program: they are no ZIP to us, and refused as such."""
    out = io.BytesIO(b"MZ\x90\x00" + bytes(64))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("a.txt", TEXT)
    with pytest.raises(ReadError, match="is a program"):
        read(out.getvalue(), "a.exe")
