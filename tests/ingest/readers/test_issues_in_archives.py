"""METS issues in a ZIP: read as a folder of the same files is read, nothing twice, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.errors import ReadError
from newsmine.ingest import find_inputs, read_bytes, read_file
from newsmine.ingest.boxes import to_boxes
from newsmine.types import Article
from tests.factories import span_of
from tests.ingest.readers.alto_files import mets
from tests.ingest.readers.made import zipped
from tests.ingest.readers.test_mets import COUNCIL, FIRST, HARBOUR, SECOND, issue

WHOLE = {"1.xml": FIRST, "2.xml": SECOND}


def read(members: dict[str, str | bytes]) -> tuple[dict[str, Article], list[ReadError]]:
    items = list(read_bytes(zipped(members), path="box.zip"))
    articles = {item.path: item for item in items if isinstance(item, Article)}
    return articles, [item for item in items if isinstance(item, ReadError)]


@pytest.mark.parametrize("folder", ["", "1824/02/", "./"])
def test_an_issue_is_read_as_from_a_folder(folder: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"issue.xml": mets(issue(COUNCIL, HARBOUR), ["1.xml", "2.xml"])}
    files |= WHOLE
    for name, data in files.items():
        assert isinstance(data, bytes)
        (tmp_path / name).write_bytes(data)
    (path,) = find_inputs([tmp_path])
    unpacked = [a.text for a in read_file(path) if isinstance(a, Article)]
    found, errors = read({folder + name: data for name, data in files.items()})
    assert errors == []
    assert [article.text for article in found.values()] == unpacked
    assert next(iter(found)) == f"box.zip/{folder}issue.xml#a1"


def test_words_lead_to_their_boxes() -> None:
    found, _ = read({"issue.xml": mets(issue(HARBOUR), ["1.xml"]), "1.xml": FIRST})
    article = found["box.zip/issue.xml#a2"]
    assert article.raw is not None
    assert to_boxes(article, span_of(article.text, "Harbour"))


def test_issues_in_several_folders_keep_to_their_own_pages() -> None:
    one = mets(issue(HARBOUR), ["1.xml"])
    found, errors = read(
        {"a/issue.xml": one, "a/1.xml": FIRST, "b/issue.xml": one, "b/1.xml": SECOND}
    )
    # Page 1 of b has none of the words that its issue names, and comes as what it is.
    assert "box.zip/a/issue.xml#a2" in found
    assert "box.zip/b/issue.xml#a2" not in found
    assert errors == [] or all("b/" in str(error) for error in errors)


def test_a_missing_page_is_said_and_the_rest_goes_on() -> None:
    found, errors = read(
        {"issue.xml": mets(issue(COUNCIL, HARBOUR), ["1.xml", "2.xml"]), "1.xml": FIRST}
    )
    assert "box.zip/issue.xml#a2" in found
    assert ["'2.xml', which is not there" in str(error) for error in errors] == [True]


@pytest.mark.parametrize("name", ["../1.xml", "a/../../1.xml", "/1.xml", "C:\\1.xml", "..%2F1.xml"])
def test_a_name_that_climbs_out_is_refused(name: str) -> None:
    found, errors = read({"box/issue.xml": mets(issue(HARBOUR), [name]), "1.xml": FIRST})
    assert any("lies outside its folder" in str(error) for error in errors)
    # The page lies in the archive, if not where the issue may look: it is read alone.
    assert any(path.startswith("box.zip/1.xml") for path in found)


def test_a_broken_issue_covers_nothing() -> None:
    broken = mets(issue(HARBOUR), ["1.xml"]).replace(b"</mets>", b"")
    found, errors = read({"issue.xml": broken, "1.xml": FIRST})
    assert [path.partition("#")[0] for path in found] == ["box.zip/1.xml"] * len(found) != []
    assert len(errors) == 1


def test_pictures_of_described_pages_are_not_read_again() -> None:
    found, errors = read({"1.xml": FIRST, "1.JPG": b"\xff\xd8\xff no picture", "2.txt": "Boats."})
    assert errors == []
    assert {path.partition("#")[0] for path in found} == {"box.zip/1.xml", "box.zip/2.txt"}


def test_a_picture_without_a_description_is_still_tried() -> None:
    _, errors = read({"1.jpg": b"\xff\xd8\xff no picture", "2.txt": "Boats came home."})
    assert ["1.jpg" in str(error) for error in errors] == [True]


def test_members_of_the_same_name_are_both_read() -> None:
    import io
    import warnings
    import zipfile

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.txt", "Boats came home.")
        archive.writestr("a.txt", "Nets were torn.")
    texts = [a.text for a in read_bytes(out.getvalue(), path="b.zip") if isinstance(a, Article)]
    assert texts == ["Boats came home.", "Nets were torn."]
