"""Engines that are costly to start are started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsmine.engines import spark as engine
from newsmine.engines.spark import Spark
from tests.engines.clusters import python_path


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    """Spark on two cores of this machine; its session goes on between the tests."""
    log = tmp_path_factory.mktemp("spark") / "log"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", python_path())
        with engine._session("local[2]", {}, log):
            yield Spark("local[2]")
