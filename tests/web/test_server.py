"""Where the server listens: at its own port, at a free one, or nowhere, with a remedy."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from newsmine.web.server import PORT, ServeError, _listener


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_free_port_where_its_own_is_taken(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsmine.web.server.PORT", taken)
    with _listener("127.0.0.1", None) as listener:
        assert listener.getsockname()[1] not in (0, taken)


def test_its_own_port_where_it_is_free(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with _listener("127.0.0.1", 0) as other:
        free = other.getsockname()[1]
    monkeypatch.setattr("newsmine.web.server.PORT", free)
    with _listener("127.0.0.1", None) as listener:
        assert listener.getsockname()[1] == free
    assert PORT


def test_a_port_that_was_asked_for_is_taken(taken: int) -> None:
    with pytest.raises(ServeError, match=f"127.0.0.1:{taken}: cannot be used .*Leave --port out"):
        _listener("127.0.0.1", taken)


@pytest.mark.parametrize("host", ["203.0.113.7", "nowhere.invalid", "a" * 70 + ".example"])
def test_an_address_that_is_none_of_ours(host: str) -> None:
    with pytest.raises(ServeError, match="Give an address of this machine") as caught:
        _listener(host, None)
    assert caught.value.thing == host
