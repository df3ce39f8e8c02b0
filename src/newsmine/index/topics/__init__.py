"""What articles and quotations are about: by a dictionary that users edit, or a model they train.

>>> from newsmine.index.topics import shipped_scorer
>>> found = shipped_scorer().score("Cyberbullying follows children home.")
>>> [score.topic for score in found.article if score.about]
['bullying', 'child-safety']

``scoring`` says what a score means; ``data/topics.toml`` is the dictionary.
"""

from __future__ import annotations

from functools import cache

from newsmine.index.topics.dictionary import load_dictionary, shipped_dictionary, shipped_text
from newsmine.index.topics.scoring import ABOUT, DictionaryScorer, Fired, Scored, TopicScore

__all__ = [
    "ABOUT",
    "DictionaryScorer",
    "Fired",
    "Scored",
    "TopicScore",
    "load_dictionary",
    "shipped_dictionary",
    "shipped_scorer",
    "shipped_text",
]


@cache
def shipped_scorer() -> DictionaryScorer:
    """Scores by the dictionary that comes with newsmine."""
    return DictionaryScorer(shipped_dictionary())
