"""Workers that die, that are ahead, that lose their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsmine.cli.build import engine_of
from newsmine.engines import local
from newsmine.engines.local import Workers
from newsmine.errors import NewsmineError, QueryError
from newsmine.pipeline import Here, Work
from newsmine.progress import Skipped
from newsmine.types import Provenance
from tests.cli.conftest import ROOT, environment
from tests.engines.pretend import Pretend
from tests.engines.test_contract import taken, write


def children() -> set[int]:
    """The processes of this one that are workers."""
    return {pid for pid in _pids() if _parent(pid) == os.getpid() and _is_worker(pid)}


def _pids() -> Iterator[int]:
    return (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def _parent(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[1])


def _is_worker(pid: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.fixture(autouse=True)
def no_orphans() -> Iterator[None]:
    before = children()
    yield
    assert children() <= before


class TestDeaths:
    def test_a_killed_worker_costs_nothing(self, tmp_path: Path) -> None:
        files = write(tmp_path, ["one"], ["two", "!die 1", "three"], *([str(n)] for n in range(9)))
        found = taken(Workers(2), files)
        Path(f"{files[1]}.deaths").write_text("x")
        assert found == taken(Here(), files)

    def test_three_times_and_the_file_is_skipped(self, tmp_path: Path) -> None:
        files = write(tmp_path, ["one"], ["!die", "two"], ["three"])
        (_, one), (_, (skipped,)), (_, three) = taken(Workers(2), files)
        assert isinstance(skipped, Skipped)
        assert skipped.path == str(files[1])
        assert "3 times (signal 9, SIGKILL)" in skipped.reason
        assert "memory" in skipped.remedy
        assert len(one) == len(three) == 1
        assert Path(f"{files[1]}.deaths").read_text() == "xxx"

    def test_one_article_of_many_is_skipped(self, tmp_path: Path) -> None:
        files = write(tmp_path, ["one", "!die", "three"], ["four"])
        (_, (one, skipped, three)), (_, four) = taken(Workers(1), files)
        assert isinstance(skipped, Skipped)
        assert "its article 2" in skipped.reason
        assert not isinstance(one, Skipped)
        assert not isinstance(three, Skipped)
        assert len(four) == 1

    def test_two_in_a_row_and_the_rest_is_skipped(self, tmp_path: Path) -> None:
        files = write(tmp_path, ["one", "!die", "!die", "four"], ["five"])
        (_, (_, *skipped)), (_, five) = taken(Workers(1), files)
        assert [
            item.reason.partition(" ended")[0] for item in skipped if isinstance(item, Skipped)
        ] == ["its article 2", "what follows"]
        assert len(five) == 1

    def test_workers_that_cannot_even_start(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "executable", "/bin/false")
        monkeypatch.setattr("multiprocessing.spawn._python_exe", b"/bin/false")
        files = write(tmp_path, *([str(n)] for n in range(30)))
        with pytest.raises(NewsmineError, match="times in a row without a result"):
            taken(Workers(2), files)

    def test_killed_before_it_begins_is_no_fault_of_the_file(self, tmp_path: Path) -> None:
        files = write(tmp_path, ["one"], ["two"])
        starts = tmp_path / "starts"
        found = list(map(list, (i for _, i in Workers(1).map(_Stillborn(starts=starts), files))))
        assert [len(items) for items in found] == [1, 1]
        assert not any(isinstance(item, Skipped) for items in found for item in items)
        assert starts.read_text() == "x" * 6

    def test_killed_at_random_from_outside(self, tmp_path: Path) -> None:
        files = write(tmp_path, *([f"{n}", "!sleep 0.02", "x" * 9000] for n in range(60)))
        stop = threading.Event()

        def kill_now_and_then() -> None:
            for _ in range(6):
                if stop.wait(0.7):
                    return
                for pid in list(children())[:1]:
                    os.kill(pid, signal.SIGKILL)

        killer = threading.Thread(target=kill_now_and_then)
        killer.start()
        try:
            found = taken(Workers(2), files)
        finally:
            stop.set()
            killer.join()
        assert found == taken(Here(), files)


class TestWindow:
    def test_who_is_ahead_waits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """While the first file is slow, no more than the window holds is taken of the others."""
        monkeypatch.setattr(local, "WINDOW", 100_000)
        files = write(tmp_path, ["!sleep 1.5"], *(["y" * 20_000] * 20 for _ in range(8)))
        most = 0
        put = local._Crew._put

        def watched(self: local._Crew, job: object, data: bytes) -> None:
            nonlocal most
            put(self, job, data)  # type: ignore[arg-type]
            most = max(most, self._held)

        monkeypatch.setattr(local._Crew, "_put", watched)
        assert [len(items) for _, items in taken(Workers(2), files)] == [1, *[20] * 8]
        assert 100_000 <= most < 100_000 + 2 * 200_000

    def test_a_file_ahead_of_a_dead_one_is_no_deadlock(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(local, "WINDOW", 50_000)
        lines = [["!die 1", "z" * 30_000], *(["z" * 30_000] * 5 for _ in range(12))]
        files = write(tmp_path, *lines)
        assert [len(items) for _, items in taken(Workers(3), files)] == [2, *[5] * 12]


class TestEnds:
    def test_when_nobody_wants_more(self, tmp_path: Path) -> None:
        results = Workers(2).map(Pretend(), write(tmp_path, *([str(n)] for n in range(50))))
        next(results)
        assert children()
        results.close()
        assert not children()

    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    def test_when_the_parent_dies(self, tmp_path: Path, how: signal.Signals) -> None:
        write(tmp_path, *(["!sleep 30"] for _ in range(4)))
        script = (
            "import sys; from pathlib import Path\n"
            "from tests.engines.pretend import Pretend\n"
            "from newsmine.engines.local import Workers\n"
            "files = sorted(Path(sys.argv[1]).glob('*.txt'))\n"
            "for _, items in Workers(2).map(Pretend(), files): list(items)\n"
        )
        parent = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            cwd=ROOT,
            env=environment(),
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        until(lambda: len(workers_of(parent.pid)) == 2)
        orphans = workers_of(parent.pid)
        parent.send_signal(how)
        parent.wait(timeout=30)
        until(lambda: not any(_parent(pid) is not None and _is_worker(pid) for pid in orphans))


def workers_of(parent: int) -> set[int]:
    return {pid for pid in _pids() if _parent(pid) == parent and _is_worker(pid)}


def until(condition: object) -> None:
    deadline = time.monotonic() + 60
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "nothing happened for a minute"
        time.sleep(0.02)


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    """Else each worker would run it again, and start workers."""
    (tmp_path / "a.txt").write_text("one")
    script = tmp_path / "script.py"
    script.write_text(
        "import os; print('run', flush=True)\n"
        "from tests.engines.pretend import Pretend\n"
        "from newsmine.engines.local import Workers\n"
        f"for _, items in Workers(2).map(Pretend(), [{str(tmp_path / 'a.txt')!r}]):\n"
        "    print(len(list(items)))\n"
    )
    env = environment()
    env["PYTHONPATH"] = os.pathsep.join((env["PYTHONPATH"], str(ROOT)))
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, env=env, check=False
    )
    assert done.stdout.split() == ["run", "1"], done.stderr


def test_one_thread_each(tmp_path: Path) -> None:
    (item,) = [i for _, items in Workers(1).map(_Told(), [tmp_path / "x"]) for i in items]
    assert item == Skipped("1", "1", "1")


@dataclass(frozen=True, slots=True)
class _Stillborn(Pretend):
    """Five times it does not even get as far as its first file."""

    starts: Path = Path()

    def made_by(self) -> Provenance:
        done = self.starts.read_text() if self.starts.exists() else ""
        self.starts.write_text(done + "x")
        if len(done) < 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return Pretend.made_by(self)


class _Told(Pretend):
    __slots__ = ()

    def __call__(self, file: object, *, start: int = 0) -> Iterator[Skipped]:  # type: ignore[override]
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_THREAD_LIMIT")
        yield Skipped(*(os.environ[name] for name in names))


def test_a_loaded_model_stays_here() -> None:
    work = Work.of(model=object())  # type: ignore[arg-type]
    with pytest.raises(NewsmineError, match="is loaded already"):
        next(Workers(2).map(work, []))


class TestCount:
    def test_one_is_this_process(self) -> None:
        assert engine_of("1") is None

    def test_a_number_or_auto(self) -> None:
        engine = engine_of("3")
        assert isinstance(engine, Workers)
        assert engine.count == 3
        assert Workers().count == local.cores() >= 1

    @pytest.mark.parametrize("typed", ["0", "-1", "two", "", "1.5", "99999", "²"])
    def test_nonsense(self, typed: str) -> None:
        with pytest.raises(QueryError, match="--workers"):
            engine_of(typed)
