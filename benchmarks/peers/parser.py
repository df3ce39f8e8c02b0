"""The parser that rule-based peers need: a small spaCy CNN, trained on EWT and GUM.

spaCy's own pipelines are on no package registry, so the peers get one of the same shape as
``en_core_web_sm`` (tagger, lemmatiser, parser over a shared CNN of width 96), trained here.

  python -m benchmarks.peers.parser DATA OUT [--epochs 6]
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.converters import conllu_to_docs
from spacy.util import minibatch

_TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": 96,
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
    "pretrained_vectors": None,
}
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
_PIPES = {
    "morphologizer": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": _LISTENER},
    "trainable_lemmatizer": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": _LISTENER},
    "parser": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": _LISTENER,
    },
}
_SENTENCES = 8  # a document: what spaCy's converter groups, so that sentence ends are learnt
_SEED = 20261125


def main() -> None:
    """Train and save."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path, help="the folder with treebanks/")
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--epochs", type=int, default=6)
    options = arguments.parse_args()
    nlp = blank()
    treebanks = options.data / "treebanks"
    examples = list(
        read(nlp, [*treebanks.glob("ewt/train.conllu"), *treebanks.glob("gum/train/*")])
    )
    held_out = list(read(nlp, [treebanks / "ewt" / "dev.conllu"]))
    train(nlp, examples, epochs=options.epochs)
    scores = nlp.evaluate(held_out)
    sys.stdout.write(f"EWT dev: UPOS {scores['pos_acc']:.3f}, LAS {scores['dep_las']:.3f}\n")
    nlp.to_disk(options.out)


def blank() -> Language:
    """The untrained pipeline."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _TOK2VEC})
    for name, model in _PIPES.items():
        nlp.add_pipe(name, config={"model": model})
    return nlp


def read(nlp: Language, paths: list[Path]) -> Iterator[Example]:
    """Treebank sentences as examples, several a document."""
    for path in sorted(paths):
        docs = conllu_to_docs(path.read_text("utf-8"), n_sents=_SENTENCES, no_print=True)
        for gold in docs:
            yield Example(Doc(nlp.vocab, words=[t.text for t in gold], spaces=_spaces(gold)), gold)


def _spaces(doc: Doc) -> list[bool]:
    return [bool(token.whitespace_) for token in doc]


def train(nlp: Language, examples: list[Example], *, epochs: int) -> None:
    """Fit all pipes together."""
    spacy.util.fix_random_seed(_SEED)
    order = random.Random(_SEED)
    optimiser = nlp.initialize(lambda: examples)
    for epoch in range(epochs):
        order.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, size=16):
            nlp.update(batch, sgd=optimiser, drop=0.1, losses=losses)
        told = ", ".join(f"{name} {loss:.0f}" for name, loss in losses.items())
        sys.stderr.write(f"epoch {epoch + 1}: {told}\n")


if __name__ == "__main__":
    main()
