"""Uploading files, and watching what becomes of them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from newsmine.errors import QueryError
from newsmine.web.answers import access, answer, link, redirect
from newsmine.web.uploads import Job, Uploads, discard, safe_name

MOST_FILES = 500


def _uploads(request: Request) -> Uploads:
    found: Uploads = request.app.state.uploads
    return found


async def upload(request: Request) -> Response:
    """The form for files, and their arrival; the first of its parts is the secret."""
    if request.method == "GET":
        return answer(request, "upload", {"jobs": _jobs(request)})
    access(request).require_cookie(request)
    async with request.form(max_files=MOST_FILES) as form:
        access(request).require(request, form)
        sent = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
        files = [one for one in sent if one.filename]
        if not files:
            raise QueryError("upload", "has no file", "Choose at least one")
        job = await run_in_threadpool(_kept, _uploads(request), files)
    return redirect(link(f"/upload/{job.id}"))


def _kept(uploads: Uploads, files: Sequence[UploadFile]) -> Job:
    ident, folder = uploads.folder()
    paths: list[Path] = []
    try:
        for file in files:
            paths.append(folder / safe_name(file.filename, [path.name for path in paths]))
            with paths[-1].open("wb") as kept:
                shutil.copyfileobj(file.file, kept)
    except OSError as error:
        discard(folder)
        raise QueryError("upload", f"cannot be kept ({error})", "Make room beside it") from error
    return uploads.start(ident, paths)


def progress(request: Request) -> Response:
    """How far one upload is; the page asks again by itself until it is done."""
    job = _uploads(request).job(request.path_params["ident"])
    return answer(request, "progress", _job(job))


def _jobs(request: Request) -> list[dict[str, Any]]:
    return [_job(job) for job in reversed(_uploads(request).jobs.values())]


def _job(job: Job) -> dict[str, Any]:
    summary = job.summary
    return {
        "id": job.id,
        "url": link(f"/upload/{job.id}"),
        "files": list(job.files),
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "problem": job.problem,
        "added": summary.added if summary else 0,
        "replaced": summary.replaced if summary else 0,
        "present": summary.present if summary else 0,
        "skipped": [
            {**asdict(one), "path": Path(one.path).name}
            for one in (summary.skipped if summary else ())
        ],
    }
