"""The simulated corrector does on a made-up case what it is for."""

from __future__ import annotations

import numpy as np
from tests.benchmarks.effort_editor.material import REACHED, Case
from tests.benchmarks.effort_editor.planner import correct

from dynseg.geometry.part import Part, ring


def bitten(points: int = 40) -> Case:
    """A disc, and a proposal of it that lacks a bite and has a bump."""
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    way = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    radius = np.full(points, 100.0)
    radius[5:12], radius[24:30] = 60.0, 140.0
    middle = np.array((200.0, 200.0))
    disc = (Part(ring(middle + 100.0 * way)),)
    return Case("disc", (Part(ring(middle + radius[:, None] * way)),), disc, (), 400, 400)


def test_tools_need_a_third_of_the_gestures_of_dragging() -> None:
    case = bitten()
    ours, drags = correct(case, with_tools=True), correct(case, with_tools=False)
    assert ours.overlap >= REACHED
    assert drags.overlap >= REACHED
    assert 3 * ours.gestures <= drags.gestures
    assert set(drags.tools) == {"edit"}


def test_what_the_model_knows_better_is_one_gesture() -> None:
    case = bitten()
    refined = Case("disc", case.proposal, case.truth, case.truth, 400, 400)
    work = correct(refined, with_tools=True)
    assert (work.gestures, work.tools, work.changes) == (1, ["refine"], 0)
