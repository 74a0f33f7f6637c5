"""VIA JSON in: which version wrote a file, and the images of all files."""

from __future__ import annotations

from pathlib import Path

from dynseg.formats.incoming import json_file
from dynseg.formats.incoming.listing import Listing
from dynseg.formats.incoming.source import ImageLabels, Source
from dynseg.formats.via import version_2, version_3


def recognise(listing: Listing) -> int:
    """How many files look like VIA's."""
    return sum(_is_via(listing, path) for path in listing.of(".json"))


def _is_via(listing: Listing, path: Path) -> bool:
    keys = listing.json_keys(path)
    return version_2.looks_alike(keys) or version_3.looks_alike(keys)


def read(source: Path) -> Source:
    """Find the labels of a file, or of all VIA files in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    names: dict[str, None] = {}
    labels: list[ImageLabels] = []
    for path, data in json_file.load_own(listing, _is_via, findings):
        if version_3.is_project(data):
            project = version_3.ProjectFile(listing, path, data, findings)
            names.update(dict.fromkeys(project.declared()))
            labels += project.labels()
        else:
            labels += version_2.images(listing, path, data, findings)
    return Source(listing.root, tuple(labels), tuple(names), findings=tuple(findings))
