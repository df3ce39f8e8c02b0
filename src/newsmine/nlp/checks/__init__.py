"""Do these figures agree: within an article, and one figure against another."""

from __future__ import annotations

from newsmine.nlp.checks.compare import Comparison, compare
from newsmine.nlp.checks.finding import find_checks

__all__ = ["Comparison", "compare", "find_checks"]
