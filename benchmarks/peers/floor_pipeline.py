"""The pipeline whose time rule-based peers pay at least: `en_core_web_sm`'s shape, trained here.

Tagger and parser over one CNN of width 96 and depth 4 with the hash tables of `en_core_web_sm`
3.8, and an entity recogniser with a CNN of its own, as there. Tagger and parser learn from EWT and
GUM, names from Universal NER on EWT: enough that their transitions are those of a trained pipeline,
which is what time depends on. No lemmatiser, no attribute ruler: with them it is a third slower.

  python -m benchmarks.peers.floor_pipeline DATA OUT [--epochs 2]
"""

from __future__ import annotations

import argparse
import random
import sys
import warnings
from pathlib import Path
from typing import Any

import spacy
from benchmarks.peers.parser import read
from spacy.language import Language
from spacy.training import Example
from spacy.util import minibatch

from newsmine.evaluation.named import uner

_CNN = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
        "rows": [5000, 1000, 2500, 2500, 50, 50],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 96,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
_NAMES = (
    "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT "
    "QUANTITY TIME WORK_OF_ART"
)
"""OntoNotes' labels, so that the recogniser weighs as many moves a word as `en_core_web_sm`'s."""
_SEED = 20261125


def main() -> None:
    """Train and save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path, help="the folder with treebanks/ and entities/")
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--epochs", type=int, default=2)
    options = arguments.parse_args()
    trained(options.data, epochs=options.epochs).to_disk(options.out)


def blank() -> Language:
    """The untrained pipeline."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _CNN})
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": _LISTENER}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": _transitions("parser", _LISTENER)})
    names = nlp.add_pipe("ner", config={"model": _transitions("ner", _CNN)})
    for label in _NAMES.split():
        names.add_label(label)  # type: ignore[attr-defined]
    return nlp


def untrained() -> Language:
    """The pipeline with random weights, for machines without the treebanks.

    A tagger's and a parser's labels are few then, and transitions random: times are rough.
    """
    nlp = blank()
    doc = nlp.make_doc("Ann Roe said it was late.")
    heads = [1, 2, 2, 5, 5, 2, 2]
    deps = ["compound", "nsubj", "ROOT", "nsubj", "cop", "ccomp", "punct"]
    tags = ["NNP", "NNP", "VBD", "PRP", "VBD", "JJ", "."]
    example = Example.from_dict(doc, {"heads": heads, "deps": deps, "tags": tags})
    nlp.initialize(lambda: [example])
    return nlp


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": tok2vec,
    }


def trained(data: Path, *, epochs: int) -> Language:
    """The pipeline, trained on the treebanks and names of the shared data."""
    nlp = blank()
    treebanks = data / "treebanks"
    files = [treebanks / "ewt" / "train.conllu", *(treebanks / "gum" / "train").iterdir()]
    sentences = list(read(nlp, files))
    # A name that ends within one of spaCy's tokens teaches nothing; spaCy warns of each.
    warnings.filterwarnings("ignore", message=r"\[W030\]")
    names = [
        Example.from_dict(nlp.make_doc(t.text), {"entities": [(*span, n) for span, n in t.names]})
        for t in uner(data / "entities" / "uner-ewt" / "train.iob2")
    ]
    spacy.util.fix_random_seed(_SEED)
    optimiser = nlp.initialize(lambda: sentences)
    for pipes, examples in ((("tok2vec", "tagger", "parser"), sentences), (("ner",), names)):
        with nlp.select_pipes(enable=pipes):
            _fit(nlp, examples, optimiser, epochs=epochs)
    return nlp


def _fit(nlp: Language, examples: list[Example], optimiser: Any, *, epochs: int) -> None:
    order = random.Random(_SEED)
    for epoch in range(epochs):
        order.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, size=16):
            nlp.update(batch, sgd=optimiser, drop=0.1, losses=losses)
        told = ", ".join(f"{name} {loss:.0f}" for name, loss in losses.items())
        sys.stderr.write(f"epoch {epoch + 1}: {told}\n")


if __name__ == "__main__":
    main()
