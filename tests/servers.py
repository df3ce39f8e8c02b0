"""A PostgreSQL server of the tests' own: in a temporary folder, reached by its Unix socket."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

HOW_TO_INSTALL = (
    "PostgreSQL's server is not installed; on Debian: apt install postgresql (see tools/system.sh)"
)
_NAME = "index"
# Nothing of it has to outlive the tests, so nothing has to reach the disk.
_QUICK = "fsync=off synchronous_commit=off full_page_writes=off autovacuum=off max_connections=40"


def programs() -> Path | None:
    """The folder of the server's programs, the newest where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(known).parent if known else None


class Server:
    """A running server."""

    def __init__(self, programs: Path, folder: Path, settings: str = _QUICK) -> None:
        self._programs, self.folder, self._settings = programs, folder, settings

    @classmethod
    def at(cls, folder: str | Path) -> Server:
        """The server whose folder that is."""
        found = programs()
        assert found
        return cls(found, Path(folder))

    def url(self, database: str = _NAME, *, user: str = "postgres") -> str:
        """The address of a database of it."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def sql(self, script: str, database: str = _NAME) -> list[Any]:
        """Run a script as the one who may do everything; the rows of its last statement."""
        connection = _connected(f"{self.folder}/.s.PGSQL.5432", database)
        return [tuple(row) for row in connection.execute_simple(script).rows or []]

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, not as root: the server refuses that."""
        as_whom = ["runuser", "-u", _user(), "--"] if os.geteuid() == 0 else []
        command = [*as_whom, str(self._programs / program), *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.folder, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        settings = " ".join(f"-c {one}" for one in self._settings.split())
        options = f"-k {self.folder} -c listen_addresses='' {settings}"
        log = str(self.folder / "log")
        self.run("pg_ctl", "start", "-w", "-D", str(self.folder / "data"), "-l", log, "-o", options)

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "-m", "immediate", "-D", str(self.folder / "data"))

    def empty(self, database: str = _NAME) -> None:
        """Take everything out of the index of a database; numbers begin anew."""
        self.sql(_EMPTY, database)


@lru_cache(maxsize=16)
def _connected(socket: str, database: str) -> Any:
    from pg8000.native import Connection

    return Connection("postgres", unix_sock=socket, host=None, database=database)


@contextmanager
def server(programs: Path, *, lasting: bool = False) -> Iterator[Server]:
    """A server with an empty database; ``lasting`` as they are set up where rows have to last."""
    # A short name: that of a socket may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="newsmine-pg-", dir="/tmp"))
    made = Server(programs, folder, "shared_buffers=512MB" if lasting else _QUICK)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _user())
        folder.chmod(0o755)
        known = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        made.run("initdb", "-D", str(folder / "data"), *known)
        made.start()
        try:
            made.sql(f'CREATE DATABASE "{_NAME}"', "postgres")
            yield made
        finally:
            made.stop()
            _connected.cache_clear()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str:
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


_EMPTY = """
SET session_replication_role = replica;
SET client_min_messages = error;
DO $$
DECLARE
    name TEXT;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'newsmine'
        AND tablename NOT IN ('newsmine', 'judged')
    LOOP
        EXECUTE format('DELETE FROM newsmine.%I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'newsmine'
        AND last_value IS NOT NULL
    LOOP
        EXECUTE format('ALTER SEQUENCE newsmine.%I RESTART', name);
    END LOOP;
    IF to_regclass('newsmine.judged') IS NOT NULL THEN
        UPDATE newsmine.judged SET upto = 0;
    END IF;
END $$;
SET session_replication_role = origin;
"""
