"""What was said once and printed often, and articles that are one text in several prints.

Nothing is merged or taken out: every print keeps its row, and a saying or text is a set of prints
with the links that lead from one to the other, each with its kind, score and reason.
"""

from __future__ import annotations

from newsmine.index.clusters.printings import Printing, printings
from newsmine.index.clusters.update import Clustered, forget, remark, update

__all__ = ["Clustered", "Printing", "forget", "printings", "remark", "update"]
