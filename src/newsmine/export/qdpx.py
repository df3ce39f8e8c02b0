"""REFI-QDA projects (.qdpx, https://www.qdasoftware.org): articles with quotes as coded passages.

QualCoder, NVivo, ATLAS.ti, MAXQDA and others open it. A position counts characters of the plain
text from 0, the end is exclusive.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from newsmine.export.archive import Create, zipped
from newsmine.export.rows import Row, encodable, xml_text
from newsmine.export.selection import Selection, identity
from newsmine.types import Article, Span

NAMESPACE = "urn:QDA-XML:project:1.0"
GROUPS: Mapping[str, tuple[str, str]] = {
    "organisation": ("Organisations", "#1b6ca8"),
    "speaker": ("Speakers", "#2e8b57"),
    "kind": ("Kinds", "#8a6d3b"),
    "form": ("Forms", "#7b4397"),
}
"""What codes are made of: the column, the code above them, their colour."""

_IDS = uuid.UUID("0f6e2b1a-5a3d-5a53-8f11-6e6577736d69")
_NAME = 80
"""Characters of a passage's name; the passage itself is marked in the text."""


def write_qdpx(selection: Selection, file: BinaryIO) -> int:
    """Write a project with the articles of a selection of quotes or figures; the number of rows.

    Each piece of a quote is a selection, coded with organisation, speaker (those of several names
    under one) and kind (a figure with its form). The same rows have the same GUIDs in every export.
    Names of codes are unique: a speaker called as an organisation is "… (speaker)".
    """
    codes = _Codes()
    with zipped(file) as create, TemporaryFile() as sources:
        count = 0
        for extraction, rows in selection.by_article():
            count += len(rows)
            _write_text(create, extraction.article)
            for piece in _source(extraction.article, rows, codes, selection.created):
                sources.write(piece.encode())
        with create("project.qde") as project:
            _write_project(project, selection, count, codes, sources)
    return count


class _Codes:
    """The codes used so far: only names are kept."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, None]] = {column: {} for column in GROUPS}

    def of(self, row: Row) -> Iterator[str]:
        """The GUIDs of the codes of a row."""
        for column in GROUPS:
            name = identity(row, column)
            if name and not (column == "kind" and "form" in row):
                self._names[column][name] = None
                yield _guid(column, name)

    def xml(self) -> Iterator[str]:
        """The code book; none where no code is used, as the schema wants it."""
        if not any(self._names.values()):
            return
        used: set[str] = set()
        yield "<CodeBook><Codes>"
        for column, (title, colour) in GROUPS.items():
            if self._names[column]:
                yield f'<Code guid="{_guid(column, "")}" name="{title}" isCodable="false">'
                for name in self._names[column]:
                    shown = _attribute(_unused(name, column, used))
                    guid = _guid(column, name)
                    yield f'<Code guid="{guid}" name={shown} isCodable="true" color="{colour}"/>'
                yield "</Code>"
        yield "</Codes></CodeBook>\n"


def _unused(name: str, column: str, used: set[str]) -> str:
    """A name that no code has yet, whatever it stands under.

    QualCoder leaves out a code whose name is there, and what is coded with it then has no code.
    """
    shown = xml_text(name)
    if shown in used:
        shown = f"{shown} ({column})"
    number = 2
    while shown in used:
        shown, number = f"{xml_text(name)} ({column} {number})", number + 1
    used.add(shown)
    return shown


def plain(text: str) -> str:
    r"""The text with ``\n`` as the only line end, every character in its old place.

    Programs that read files in text mode join ``\r\n`` to one character and drop a byte order mark,
    and all positions behind would shift.
    """
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    return f" {text[1:]}" if text.startswith("\ufeff") else text


def _write_text(create: Create, article: Article) -> None:
    with create(f"Sources/{_guid('article', article.id)}.txt") as file:
        file.write(plain(article.text).encode("utf-8", "replace"))


def _source(article: Article, rows: Sequence[Row], codes: _Codes, created: str) -> Iterator[str]:
    guid = _guid("article", article.id)
    name = " ".join(filter(None, (article.published, article.id)))
    opening = f'<TextSource guid="{guid}" name={_attribute(name)}'
    yield f'{opening} plainTextPath="internal://{guid}.txt" {_by(created)}>\n'
    facts = (article.outlet, article.published, article.headline, article.path)
    yield f"<Description>{_content('; '.join(filter(None, facts)))}</Description>\n"
    for row in rows:
        used = list(codes.of(row))
        for part, span in enumerate(_spans(row)):
            yield from _selection(article, row, part, span, used, created)
    yield "</TextSource>\n"


def _selection(
    article: Article, row: Row, part: int, span: Span, codes: Sequence[str], created: str
) -> Iterator[str]:
    ident = f"{article.id} {_ident(row)} {part}"
    name = " ".join(article.text[slice(*span)].split())[:_NAME]
    opening = f'<PlainTextSelection guid="{_guid("selection", ident)}" name={_attribute(name)}'
    yield f'{opening} startPosition="{span[0]}" endPosition="{span[1]}" {_by(created)}>\n'
    yield f"<Description>{_content(_remark(row, part))}</Description>\n"
    for code in codes:
        guid = _guid("coding", f"{ident} {code}")
        yield f'<Coding guid="{guid}" {_by(created)}><CodeRef targetGUID="{code}"/></Coding>\n'
    yield "</PlainTextSelection>\n"


def _remark(row: Row, part: int) -> str:
    """What is known of the row besides its codes."""
    pieces = len(_spans(row))
    facts = {
        "id": _ident(row),
        "piece": f"{part + 1} of {pieces}" if pieces > 1 else None,
        "as printed": ", ".join(filter(None, map(row.get, ("speaker", "organisation")))) or None,
        "role": row.get("role"),
        "confidence": row.get("confidence"),
        "why": ", ".join(row["reasons"]) or None,
    }
    return "; ".join(f"{name}: {value}" for name, value in facts.items() if value is not None)


def _ident(row: Row) -> str:
    return str(row["attribution"] if "quote" in row else row["claim"])


def _spans(row: Row) -> list[Span]:
    spans = row["content"] if "quote" in row else [row["span"]]
    return [(start, end) for start, end in spans]


def _write_project(
    file: BinaryIO, selection: Selection, count: int, codes: _Codes, sources: IO[bytes]
) -> None:
    about = selection.about(count)
    origin = _attribute(f"newsmine {about.newsmine}")
    user = _guid("user", "newsmine")
    created = f'creatingUserGUID="{user}" creationDateTime="{selection.created}"'
    name = _attribute(f"newsmine {selection.what}")
    file.write(b'<?xml version="1.0" encoding="utf-8"?>\n')
    file.write(f'<Project xmlns="{NAMESPACE}" name={name} origin={origin} {created}>\n'.encode())
    file.write(f'<Users><User guid="{user}" name="newsmine"/></Users>\n'.encode())
    for part in codes.xml():
        file.write(part.encode())
    if sources.tell():
        sources.seek(0)
        file.write(b"<Sources>\n")
        copyfileobj(sources, file)
        file.write(b"</Sources>\n")
    facts = "\n".join(f"{fact}: {value}" for fact, value in about.facts())
    file.write(f"<Description>{_content(facts)}</Description>\n</Project>\n".encode())


def _by(created: str) -> str:
    return f'creatingUser="{_guid("user", "newsmine")}" creationDateTime="{created}"'


def _guid(kind: str, name: str) -> str:
    return str(uuid.uuid5(_IDS, encodable(f"{kind} {name}")))


def _content(text: str) -> str:
    return escape(xml_text(text))


def _attribute(text: str) -> str:
    """The text in quotation marks; line ends and tabs survive as references."""
    return quoteattr(xml_text(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
