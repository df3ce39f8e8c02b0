"""Who said what, with which numbers, in which paper."""

from __future__ import annotations

__version__ = "0.1.0"
