"""The addresses, one line each."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from newsmine.index import IndexSize
from newsmine.index.postgres import Address, place_of
from newsmine.web.access import Access, Guard
from newsmine.web.answers import HANDLERS, HERE, environment
from newsmine.web.kept import COUNTS, PAGES, Kept, Lagging, Page, kept
from newsmine.web.library import Library
from newsmine.web.uploads import Uploads
from newsmine.web.views import (
    article,
    corrections,
    exports,
    figures,
    identities,
    names,
    prints,
    saved,
    search,
    session,
    upload,
    withheld,
    years,
)

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

ROUTES: tuple[BaseRoute, ...] = (
    Route("/", kept(search.home)),
    Route("/search", kept(search.search)),
    Route("/prints", kept(prints.prints)),
    Route("/complete", search.complete),
    Route("/saved", kept(saved.searches)),
    Route("/saved/new", saved.keep, methods=["POST"]),
    Route("/saved/delete", saved.drop, methods=["POST"]),
    Route("/article/{ident:path}", kept(article.article)),
    Route("/raw/{ident:path}", article.raw),
    Route("/scan/{number:int}/{ident:path}", article.scan),
    Route("/organisations", kept(names.organisations)),
    Route("/organisation", kept(names.organisation)),
    Route("/organisation/years.{form}", years.organisation_years),
    Route("/speakers", kept(names.speakers)),
    Route("/speaker", kept(names.speaker)),
    Route("/speaker/years.{form}", years.speaker_years),
    Route("/claims", kept(figures.figures)),
    Route("/names", identities.identities, methods=["GET", "POST"]),
    Route("/export", exports.export),
    Route("/fix", corrections.fix, methods=["GET", "POST"]),
    Route("/corrections", corrections.corrections),
    Route("/withheld", withheld.withheld, methods=["GET", "POST"]),
    Route("/undo", corrections.undo, methods=["POST"]),
    Route("/upload", upload.upload, methods=["GET", "POST"]),
    Route("/upload/{ident}", upload.progress),
    Route("/sign-in", session.sign_in, methods=["GET", "POST"]),
    Route("/sign-out", session.sign_out, methods=["POST"]),
    Mount("/static", StaticFiles(directory=HERE / "static")),
)


def create_app(
    path: str | Path | Address, *, access: Access | None = None, hosts: Sequence[str] = LOOPBACK
) -> Starlette:
    """The pages over an index, as an ASGI application.

    Args:
        path: The index.
        access: Who may write; by default a new token, which ``app.state.access`` shows.
        hosts: The names that the server goes by; requests for others are refused, since they come
            from pages that had a name of theirs point here.
    """
    app = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        ],
        exception_handlers=HANDLERS,
    )
    place = place_of(path)
    app.state.library = Library(place)
    app.state.access = access or Access.new()
    app.state.uploads = Uploads(place)
    app.state.templates = environment()
    app.state.pages = Kept[Page](PAGES)
    app.state.counts = Lagging[search.Counted](COUNTS, search.is_big)
    app.state.sizes = Lagging[IndexSize](1, search.is_big)
    app.state.user = _login_name()
    return app


def _login_name() -> str:
    """Proposed as the name of who corrects."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
