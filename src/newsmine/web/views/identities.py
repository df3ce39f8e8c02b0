"""Who is who across articles: questions that newsmine is unsure of, names joined or parted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.index import Index
from newsmine.index.identity import Identity, NamePart, Question
from newsmine.web.answers import access, answer, index_of, library, redirect
from newsmine.web.views.corrections import sent_texts, who_of

QUESTIONS = 20
ANSWERS = ("yes", "no", "unsure")
SHOWN = 300
"""Names put together that are listed; of a large index there are thousands."""
MOST_ARTICLES = 200
"""Articles of one judgement."""
SEEN = 3
"""Articles of a name that are shown beside a question."""


async def identities(request: Request) -> Response:
    """The open questions and what is put together; a form's judgement is kept and applied."""
    if request.method == "GET":
        return await run_in_threadpool(_shown, request)
    form = await access(request).form(request)
    others = [one for one in form.getlist("articles") if isinstance(one, str)]
    await run_in_threadpool(_judged, request, sent_texts(form), others[:MOST_ARTICLES])
    return redirect("/names")


def _shown(request: Request) -> Response:
    index = index_of(request)
    unsure = request.query_params.get("unsure") == "yes"
    questions, known = index.identities.questions(unsure=unsure), index.identities.all()
    values = {
        "unsure": unsure,
        "total": len(questions),
        "questions": [_question(index, one) for one in questions[:QUESTIONS]],
        "identities": [_identity(one) for one in known[:SHOWN]],
        "known": len(known),
        "answers": list(ANSWERS),
    }
    return answer(request, "identities", values)


def _question(index: Index, one: Question) -> dict[str, Any]:
    return {
        "key": _key(one),
        "type": one.type,
        "score": one.score,
        "reasons": list(one.reasons),
        "unsure": one.unsure,
        "names": [_name(index, one.type, part) for part in (one.one, one.other)],
    }


def _name(index: Index, type: str, part: NamePart) -> dict[str, Any]:
    seen = index.identities.seen(type, part, limit=SEEN)
    found = [{"role": s.role, "organisation": s.organisation, "place": s.place} for s in seen]
    return {"name": part.name, "articles": list(part.articles or ()), "seen": found}


def _identity(one: Identity) -> dict[str, Any]:
    return {
        "label": one.label,
        "type": one.type,
        "names": [part.name for part in one.parts],
        "reasons": list(one.reasons),
    }


def _key(one: Question) -> str:
    """What a form says of a question; a later page of questions may have it elsewhere."""
    parts = (f"{part.name}\n{','.join(part.articles or ())}" for part in (one.one, one.other))
    return "\n".join((one.type, *parts))


def _judged(request: Request, sent: Mapping[str, str], articles: Sequence[str]) -> None:
    who, why = who_of(sent), sent.get("why") or None
    action = sent.get("action", "")
    if action not in (*ANSWERS, *_ACTIONS):
        raise QueryError("action", "is unknown", "Use the forms of the page")
    with library(request).writing() as index:
        if action == "split" and articles:
            index.identities.split([_one(sent)], articles=articles, who=who, why=why)
        elif action in ANSWERS:
            index.identities.answer(_asked(index, sent), action, who=who, why=why)
        else:
            _ACTIONS[action](index, sent, who, why)


def _asked(index: Index, sent: Mapping[str, str]) -> Question:
    # A browser sends line ends as CR LF.
    key = sent.get("key", "").replace("\r\n", "\n")
    for question in index.identities.questions(unsure=True):
        if _key(question) == key:
            return question
    raise QueryError("question", "is not open any more", "Go back to the questions")


def _merge(index: Index, sent: Mapping[str, str], who: str, why: str | None) -> None:
    index.identities.merge(_two(sent), who=who, why=why)


def _split(index: Index, sent: Mapping[str, str], who: str, why: str | None) -> None:
    index.identities.split(_two(sent), who=who, why=why)


def _rename(index: Index, sent: Mapping[str, str], who: str, why: str | None) -> None:
    one, other = _two(sent)
    index.identities.rename(one, other, who=who, why=why)


_ACTIONS: dict[str, Callable[[Index, Mapping[str, str], str, str | None], None]] = {
    "merge": _merge,
    "split": _split,
    "rename": _rename,
}


def _one(sent: Mapping[str, str]) -> str:
    name = sent.get("one", "").strip()
    if not name:
        raise QueryError("the name", "is missing", "Use the form of a speaker's page")
    return name


def _two(sent: Mapping[str, str]) -> tuple[str, str]:
    one, other = sent.get("one", "").strip(), sent.get("other", "").strip()
    if not one or not other:
        raise QueryError("names", "are missing", "Give two")
    return one, other
