"""Claims: every figure of an article with what it counts, against what, and on whose word."""

from __future__ import annotations

from newsmine.nlp.claims.finding import find_claims

__all__ = ["find_claims"]
