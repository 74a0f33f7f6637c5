"""The pinned dependencies are those that the program declares, each with its hashes."""

from __future__ import annotations

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from tests.packaging.conftest import ROOT

PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^ ;]+)(?: ; (?P<marker>[^\\]+))? \\$")


def test_l6_every_dependency_is_pinned_within_its_limits_and_hashed() -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    pins: dict[str, list[Version]] = {}
    unhashed = []
    for block in re.split(r"\n(?=\S)", text):
        found = PIN.match(block.partition("\n")[0])
        assert found is not None, block
        name = str(canonicalize_name(found["name"]))
        pins.setdefault(name, []).append(Version(found["version"]))
        if "--hash=sha256:" not in block:
            unhashed.append(name)
    assert not unhashed
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in project["dependencies"]:
        wanted = Requirement(line)
        pinned = pins.get(str(canonicalize_name(wanted.name)), [])
        # One of several: a dependency may be pinned otherwise on other versions of Python.
        assert any(version in wanted.specifier for version in pinned), (line, pinned)


def test_l6_the_lock_names_no_place_that_packages_come_from() -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    assert not re.findall(r"^--(?!hash)|^-[if]|https?://|file:", text, re.MULTILINE)
