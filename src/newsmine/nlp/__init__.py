"""Articles into extractions, through a spaCy pipeline with the shipped model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from newsmine import __version__
from newsmine.errors import ModelError, ReadError
from newsmine.resources import shipped
from newsmine.types import Article, Extraction, Provenance

if TYPE_CHECKING:
    from spacy.language import Language

    from newsmine.nlp.components import AttributionComponent

SHIPPED_MODEL = "models/en_newsmine"


def load(model: str | Path | None = None, *, thoughts: bool = False) -> Language:
    """A pipeline that extracts.

    Args:
        model: A pipeline's folder or installed package; the shipped one where ``None``.
        thoughts: Keep thoughts, wishes and reactions too, and whatever else is hardly a statement.

    Raises:
        ModelError: There is none, it is damaged, or it is no newsmine pipeline.
    """
    import spacy

    name = shipped(SHIPPED_MODEL) if model is None else model
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0][:160]
        raise ModelError(
            name,
            f"cannot be loaded as a model ({reason})",
            "Name a model's folder or package, or leave out --model",
        ) from error
    if "newsmine_attribution" not in nlp.pipe_names:
        raise ModelError(
            name,
            "is a spaCy pipeline without newsmine's components",
            "Name a newsmine model, or leave out --model",
        )
    if thoughts:
        cast("AttributionComponent", nlp.get_pipe("newsmine_attribution")).least_certain = 0.0
    return nlp


def extract(article: Article, nlp: Language) -> Extraction:
    """All that a pipeline finds in one article.

    Raises:
        ReadError: The text is longer than any article (``nlp.max_length``, a million characters).
    """
    from newsmine.nlp.document import extraction_of, to_doc

    if len(article.text) > nlp.max_length:
        reason = f"has {len(article.text):,} characters, more than an article ({nlp.max_length:,})"
        raise ReadError(article.path, reason, "Cut it into one file an article")

    doc = nlp(to_doc(article, nlp))
    return extraction_of(doc, article, provenance(nlp))


def provenance(nlp: Language) -> Provenance:
    """Which newsmine and which model an extraction was made with."""
    meta = nlp.meta
    settings: dict[str, str | int | float | bool | None] = {"pipeline": " ".join(nlp.pipe_names)}
    if nlp.has_pipe("newsmine_attribution"):
        attribution = nlp.get_pipe("newsmine_attribution")
        settings["least_certain"] = getattr(attribution, "least_certain", None)
    name = f"{meta['lang']}_{meta['name']}-{meta['version']}"
    encoder = nlp.get_pipe("newsmine_encoder") if nlp.has_pipe("newsmine_encoder") else None
    fingerprint = getattr(getattr(encoder, "encoder", None), "fingerprint", None)
    model = f"{name}@{fingerprint}" if fingerprint else name
    return Provenance(__version__, model, settings)
