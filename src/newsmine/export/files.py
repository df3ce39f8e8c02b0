"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from newsmine.errors import ExportError

_ELSEWHERE = "Name a file in a folder that you may write to"
_REMEDIES = {
    errno.ENOSPC: "Make room there, or name a file on another disk",
    errno.EDQUOT: "Make room there, or name a file on another disk",
    errno.EFBIG: "Name a file on another disk, or export fewer rows",
    errno.ENOENT: "Make its folder first",
    errno.ENOTDIR: "Name a file in a folder",
    errno.ENAMETOOLONG: "Choose a shorter name",
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of ``path`` once the block has ended well.

    Until then, and for ever if the block raises or the process is stopped, what was at ``path``
    stays as it was. A link is followed; the permissions of the old file are kept.

    Raises:
        ExportError: It cannot be written: no room, no right, no such folder.
    """
    target = path.resolve()
    # Short, because a name may be just as long as the disk allows; in the same folder, because
    # only there can a rename take the other's place in one step.
    draft = target.with_name(f".newsmine-{secrets.token_hex(6)}.part")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        _discard(draft)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder that appears at ``path`` once the block has ended well, with all that is in it.

    Raises:
        ExportError: Something other than an empty folder is there, or it cannot be made.
    """
    target = path.resolve()
    draft = target.with_name(f".newsmine-{secrets.token_hex(6)}.part")
    try:
        if target.is_dir() and any(target.iterdir()):
            raise ExportError(path, "is a folder that holds files", "Name a new or an empty one")
        draft.mkdir()
        yield draft
        draft.replace(target)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _discard(draft: Path) -> None:
    """Take the draft away, if it was made and not renamed; why it failed is known already."""
    try:
        draft.unlink(missing_ok=True)
    except OSError:
        return


def unwritable(path: Path, error: OSError) -> ExportError:
    """The error for a user: what the system says, and what to do about it."""
    reason = (error.strerror or str(error)).lower()
    remedy = _REMEDIES.get(error.errno or 0, _ELSEWHERE)
    return ExportError(path, f"cannot be written ({reason})", remedy)


def require_file(path: Path) -> None:
    """See that a file can be put there without destroying something that is none.

    Raises:
        ExportError: It is a folder; a device or a pipe, which a rename would replace; or a file
            that its owner protected.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(path, error) from error
    if stat.S_ISDIR(mode):
        raise ExportError(path, "is a folder", f"Name a file in it, such as {path / 'quotes.csv'}")
    if not stat.S_ISREG(mode):
        raise ExportError(path, "is a device or a pipe", "Name a file")
    if not os.access(path, os.W_OK):
        raise ExportError(path, "is protected against writing", "Allow it, or name another file")
