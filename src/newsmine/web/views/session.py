"""Signing in with the token, so that this browser may change things, and out again."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from newsmine.web.access import ForbiddenError
from newsmine.web.answers import access, answer, redirect


async def sign_in(request: Request) -> Response:
    """Ask for the token; with the right one, this browser may write.

    ``?token=…`` in the address, which the start prints, does the same at once.
    """
    given = request.query_params.get("token")
    if request.method == "POST":
        given = _text(await request.form(), "token")
    if given is None:
        return answer(request, "sign_in", {"wrong": False})
    if not access(request).is_token(given):
        return answer(request, "sign_in", {"wrong": True}, 403)
    response = redirect("/")
    access(request).admit(request, response)
    return response


async def sign_out(request: Request) -> Response:
    """Let this browser only read from now on."""
    await access(request).form(request)
    response = redirect("/")
    access(request).dismiss(request, response)
    return response


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    if not isinstance(value, str):
        raise ForbiddenError(name, "is a file", "Type the token")
    return value
