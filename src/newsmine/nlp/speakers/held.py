"""Posts tell organisations from people: "analyst at Larch Pell", "Larch Pell’s head of nets"."""

from __future__ import annotations

import re

from newsmine.nlp.speakers.lexicon import Lexicon
from newsmine.nlp.speakers.names import Name

_HELD = re.compile(r"((?:\b[a-z-]+ ){1,4})(?:of|for|with|from) (?:the )?$")
_PERSON_OF = re.compile(r"\b([A-Z][a-z]+) [A-Z][\w’-]+,? (?:of|from|at) (?:the )?$")
_AT = re.compile(r"([\w-]+) at (?:the )?$")
# "a poll of 900 adults by Tidewell": whose work it is; people have a first name there
_WORK_BY = re.compile(
    r"\b(?:poll|survey|study|report|research|figures|analysis)\b[^.;:,“”]{0,25} by (?:the )?$"
)
_RUN = re.compile(
    r"\b(?:runs|founded|co-founded|set up|heads|chairs|edits|works for|worked for|joined|launched)"
    r" (?:the )?$"
)
_OWNED_POST = re.compile(
    r"(?:[’']s)? ((?:[A-Za-z-]+ ){0,5}?[a-z-]+)(?=,| of| for| [A-Z][a-z]+ [A-Z])"
)
_RUN_BY = re.compile(
    r",? (?:(?:is|was|which (?:is|was)) )?(?:run|led|headed|founded|set up|owned|chaired|created)"
    r" by |"
    r", whose (?:[a-z]+ ){0,2}(?:boss|chairman|chief|founder|head|owners|products|shares|staff)\b"
)


# "Zentrix has cut prices. The company said": nobody is a company
_THEN = re.compile(
    r"[^.\n]{5,200}\.\s+(?:[\"“]?(?:But|And|In a statement),? )?(?:[Ii]t|[Tt]he "
    r"(?:[\w-]+ ){0,2}?(?:company|firm|airline|carmaker|retailer|supermarket|bank|charity|"
    r"club|council|broadcaster|giant|watchdog|regulator|union|website|chain|operator|supplier|manufacturer|group))"
    r" (?:said|says|added|denied|insisted|also|has|plans|will|claims|claimed|admitted|warned)\b"
)


def subject_votes(name: Name, text: str, start: int) -> int:
    """Votes for an organisation: a sentence starts with it, and the next with what it is.

    ``start`` is where the sentence of the name starts.
    """
    opens = not text[start : name.span[0]].strip(' "“‘Tthe')
    return 3 * bool(opens and not name.title and _THEN.match(text, name.span[1]))


def held_votes(name: Name, before: str, after: str, lex: Lexicon) -> int:
    """Votes for an organisation where a post is held in it: four, or none.

    As in "analyst at Larch Pell", "Larch Pell’s head of nets" and "Larch Pell, run by".
    A name that starts as people's do ("the agent of Orrin Pell") is left to the other votes.
    """
    if name.title or name.after_role or not name.words or name.words[0] in lex.first_names:
        return 0
    post, person = _HELD.search(before), _PERSON_OF.search(before)
    words = post[1].split() if post else []
    last = next((w for w in reversed(words) if w in lex.jobs | lex.stops), "")
    several = len(name.words) > 1  # "Susan Pell, from Tidewell" is where she lives
    held = last in lex.jobs or (several and person is not None and person[1] in lex.first_names)
    at = _AT.search(before)
    if held or (at and at[1] not in lex.aimed) or _RUN.search(before):
        return 4
    if _WORK_BY.search(before):
        return 4
    owned = _OWNED_POST.match(after)
    words = owned[1].split() if owned else []
    whole = bool(words) and words[-1].lower() in lex.jobs and lex.role_at_end(words) > 0
    return 4 * (whole or bool(_RUN_BY.match(after)))
