"""Correcting a row, and the journal of all that people decided, with undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, get_args

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.index import Judgement
from newsmine.index.saved import KIND as SEARCH
from newsmine.types import AttributionKind, SpeakerType
from newsmine.web.answers import access, answer, index_of, library, link, redirect

FIELDS = ("speaker", "role", "organisation", "type", "kind", "counted")
MOST = 10
"""Parts of a judgement that are shown."""
LONGEST = 2_000
"""Characters of a corrected value; more is a text pasted by mistake."""


async def fix(request: Request) -> Response:
    """The form for one row (``row=ARTICLE:a1``), and what becomes of it when it is sent."""
    if request.method == "GET":
        row = request.query_params.get("row", "")
        values = await run_in_threadpool(_form_values, request, row)
        return answer(request, "fix", values)
    form = await access(request).form(request)
    return await run_in_threadpool(_fixed, request, sent_texts(form))


def _form_values(request: Request, row: str) -> dict[str, Any]:
    found = _row(request, row)
    choices = {"type": get_args(SpeakerType), "kind": get_args(AttributionKind)}
    return {
        "row": row,
        "url": _place(row),
        "text": found["quote"] if "quote" in found else found["context"],
        "fields": [
            {"name": name, "value": found[name] or "", "choices": list(choices.get(name, ()))}
            for name in FIELDS
            if name in found and not (name == "kind" and "claim" in found)
        ],
        "checked": found["checked"],
        "correction": found["correction"],
    }


def _row(request: Request, row: str) -> Mapping[str, Any]:
    article, colon, ident = row.rpartition(":")
    index = index_of(request)
    stored = index.article(article) if colon else None
    if stored is None:
        raise QueryError(row[:60] or "row", "is no row", "Follow a link of an article's page")
    return index.row(stored.id, ident)


def _fixed(request: Request, sent: Mapping[str, str]) -> Response:
    row, why, who = sent.get("row", ""), sent.get("why") or None, who_of(sent)
    before, action = _row(request, row), sent.get("action", "save")
    changes = {
        n: sent[n].strip() for n in FIELDS if n in sent and sent[n].strip() != (before.get(n) or "")
    }
    if action == "save" and not changes:
        raise QueryError(row, "was not changed", "Change a field, or say that it is right")
    with library(request).writing() as index:
        index.fix(
            row,
            who=who,
            why=why,
            drop=action == "drop",
            **(changes if action == "save" else {}),
        )
    return redirect("/corrections" if action == "drop" else _place(row))


def _place(row: str) -> str:
    article, _, ident = row.rpartition(":")
    return link(f"/article/{article}") + f"#about-{ident}"


def sent_texts(form: FormData) -> dict[str, str]:
    """What a form says, by field.

    Raises:
        QueryError: A field is a file, or too long.
    """
    return {name: _text(form, name) for name in form}


def who_of(sent: Mapping[str, str]) -> str:
    """The name of who sent a form.

    Raises:
        QueryError: There is none.
    """
    who = sent.get("who", "").strip()
    if not who:
        raise QueryError("your name", "is missing", "Say who you are, so that others can ask")
    return who


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise QueryError(name[:40], "is too long or a file", f"Give at most {LONGEST:,} characters")
    return value


def corrections(request: Request) -> Response:
    """All judgements, newest first: what, by whom, when, why, and whether it is in force.

    The journal keeps names that are withheld, since a judgement cannot be changed. Where any is,
    what a judgement says is shown only to who may write.
    """
    index = index_of(request)
    hidden = not access(request).may_write(request) and index.withholding.counts().names > 0
    rows = {one.number: asdict(one) for one in index.corrections()}
    standing = index.journal.standing()
    entries = [_entry(one, rows.get(one.id), one.id in standing) for one in index.journal.entries()]
    shown = [one | _HIDDEN for one in entries] if hidden else entries
    return answer(request, "corrections", {"entries": shown[::-1], "hidden": hidden})


_HIDDEN = {"about": "", "said": "", "why": None, "url": None}


def _entry(one: Judgement, row: Mapping[str, Any] | None, in_force: bool) -> dict[str, Any]:
    said = row["changes"] if row else one.decision
    return {
        "number": one.id,
        "kind": one.kind,
        "at": one.at,
        "who": one.who,
        "why": one.why,
        "undoes": one.undoes,
        "in_force": in_force,
        "lost": bool(row) and row["state"] == "row lost" if row else False,
        "about": row["text"] if row else _plain(one.subject),
        "url": _place(row["row"]) if row and row["state"] == "in force" else None,
        "said": _plain(said),
    }


def _plain(values: Mapping[str, Any]) -> str:
    shown = (f"{name}: {_listed(value)}" for name, value in values.items() if value is not None)
    return "; ".join(shown)


def _listed(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name", ", ".join(map(str, value.values()))))
    if isinstance(value, list | tuple):
        return ", ".join(map(_listed, value[:MOST])) + ", …" * (len(value) > MOST)
    return str(value) or "unknown"


async def undo(request: Request) -> Response:
    """Take a judgement back, or bring it back by undoing its undo."""
    form = await access(request).form(request)
    sent = {name: _text(form, name) for name in ("number", "who", "why", "back")}
    if not sent["number"].isdecimal() or not sent["who"].strip():
        raise QueryError("undo", "lacks a number or a name", "Use the form of the journal's page")
    await run_in_threadpool(_undone, request, sent)
    return redirect(sent["back"] if sent["back"] in _BACK else "/corrections")


_BACK = ("/withheld", "/saved")
"""Pages that have a button to undo besides that of the journal."""


def _undone(request: Request, sent: Mapping[str, str]) -> None:
    number, who, why = int(sent["number"]), sent["who"].strip(), sent["why"] or None
    with library(request).writing() as index:
        kind = _root(index.journal.entries(), number)
        if kind.startswith("names."):
            index.identities.undo(number, who=who, why=why)
        elif kind.startswith("withhold"):
            index.withholding.undo(number, who=who, why=why)
            index.identities.refresh()
        elif kind == SEARCH:
            index.journal.undo(number, who=who, why=why)
        else:
            index.undo(number, who=who, why=why)


def _root(entries: Sequence[Judgement], number: int) -> str:
    """The kind of what an entry is about, through undos of undos."""
    known = {entry.id: entry for entry in entries}
    one = known.get(number)
    while one is not None and one.undoes is not None:
        one = known[one.undoes]
    return one.kind if one else ""
