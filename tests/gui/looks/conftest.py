"""The whole window is made as for the tests of the shell."""

from __future__ import annotations

from tests.gui.shell.conftest import application

__all__ = ["application"]
