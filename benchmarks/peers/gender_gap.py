"""The Gender Gap Tracker's published rules, stated again as a baseline.

After Asr et al. 2021 ("The Gender Gap Tracker", PLOS ONE 16(1)), section on quote extraction; no
code of theirs. In order: a clause under a reporting verb with a subject; "according to"; sentences
in quotation marks after such a one, which go on its speaker; what is quoted still, by the nearest
reporting verb in the sentence or beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span, Token

Chars = tuple[int, int]

VERBS = frozenset(Path(__file__).with_name("verbs.txt").read_text("utf-8").split())
_CLAUSES = ("ccomp", "parataxis", "xcomp")
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubjpass")
_QUOTED = re.compile('[“"]([^“”"]{2,2000})[”"]')
_FOLLOWING = 5  # sentences


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation as the rules see it: characters, end exclusive."""

    content: Chars
    source: Chars | None
    cue: Chars | None


def gender_gap(doc: Doc) -> list[Quote]:
    """All quotations of a parsed text, in order, none over another."""
    kept: list[Quote] = []
    for rule in (_under_verbs, _according_to, _nearest_verb):
        for quote in rule(doc):
            if not any(_overlap(quote.content, other.content) for other in kept):
                kept.append(quote)
    kept += _following(doc, kept)
    return sorted(kept, key=lambda quote: quote.content)


def _under_verbs(doc: Doc) -> Iterator[Quote]:
    for token in doc:
        verb, clause = token.head, token
        if token.dep_ == "parataxis" and token.lemma_ in VERBS:
            verb, clause = token, token.head  # "A law is needed, she said": the verb hangs below
        elif token.dep_ not in _CLAUSES or verb.lemma_ not in VERBS:
            continue
        subject = _subject(verb)
        if subject is not None and verb.i != clause.i:
            content = _subtree(clause, without=verb) if clause.i < verb.i else _chars(clause)
            if content[0] < content[1]:
                yield Quote(content, _chars(subject), (verb.idx, verb.idx + len(verb)))


def _subtree(clause: Token, *, without: Token) -> Chars:
    below = {token.i for token in without.subtree}
    words = [token for token in clause.subtree if token.i not in below and token.i < without.i]
    return (words[0].idx, words[-1].idx + len(words[-1])) if words else (0, 0)


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def _chars(token: Token) -> Chars:
    words = list(token.subtree)
    return words[0].idx, words[-1].idx + len(words[-1])


def _according_to(doc: Doc) -> Iterator[Quote]:
    for token in doc[:-1]:
        if doc[token.i : token.i + 2].text.lower() == "according to":
            named = next((t for t in doc[token.i + 2 : token.i + 6] if t.pos_ in _NOUNS), None)
            if named is None:
                continue
            source = (doc[token.i + 2].idx, _chars(named)[1])
            before, after = (token.sent.start_char, token.idx), (source[1], token.sent.end_char)
            content = before if before[1] - before[0] > after[1] - after[0] else after
            cue = (token.idx, doc[token.i + 1].idx + 2)
            yield Quote(content, source, cue)


_NOUNS = ("NOUN", "PROPN", "PRON")


def _nearest_verb(doc: Doc) -> Iterator[Quote]:
    """Quoted words that no clause covers: the nearest reporting verb of their sentence."""
    for match in _QUOTED.finditer(doc.text):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is None or len(span) < 4:
            continue
        verbs = [t for t in _around(span) if t.lemma_ in VERBS and _subject(t) is not None]
        if verbs:
            verb = min(verbs, key=lambda t: min(abs(t.i - span.start), abs(t.i - span.end)))
            subject = _subject(verb)
            source = _chars(subject) if subject is not None else None
            yield Quote(match.span(), source, (verb.idx, verb.idx + len(verb)))


def _around(span: Span) -> list[Token]:
    first, last = span[0].sent, span[-1].sent
    inside = range(span.start, span.end)
    return [t for t in span.doc[first.start : last.end] if t.i not in inside]


def _following(doc: Doc, found: list[Quote]) -> Iterator[Quote]:
    """Sentences in marks as a whole, up to five after one whose speaker is known."""
    sentences = list(doc.sents)
    speaker, left = None, 0
    for sentence in sentences:
        inside = [q for q in found if _overlap(q.content, (sentence.start_char, sentence.end_char))]
        if inside:
            speaker, left = inside[-1].source, _FOLLOWING
            continue
        text = sentence.text.strip()
        if speaker and left and text[:1] in '“"' and len(sentence) > 4:
            yield Quote((sentence.start_char, sentence.end_char), speaker, None)
        left = max(left - 1, 0)


def _overlap(a: Chars, b: Chars) -> bool:
    return a[0] < b[1] and b[0] < a[1]
