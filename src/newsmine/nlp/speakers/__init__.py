"""Who is speaking: from the source span of each attribution to the fullest name in the article."""

from __future__ import annotations

from newsmine.nlp.speakers.resolving import resolve_speakers

__all__ = ["resolve_speakers"]
