"""Which mutations know which format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.fuzz import containers, markup, tables
from benchmarks.fuzz.mutations import Mutation, digits

DOCUMENT = (*[containers.zip_members] * 3, containers.zip_sizes)

STRUCTURAL: Mapping[str, Sequence[Mutation]] = {
    **dict.fromkeys(("alto", "page", "hocr", "html"), markup.MARKUP),
    "mets": (*markup.MARKUP, markup.climbs, markup.climbs),
    **dict.fromkeys(
        ("docx", "odt"),
        (
            containers.zip_members,
            containers.zip_members,
            containers.zip_members,
            containers.zip_sizes,
        ),
    ),
    "zip": (containers.zip_members, containers.zip_sizes, containers.zip_sizes),
    "tar": (containers.tar_headers, containers.tar_headers, containers.gzip_inside),
    "warc": (
        containers.warc_headers,
        containers.warc_headers,
        containers.gzip_inside,
        markup.rename,
    ),
    "rtf": (containers.rtf_controls, containers.rtf_controls, tables.words),
    "pdf": (containers.pdf_numbers, containers.pdf_numbers, digits),
    "json": (tables.json_types, tables.json_types, tables.json_deep, digits),
    "csv": (tables.quotes, tables.quotes, tables.wide, tables.words, digits),
    "parquet": (containers.parquet_footer,),
    "image": (containers.picture_sizes, containers.picture_sizes),
    **dict.fromkeys(("press", "text"), (tables.words, tables.words, tables.lines, digits)),
}
"""By the reader whose seeds they are for."""
