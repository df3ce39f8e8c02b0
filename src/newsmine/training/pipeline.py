"""Puts the pipeline together that is shipped around an encoder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsmine import __version__
from newsmine.nlp.components import EncoderComponent
from newsmine.nlp.encoder import Encoder

META: Mapping[str, Any] = {
    "description": "Attributions, names and numeric claims in newspaper articles",
    "author": "newsmine",
    "license": "Apache-2.0",
    "sources": [
        {"name": "MiniLM-L6 (all-MiniLM-L6-v2), start weights", "license": "Apache-2.0"},
        {"name": "PolNeAR 1.0: roles, links; silver names", "license": "none stated; weights only"},
        {"name": "Universal NER on EWT: names", "license": "CC BY-SA 4.0"},
        {"name": "GUM, permissive genres: names", "license": "CC BY 4.0 and by genre"},
    ],
}
"""What the pipeline's ``meta.json`` says of it; the model card beside it says more."""

_CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "newsmine.tokenizer.v1"}}}


def save_pipeline(encoder: Path, folder: Path, *, meta: Mapping[str, Any]) -> None:
    """Write a spaCy pipeline around the encoder in a folder (``encoder.onnx``, ...)."""
    import spacy

    nlp = spacy.blank("en", config=_CONFIG)
    component = nlp.add_pipe("newsmine_encoder")
    if isinstance(component, EncoderComponent):
        component.encoder = Encoder(encoder)
    for name in ("attribution", "speakers", "claims", "checks"):
        nlp.add_pipe(f"newsmine_{name}")
    nlp.meta.update({"name": "newsmine", "version": __version__, **meta})
    nlp.to_disk(folder)
