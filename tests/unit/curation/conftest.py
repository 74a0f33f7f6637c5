"""Small projects, as the tests of formats have them."""

from __future__ import annotations

from tests.unit.formats.conftest import make_project as make_project
