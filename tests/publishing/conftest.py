"""A Hub on this machine, and a way to talk to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpuslint.publishing.hub_server import HubServer
from tests.publishing.faults import Faults


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """What the Hub is to get wrong."""
    return Faults(tmp_path / "hub/blobs")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faults: Faults) -> Iterator[HubServer]:
    """A running Hub, and this process's clients pointed at it."""
    server = HubServer(tmp_path / "hub", tokens=frozenset({"hf_secret"}), around=faults.around)
    server.start()
    monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield server
    server.shutdown()
    server.server_close()
