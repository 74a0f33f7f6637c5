"""How long there is something to learn, and how fast. Free of torch.

Every new image brings steps; when they are used up, the learner rests. Towards the end the
learning rate falls, as in any training run, and a new image lifts it again.
"""

from __future__ import annotations

from collections import deque

FIRST_STEPS = 300
"""Steps that the first images bring."""
STEPS_PER_IMAGE = 60
MOST_STEPS = 1500
"""Steps ahead at most, however many images come at once."""
COOL_STEPS = 200
"""Over so many last steps the rate falls."""
LOWEST_RATE = 0.05
_WINDOW = 60
_FLAT = 0.01
"""When the loss falls by less than this part from one window to the next, it has stopped."""


class Course:
    """Counts steps and says when to rest."""

    def __init__(self) -> None:
        self._left = 0
        self._losses: deque[float] = deque(maxlen=2 * _WINDOW)
        self._since_news = 0

    def more(self, images: int) -> None:
        """Images were reviewed, changed, or taken away."""
        bonus = FIRST_STEPS if not self._losses and not self._left else 0
        if images:
            self._since_news = 0
        wanted = max(self._left + images * STEPS_PER_IMAGE, COOL_STEPS) + bonus
        self._left = min(MOST_STEPS, wanted)

    def stepped(self, loss: float) -> None:
        """One step was made."""
        self._losses.append(loss)
        self._since_news += 1
        self._left = max(0, self._left - 1)
        if self._left > COOL_STEPS and self._is_flat():
            self._left = COOL_STEPS

    @property
    def is_resting(self) -> bool:
        """Whether there is nothing left to learn."""
        return self._left <= 0

    @property
    def rate_factor(self) -> float:
        """Learning rate over its highest value."""
        return LOWEST_RATE + (1 - LOWEST_RATE) * min(1.0, self._left / COOL_STEPS)

    @property
    def loss(self) -> float | None:
        """Mean loss of the last steps."""
        last = list(self._losses)[-_WINDOW // 3 :]
        return sum(last) / len(last) if last else None

    def _is_flat(self) -> bool:
        if self._since_news < 2 * _WINDOW:  # what it was before says nothing about new images
            return False
        values = list(self._losses)
        before, after = sum(values[:_WINDOW]), sum(values[_WINDOW:])
        return before - after < _FLAT * abs(before)
