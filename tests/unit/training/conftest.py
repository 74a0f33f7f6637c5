"""Learning within the process of the tests."""

from __future__ import annotations

import pytest


@pytest.fixture
def no_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training in this process loads its images in it too.

    A process of tests has threads of Qt, OpenVINO and pytest, and may not survive the fork of a
    loader. The training process, which the e2e tests start, has none of these.
    """
    monkeypatch.setattr("dynseg.training.trainer._workers", lambda device: 0)
