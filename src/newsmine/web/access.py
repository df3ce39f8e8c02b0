"""Who may do what: everybody who reaches the page reads; to write takes the token shown at start.

The threats are other pages in the same browser (forged forms, DNS names that point here) and text
from articles (scripts). Against the first: a cookie that other sites' requests do not carry, a
secret in each form, a check of the ``Origin``, a list of host names. Against the second: templates
escape everything, and the policy in ``HEADERS`` runs no script but ours.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import FormData, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsmine.errors import NewsmineError

FIELD = "secret"
"""The hidden field of every form that changes something."""

FORM = 1 << 20
"""Bytes that a form may have."""
UPLOAD = 1 << 29
"""Bytes that one upload may have, all its files together."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class ForbiddenError(NewsmineError):
    """Something that takes the token was asked for without it."""


@dataclass(frozen=True, slots=True)
class Access:
    """The secrets of one run of the server, all made from its token."""

    token: str

    @classmethod
    def new(cls) -> Access:
        """With a token that nobody can guess."""
        return cls(secrets.token_urlsafe(24))

    def may_write(self, request: Request) -> bool:
        """Whether this browser has shown the token."""
        given = request.cookies.get(self._cookie_name(request), "")
        return hmac.compare_digest(given.encode(), self._made("session").encode())

    def is_token(self, given: str) -> bool:
        """Whether this is the token."""
        return hmac.compare_digest(given.strip().encode(), self.token.encode())

    def admit(self, request: Request, response: Response) -> None:
        """Let this browser write from now on, until the server stops."""
        name = self._cookie_name(request)
        response.set_cookie(name, self._made("session"), httponly=True, samesite="strict")

    def dismiss(self, request: Request, response: Response) -> None:
        """Let this browser only read from now on."""
        response.delete_cookie(self._cookie_name(request))

    def secret(self, request: Request) -> str | None:
        """What a form must send back; ``None`` for a browser that may not write."""
        return self._made("form") if self.may_write(request) else None

    async def form(self, request: Request) -> FormData:
        """What our own form sent.

        Raises:
            ForbiddenError: The browser may not write, or the form is not ours.
        """
        self.require_cookie(request)
        form = await request.form()
        self.require(request, form)
        return form

    def require(self, request: Request, form: FormData) -> None:
        """Refuse a change that does not come from our own form, in a browser that may write.

        Raises:
            ForbiddenError: It does not.
        """
        self.require_cookie(request)
        sent = form.get(FIELD)
        ours = isinstance(sent, str) and hmac.compare_digest(
            sent.encode(), self._made("form").encode()
        )
        if not ours or not _same_origin(request):
            raise ForbiddenError("change", "came from another page", "Reload the page, try again")

    def require_cookie(self, request: Request) -> None:
        """Refuse a browser that may not write, before anything that it sends is read.

        Raises:
            ForbiddenError: It has not shown the token.
        """
        if not self.may_write(request):
            raise ForbiddenError("change", "needs the token", "Sign in with what the start printed")

    def _made(self, purpose: str) -> str:
        return hmac.new(self.token.encode(), purpose.encode(), hashlib.sha256).hexdigest()

    def _cookie_name(self, request: Request) -> str:
        # Browsers share cookies between the ports of a host; two servers must not sign each
        # other's readers out.
        return f"newsmine-{request.url.port or 0}"


def _same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


class Guard:
    """ASGI middleware: ``HEADERS`` on every answer, and an end to what is sent beyond a limit."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        left = UPLOAD if scope["path"] == "/upload" else FORM

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, counted, guarded)
