"""Plug-ins: which there are, and why one cannot be used."""

from __future__ import annotations

from collections.abc import Iterator

from dynseg.doctor.finding import Finding
from dynseg.doctor.software import pip
from dynseg.extension import plugins
from dynseg.formats import registry
from dynseg.images import assist
from dynseg.model import plugged

GROUPS = (registry.ENTRY_POINTS, plugged.ENTRY_POINTS, assist.ENTRY_POINTS)


def check() -> Iterator[Finding]:
    """Nothing when none is installed."""
    there = [plugin.name for group in GROUPS for plugin in plugins(group) if not plugin.problem]
    if there:
        yield Finding("plug-ins", "ok", ", ".join(there))
    for problem in (*registry.problems(), *plugged.problems(), *assist.problems()):
        mend = f"{pip('list')}   shows its package; update or uninstall it"
        yield Finding("plug-ins", "problem", problem, mend)
