"""Words with boxes to lines and paragraphs, where nobody says which belong together."""

from newsmine.ingest.printed.lines import blocks_of
from newsmine.ingest.printed.words import Printed

__all__ = ["Printed", "blocks_of"]
