"""Everything about labels that a new project took over, to read and to copy."""

from __future__ import annotations

from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import MessageAction
from dynseg_annotator.language import engine_text, tr
from dynseg_annotator.session.opening import OpenedProject


def all_findings(parts: Parts, project: OpenedProject) -> MessageAction | None:
    """The button that lists what was mended or could not be used; None when nothing was.

    A message has room for the first of them alone.
    """
    taken = project.imported
    if taken is None or not (taken.repaired or taken.refused):
        return None

    def show() -> None:
        from dynseg.formats import registry
        from dynseg.worker.answers import ImportAnswer, with_report
        from dynseg_annotator.dialogs.import_words import result
        from dynseg_annotator.dialogs.report_dialog import ReportDialog

        title = engine_text(registry.named(taken.format).title)
        answer = with_report(ImportAnswer(taken.format, images=taken.images), taken)
        report = result(answer, project.labels, None, format_title=title)
        ReportDialog(report, parts.window).show()

    return MessageAction(tr("Show all"), show)
