"""The guide's page of the settings, made from the table.

`python -m dynseg_annotator.dialogs.guide_pages` writes it.
"""

from __future__ import annotations

import sys

from dynseg_annotator.language import mark, tr
from dynseg_annotator.settings.table import SECTIONS, SETTINGS, Kind, Setting

HEAD = mark("""# Settings

*File, Settings* (`Ctrl+,`). Every change holds at once. They are kept in `settings.json` in the
program's own folder, which `dynseg doctor` names; what belongs to a project is kept in the project.
""")


def guide_page() -> str:
    """The page in Markdown, in the language in use."""
    lines = [tr(HEAD)]
    for section in SECTIONS:
        columns = (tr("setting"), tr("what it does"), tr("values"))
        lines += [f"## {tr(section)}", "", f"| {' | '.join(columns)} |", "|---|---|---|"]
        lines += [
            f"| **{tr(row.title)}** | {tr(row.prose)} | {_values(row)} |"
            for row in SETTINGS
            if row.section == section
        ]
        lines.append("")
    return "\n".join(lines)


def _values(row: Setting) -> str:
    """What can be chosen, the default marked."""
    if row.kind is Kind.BOOL:
        return tr("on (default), off") if row.default else tr("on, off (default)")
    if row.kind is Kind.CHOICE:
        choices = ((value, tr(label)) for value, label in row.choices)
        return tr(", ").join(
            tr("{label} (default)", label=label) if value == row.default else label
            for value, label in choices
        )
    if row.kind is Kind.TEXT:
        return str(row.default or tr("a text, default none"))
    return tr(
        "{low:g} to {high:g}{unit}, default {default:g}{unit}",
        low=row.minimum, high=row.maximum, default=row.default,
        unit=f" {row.unit}" if row.unit else "",
    )  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(guide_page())
