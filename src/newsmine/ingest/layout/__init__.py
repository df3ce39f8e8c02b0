"""Pages in terms that no engine or file format owns: lines and blocks with boxes.

Readers of ALTO, hOCR, PAGE XML and PDF, and OCR engines, make blocks of lines; from there on all
pages are treated alike: put into reading order, cut into articles, written out as text with boxes.
"""

from newsmine.ingest.layout.articles import SEGMENTED, file_articles, page_articles
from newsmine.ingest.layout.order import reading_order
from newsmine.ingest.layout.render import Writer, to_found
from newsmine.ingest.layout.segment import segment
from newsmine.ingest.layout.tree import Block, Line, around, line_of, shared_line

__all__ = [
    "SEGMENTED",
    "Block",
    "Line",
    "Writer",
    "around",
    "file_articles",
    "line_of",
    "page_articles",
    "reading_order",
    "segment",
    "shared_line",
    "to_found",
]
