"""W3C Web Annotations (https://www.w3.org/TR/annotation-model/) as one JSON-LD collection."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

from newsmine.export.permalink import hash_uri, permalink
from newsmine.export.rows import Row, encodable, json_line
from newsmine.export.selection import Selection, identity
from newsmine.types import Article, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

NAMESPACE = uuid.UUID("6c1b5d38-0b0e-5d0c-9d0e-6e6577736d69")
"""Under which ids are made: the same row has the same id in every export."""

PURPOSES = {
    "organisation": "tagging",
    "speaker": "identifying",
    "role": "describing",
    "kind": "classifying",
    "form": "classifying",
}
"""What of a row goes into the bodies of its annotation, and as what."""


def write_annotations(selection: Selection, file: BinaryIO) -> int:
    """Write an ``AnnotationCollection`` with one annotation a quote or figure.

    A target's source is the article's file, known again by its hash (``canonical``); its selectors
    are about the clean text: the words with 32 characters around, and the place. An interrupted
    quote has a target for each piece.
    """
    head = {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "label": f"newsmine {selection.what}",
    }
    page = '"first": {"type": "AnnotationPage", "startIndex": 0, "items": ['
    file.write(f"{json_line(head)[:-1]}, {page}".encode())
    count = 0
    for count, annotation in enumerate(_annotations(selection), 1):
        separator = ",\n" if count > 1 else "\n"
        file.write(f"{separator}{json_line(annotation)}".encode())
    # The number comes last: it is known only now.
    generator = json_line(_generator(selection, count))
    file.write(f'\n]}},\n"total": {count},\n"generator": {generator}}}\n'.encode())
    return count


def _generator(selection: Selection, count: int) -> dict[str, Any]:
    """Who made it; the provenance is what an export of rows has in its codebook."""
    about = selection.about(count).provenance()
    described = json.dumps(about, ensure_ascii=False, default=str)
    return {"type": "Software", "name": f"newsmine {about['newsmine']}", "description": described}


def _annotations(selection: Selection) -> Iterator[dict[str, Any]]:
    for extraction, rows in selection.by_article():
        for row in rows:
            yield annotation(extraction.article, row, created=selection.created)


def annotation(article: Article, row: Row, *, created: str) -> dict[str, Any]:
    """One row of quotes or claims as an annotation of its article."""
    ident = row["attribution"] if "quote" in row else row["claim"]
    spans = row["content"] if "quote" in row else [row["span"]]
    targets = [_target(article, (start, end)) for start, end in spans]
    return {
        "id": f"urn:uuid:{uuid.uuid5(NAMESPACE, encodable(f'{article.id} {ident}'))}",
        "type": "Annotation",
        "motivation": "describing",
        "created": created,
        "body": list(_bodies(row)),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _bodies(row: Row) -> Iterator[dict[str, str]]:
    for column, purpose in PURPOSES.items():
        # A figure's form classifies it, not the quote that it stands in.
        if row.get(column) and not (column == "kind" and "form" in row):
            # Who it is over all articles, then the name as printed, where that is another one.
            for value in dict.fromkeys((identity(row, column), row[column])):
                yield {"type": "TextualBody", "purpose": purpose, "value": str(value)}


def _target(article: Article, span: Span) -> dict[str, Any]:
    sha256 = article.raw.sha256 if article.raw else None
    source = {
        "id": quote(encodable(article.path), safe="/") or "-",
        "type": "Text",
        "language": "en",
    }
    if sha256:
        source["canonical"] = hash_uri(sha256)
    return {"source": source, "selector": permalink(article.text, span, sha256=sha256).selectors()}
