"""What the tests of dialogs share."""

from __future__ import annotations

import pytest

from dynseg_annotator.settings import Settings


@pytest.fixture
def settings(qapp):
    return Settings()
