"""Which mutations know which format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.fuzz import containers as c
from benchmarks.fuzz import markup, tables
from benchmarks.fuzz.mutations import Mutation, digits

DOCUMENT = (*[c.zip_members] * 3, c.zip_sizes)

STRUCTURAL: Mapping[str, Sequence[Mutation]] = {
    **dict.fromkeys(("alto", "page", "hocr", "html"), markup.MARKUP),
    "mets": (*markup.MARKUP, markup.climbs, markup.climbs),
    **dict.fromkeys(("docx", "odt"), DOCUMENT),
    "zip": (c.zip_members, c.zip_sizes, c.zip_sizes),
    "tar": (c.tar_headers, c.tar_headers, c.gzip_inside),
    "warc": (
        c.warc_headers,
        c.warc_headers,
        c.gzip_inside,
        markup.rename,
    ),
    "rtf": (c.rtf_controls, c.rtf_controls, tables.words),
    "pdf": (c.pdf_numbers, c.pdf_numbers, digits),
    "json": (tables.json_types, tables.json_types, tables.json_deep, digits),
    "csv": (tables.quotes, tables.quotes, tables.wide, tables.words, digits),
    "parquet": (c.parquet_footer,),
    "image": (c.picture_sizes, c.picture_sizes),
    **dict.fromkeys(("press", "text"), (tables.words, tables.words, tables.lines, digits)),
}
"""By the reader whose seeds they are for."""
