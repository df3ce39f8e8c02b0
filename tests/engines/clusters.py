"""A Spark cluster of this machine, for a test: a master and workers, out of the Python package."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIGHT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java starts in half the time where it does not optimise."""

SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": LIGHT,
    "spark.ui.enabled": "false",
    "spark.executor.cores": "1",
    "spark.executor.memory": "512m",
    "spark.executor.extraJavaOptions": LIGHT,
}


def without_spark() -> str:
    """Why these tests cannot run here; nothing where they can."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return 'Spark is not installed: pip install "newsmine[spark]"'
    if not shutil.which("java"):
        return "Spark needs Java: apt install default-jre-headless"
    return ""


needs_spark = pytest.mark.skipif(bool(without_spark()), reason=without_spark() or "it is there")


@dataclass(frozen=True)
class Cluster:
    """Where the master listens, the processes of its workers, and where they log."""

    url: str
    workers: tuple[subprocess.Popen[bytes], ...]
    folder: Path

    def executors(self) -> list[int]:
        """The numbers of the processes in which the workers have it done."""
        parents = {worker.pid for worker in self.workers}
        return [pid for pid, parent in _executors() if parent in parents]

    def lost(self) -> int:
        """How many executors ended as those do that are killed."""
        logs = (self.folder / f"worker-{number}" / "log" for number in range(len(self.workers)))
        return sum(log.read_text(errors="replace").count("exitStatus 137") for log in logs)


def _executors() -> Iterator[tuple[int, int]]:
    """All living executors with their parents."""
    command = ["ps", "-ww", "-eo", "pid=,ppid=,stat=,args="]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        pid, parent, state, run = line.split(maxsplit=3)
        if "CoarseGrainedExecutorBackend" in run and not state.startswith("Z"):
            yield int(pid), int(parent)


@contextmanager
def cluster(folder: Path, *, workers: int = 2) -> Iterator[Cluster]:
    """Start one on free ports of the loopback device; end it, whatever happens."""
    with ExitStack() as stack:
        options = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
        log = folder / "master.log"
        stack.enter_context(_daemon("master.Master", options, log))
        url = _logged(log, r"Starting Spark master at (spark://127\.0\.0\.1:\d+)")
        url = re.sub(r":\d+$", f":{_port(log)}", url)
        started = []
        for number in range(workers):
            own = folder / f"worker-{number}"
            own.mkdir()
            given = [*options, "--cores", "1", "--memory", "600m", "--work-dir", str(own), url]
            started.append(stack.enter_context(_daemon("worker.Worker", given, own / "log")))
        for number in range(workers):
            _logged(folder / f"worker-{number}" / "log", "(Successfully registered)")
        yield Cluster(url, tuple(started), folder)


def _port(log: Path) -> str:
    """Where the master listens: the address that it logs has the port it was asked for."""
    return _logged(log, r"started service 'sparkMaster' on port (\d+)")


@contextmanager
def _daemon(name: str, options: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    import pyspark

    home = Path(pyspark.__file__).parent
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *options]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SPARK", "PYSPARK"))}
    own = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "128m",
        "SPARK_DAEMON_JAVA_OPTS": LIGHT,
        "SPARK_CONF_DIR": str(log.parent),
        "PYSPARK_PYTHON": sys.executable,
    }
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            stdout=file,
            stderr=file,
            env=kept | own,
            # With its children it is a group of its own, so that none is forgotten.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _logged(log: Path, pattern: str, *, seconds: float = 90) -> str:
    """What a process says, as soon as it does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"not said in {seconds} s: {pattern}\n{log.read_text()[-2000:]}")


def python_path() -> str:
    """Where the executors find newsmine and these tests."""
    return os.pathsep.join((str(ROOT / "src"), str(ROOT)))
