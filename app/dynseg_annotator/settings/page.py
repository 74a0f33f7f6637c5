"""The guide's page of the settings, made from the table.

python -m dynseg_annotator.settings.page > resources/dynseg_resources/guide/settings.md
"""

from __future__ import annotations

import sys

from dynseg_annotator.settings.table import SECTIONS, SETTINGS, Kind, Setting

HEAD = """# Settings

*File, Settings* (`Ctrl+,`). Every change holds at once. They are kept in `settings.json` in the
program's own folder, which `dynseg doctor` names; what belongs to a project is kept in the project.
"""


def guide_page() -> str:
    """The page in Markdown."""
    lines = [HEAD]
    for section in SECTIONS:
        lines += [f"## {section}", "", "| setting | what it does | values |", "|---|---|---|"]
        lines += [
            f"| **{row.title}** | {row.prose} | {_values(row)} |"
            for row in SETTINGS
            if row.section == section
        ]
        lines.append("")
    return "\n".join(lines)


def _values(row: Setting) -> str:
    """What can be chosen, the default marked."""
    if row.kind is Kind.BOOL:
        return "on (default), off" if row.default else "on, off (default)"
    if row.kind is Kind.CHOICE:
        return ", ".join(
            f"{label} (default)" if value == row.default else label for value, label in row.choices
        )
    if row.kind is Kind.TEXT:
        return row.default or "a text, default none"
    unit = f" {row.unit}" if row.unit else ""
    return f"{row.minimum:g} to {row.maximum:g}{unit}, default {row.default:g}{unit}"


if __name__ == "__main__":
    sys.stdout.write(guide_page())
