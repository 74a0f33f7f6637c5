"""Questions asked in a window of their own."""

from __future__ import annotations
