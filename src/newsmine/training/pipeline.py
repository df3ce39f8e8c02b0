"""Puts the pipeline together that is shipped around an encoder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsmine import __version__
from newsmine.nlp.components import EncoderComponent
from newsmine.nlp.encoder import Encoder

_CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "newsmine.tokenizer.v1"}}}


def save_pipeline(encoder: Path, folder: Path, *, meta: Mapping[str, Any]) -> None:
    """Write a spaCy pipeline around the encoder in a folder (``encoder.onnx``, ...)."""
    import spacy

    nlp = spacy.blank("en", config=_CONFIG)
    component = nlp.add_pipe("newsmine_encoder")
    if isinstance(component, EncoderComponent):
        component.encoder = Encoder(encoder)
    for name in ("newsmine_attribution", "newsmine_speakers", "newsmine_claims"):
        nlp.add_pipe(name)
    nlp.meta.update({"name": "newsmine", "version": __version__, **meta})
    nlp.to_disk(folder)
