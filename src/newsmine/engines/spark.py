"""Articles extracted by Spark: on a cluster, or on all cores of this machine.

Spark says where a part is written, watches over it and repeats it when a machine is lost; the rows
go from the worker to the shared disk, not through the driver. Inputs and results have to be where
all machines see them under the same path, and newsmine has to be installed on each.

The work travels once, pickled; the model is loaded once in each Python worker, which lives as long
as its executor.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import socket
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsmine.engines.parts import Manifest, files_in, manifest_in, manifest_path
from newsmine.engines.tasks import Order, PartTask, write_part
from newsmine.errors import NewsmineError
from newsmine.index.tables import MissingPackageError
from newsmine.pipeline.engine import File, Results
from newsmine.pipeline.work import Work
from newsmine.types import Provenance

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
"""The default: all cores of this machine."""

LOG = "_spark.log"
"""What Spark says, in the folder of the results."""

_TRIES = 8
"""How often Spark runs a part before it gives up: see ``tasks.write_part`` for what they do."""
_AT_A_TIME = 64
"""Files whose results ``map`` has waiting."""
_LOOK_EVERY = 0.5
"""Seconds between looks at what is written."""
_LATE = 120.0

_FIXED = {
    "spark.ui.showConsoleProgress": "false",
    "spark.task.maxFailures": str(_TRIES),
    # Only names of parts come back. Without a bound a driver takes a quarter of the memory.
    "spark.driver.memory": "1g",
    "spark.driver.maxResultSize": "256m",
    # A core a worker: else each of them would start a thread for every core.
    "spark.executorEnv.OMP_NUM_THREADS": "1",
    # Compiling a query that passes on a number takes longer than running it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}

_HERE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # Java only waits for Python here: measured, half its processor time goes into optimising.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
"""On this machine alone."""


class SparkError(NewsmineError):
    """Spark cannot be reached, or gave up."""


class Spark:
    """An engine on Spark.

    Args:
        master: ``local[*]``, ``local[2]``, ``spark://host:7077``, ``yarn``, ...; ``None`` is what
            spark-submit was told, else all cores of this machine.
        settings: Spark's own, beside those of its configuration files.
        scratch: Where ``map`` keeps results until they are taken: a folder that all machines see;
            ``None`` is this machine's folder for temporary files.
    """

    def __init__(
        self,
        master: str | None = None,
        *,
        settings: Mapping[str, str] | None = None,
        scratch: Path | None = None,
    ) -> None:
        self._master, self._settings, self._scratch = master, settings or {}, scratch

    def write(self, order: Order, tasks: Sequence[PartTask]) -> Iterator[Manifest]:
        """Have parts written; each one's manifest when it is whole, in any order.

        Raises:
            MissingPackageError: PySpark or Java is not installed.
            SparkError: Spark cannot be reached, or gave up.
            NewsmineError: What a worker says.
        """
        if not order.work.can_travel:
            reason = "is loaded already and cannot be given to other machines"
            raise NewsmineError("model", reason, "Name its folder, or leave out the engine")
        if not tasks:
            return
        with _session(self._master, self._settings, order.folder / LOG) as session:
            yield from _written(session, order, tasks)

    def map(self, work: Work, files: Iterable[File]) -> Results:
        """What is in each file, in the order of the files. ``write`` is the faster way.

        Raises:
            MissingPackageError: PySpark or Java is not installed.
            SparkError: Spark cannot be reached, or gave up.
            NewsmineError: What a worker says.
        """
        given = iter(files)
        while some := list(islice(given, _AT_A_TIME)):
            with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
                order = Order(Path(folder), work, Provenance("", ""), checked=False)
                tasks = [PartTask(f"part-{n:06}", (str(file),)) for n, file in enumerate(some)]
                parts = {part.name: part for part in self.write(order, tasks)}
                for file, task in zip(some, tasks, strict=True):
                    yield file, next(files_in(parts[task.name]))[1]


def _written(session: SparkSession, order: Order, tasks: Sequence[PartTask]) -> Iterator[Manifest]:
    """Start the job and look what comes, until it ends."""
    waiting = {task.name for task in tasks}
    replaced = {name for name in waiting if manifest_path(order.folder, name).exists()}
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(_run, session, order, tasks)
        try:
            while not job.done():
                wait_for([job], _LOOK_EVERY)
                for name in sorted(waiting - replaced):
                    if manifest_path(order.folder, name).exists():
                        waiting.remove(name)
                        yield manifest_in(manifest_path(order.folder, name))
        finally:
            if not job.done():
                session.sparkContext.cancelAllJobs()
    _raise_what_failed(job, order.folder / LOG)
    for name in sorted(waiting):
        yield manifest_in(_arrived(manifest_path(order.folder, name), order.folder))


def _arrived(path: Path, folder: Path) -> Path:
    """A file that another machine wrote: network disks can take a minute to show it."""
    end = time.monotonic() + _LATE
    while not path.exists():
        if time.monotonic() > end:
            reason = "lacks what the workers wrote; they seem to have a folder of this name each"
            raise SparkError(folder, reason, "Name a folder for the results that all machines see")
        time.sleep(_LOOK_EVERY)
    return path


def _run(session: SparkSession, order: Order, tasks: Sequence[PartTask]) -> list[bytes]:
    """What went wrong, as pickled errors; each part is a task of its own."""
    given = [pickle.dumps(task) for task in tasks]
    write = _writer(pickle.dumps(order), given, Path.cwd())
    numbers = session.range(0, len(given), 1, len(given))
    done = numbers.mapInArrow(write, "error binary")
    return [bytes(row.error) for row in done.collect()]


def _writer(
    order: bytes, tasks: Sequence[bytes], here: Path
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What runs on the executors: the numbers of parts in, what went wrong out."""

    def write(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for batch in batches:
            numbers = batch.column(0).to_pylist()
            failures = [_failure(order, tasks[number], here) for number in numbers]
            told = pa.array([failure for failure in failures if failure], pa.binary())
            yield pa.RecordBatch.from_arrays([told], ["error"])

    return write


def _failure(order: bytes, task: bytes, here: Path) -> bytes | None:
    """Write a part; what went wrong, unless another try may help: then Spark sees it.

    Paths are as they were typed, so they count from where that was.
    """
    try:
        with _in(here):
            write_part(pickle.loads(order), pickle.loads(task), careful=_is_repeated())
    except (OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - it is raised where the run was started
        return pickle.dumps(error)
    return None


@contextmanager
def _in(folder: Path) -> Iterator[None]:
    try:
        os.chdir(folder)
    except OSError as error:
        remedy = "Run it from a folder that all machines see, where articles and results are, too"
        raise SparkError(folder, f"is not there for {socket.gethostname()}", remedy) from error
    yield


def _is_repeated() -> bool:
    from pyspark import TaskContext

    context = TaskContext.get()
    return context is not None and context.attemptNumber() > 0


def _raise_what_failed(job: Future[list[bytes]], log: Path) -> None:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        for error in job.result():
            raise pickle.loads(error)
    except (Py4JError, PySparkException) as error:
        raise _explained(str(error), log) from error


def _explained(message: str, log: Path) -> SparkError:
    if "No module named 'newsmine" in message:
        reason = "newsmine is not installed on the cluster's machines"
        return SparkError("--engine spark", reason, "Install the same version on each of them")
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    told = next((line for line in reversed(lines) if re.match(r"\w*Error: ", line)), lines[0])
    return SparkError(
        "--engine spark", f"Spark gave up: {told}", f"See {log}, and the logs of its executors"
    )


@contextmanager
def _session(master: str | None, settings: Mapping[str, str], log: Path) -> Iterator[SparkSession]:
    """The session that there is, or a new one that ends with this; Spark's log goes to a file."""
    _check_installed()
    # Of pandas 3, which it does not fully support, nothing is used here.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
    from pyspark.sql import SparkSession

    if running := SparkSession.getActiveSession():
        yield running
        return
    session = _started(master, settings, log)
    try:
        yield session
    finally:
        session.stop()


def _started(master: str | None, settings: Mapping[str, str], log: Path) -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # Executors run the Python of this environment, and find this newsmine.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder.appName("newsmine")
    for name, value in {**_FIXED, **_place(master), **settings}.items():
        builder = builder.config(name, value)
    try:
        with _stderr_to(log):
            session: SparkSession = builder.getOrCreate()
    except (Py4JError, PySparkException, RuntimeError) as error:
        reason = f"Spark does not start there ({_last_error(log) or type(error).__name__})"
        remedy = f"See whether it can be reached, whether Java is 17 or newer, and {log}"
        raise SparkError(f"--master {master or LOCAL}", reason, remedy) from error
    return session


def _last_error(log: Path) -> str | None:
    """The last that Spark logged as an error: what it raises tells of its inside only."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    told = re.findall(r" ERROR \w+: (.*)", text)
    return told[-1].rstrip(".") if told else None


@contextmanager
def _stderr_to(log: Path) -> Iterator[None]:
    """Java, which is started in here, keeps what it says on stderr off the terminal for good."""
    if os.environ.get("NEWSMINE_DEBUG"):
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with log.open("wb") as file:
            os.dup2(file.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _place(master: str | None) -> dict[str, str]:
    """Where it runs, and where newsmine is for machines that share this one's disk."""
    package = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    found = {"spark.executorEnv.PYTHONPATH": paths}
    if master is None and "PYSPARK_GATEWAY_PORT" in os.environ:
        return found
    name = master or LOCAL
    if local := re.fullmatch(r"local(?:\[([^,\]]+)\])?", name):
        # Without a number behind the comma nothing is tried twice on this machine.
        return found | _HERE | {"spark.master": f"local[{local[1] or 1},{_TRIES}]"}
    return found | {"spark.master": name}


def _check_installed() -> None:
    thing = "--engine spark"
    try:
        import pyspark  # noqa: F401
    except ImportError as error:
        reason, remedy = "needs PySpark", 'Install it with pip install "newsmine[spark]"'
        raise MissingPackageError(thing, reason, remedy) from error
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=f"{home}/bin" if home else None):
        where = f" in JAVA_HOME ({home})" if home else ""
        remedy = "Install it (Debian, Ubuntu: apt install default-jre-headless), or set JAVA_HOME"
        raise MissingPackageError(thing, f"needs Java, and there is none{where}", remedy)
