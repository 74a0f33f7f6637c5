"""Filter and order of the image list: what the rows do not tell is asked of the store."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject

from dynseg.project.query import ImageQuery
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.image_menu import ImageMenu
from dynseg_annotator.application.view.suggesting import SuggestionController
from dynseg_annotator.itemmodels.image_arrangement import ImageOrder

MEASURED = (ImageOrder.UNCERTAINTY, ImageOrder.DISAGREEMENT)
"""Orders that need a value for each image, which is worked out beside the window's thread."""


class ListController(QObject):
    """Brings what panel and actions ask for to the list."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._asked = 0
        self._among: frozenset[int] | None = None
        self._ordered = self._suggesting = 0
        self.menu = ImageMenu(parts, self)
        self.suggestions = SuggestionController(parts, self._suggested, self)
        panel = parts.image_panel
        panel.query_asked.connect(self.filter)
        panel.order_asked.connect(self.order)
        for order in ImageOrder:
            parts.actions[f"order-{order.value}"].triggered.connect(
                lambda _=False, order=order: self.order(order)
            )
        parts.actions["find-image"].triggered.connect(self._find)
        self._context.classes_changed.connect(panel.set_classes)
        self._context.project_opened.connect(self._start_anew)
        self._show_order(ImageOrder.NAME)

    def filter(self, query: ImageQuery) -> None:
        """Show the images that fit."""
        store = self._context.store
        self._asked += 1
        if store is None or not query.classes:
            self._parts.images.set_query(query, among=self._among)
            return
        asked, wanted = self._asked, ImageQuery(classes=query.classes)

        def done(ids: list[int]) -> None:
            if asked == self._asked and self._context.store is store:
                self._parts.images.set_query(query, ids, among=self._among)

        self._context.background.run(
            partial(store.find, wanted), done=done, failed=self._context.messages.show_error
        )

    def show_among(self, image_ids: Iterable[int] | None) -> None:
        """Show these images alone, as far as they fit the filter; None for all again."""
        self._among = None if image_ids is None else frozenset(image_ids)
        self.filter(self._parts.image_panel.query)

    def order(self, order: ImageOrder) -> None:
        """Order the list in another way."""
        self._show_order(order)
        self._ordered += 1
        if order is ImageOrder.SUGGESTED:
            self._suggesting = self._ordered
            self.suggestions.order()
        elif order in MEASURED:
            self._measure(order)
        else:
            self._parts.images.set_order(order)

    def _suggested(self, values: dict[int, float]) -> None:
        if self._suggesting == self._ordered:  # nobody has chosen another order since
            self._parts.images.set_order(ImageOrder.SUGGESTED, values)

    def _measure(self, order: ImageOrder) -> None:
        store = self._context.store
        if store is None:
            return
        ordered = self._ordered
        confidence = float(self._context.settings.get("confidence"))
        rows = self._parts.images.all_rows()

        def work() -> dict[int, float]:
            from dynseg.inference.detections import scored_shapes
            from dynseg.review import queue

            if order is ImageOrder.UNCERTAINTY:
                return queue.uncertainties(store)
            return queue.disagreements(store, rows, scored_shapes, confidence=confidence)

        def done(values: dict[int, float]) -> None:
            if ordered == self._ordered and self._context.store is store:
                self._parts.images.set_order(order, values)

        self._context.background.run(work, done=done, failed=self._context.messages.show_error)

    def _show_order(self, order: ImageOrder) -> None:
        self._parts.image_panel.set_order(order)
        self._parts.actions[f"order-{order.value}"].setChecked(True)

    def _find(self) -> None:
        self._parts.window.reveal("images")
        self._parts.image_panel.focus_search()

    def _start_anew(self) -> None:
        """Another project: what was filtered out of the last one is nobody's wish here."""
        self._parts.image_panel.clear_filter()
        self.order(ImageOrder.NAME)
