"""What a model proposes in an image, whatever is there already.

It takes the detections and a few rules, and neither the project nor the image: so it can be made
where they were found, and the one who writes has only to lay it into the document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass

import msgspec

from dynseg.annotation import packing
from dynseg.annotation.document import Instance, Origin
from dynseg.geometry.part import Part
from dynseg.inference.detections import Detection
from dynseg.inference.overlap import Outlines, outlines, overlapping_pairs_within

DOUBLE_IOU = 0.8
"""Two candidates that overlap this much are one object seen as two classes; the surer one stays."""


class Rules(msgspec.Struct, frozen=True):
    """What decides which detections are proposed, and as what.

    Attributes:
        model_id: The model that found them.
        confidence: Lowest score of a proposal.
        mapping: Class of the model to class id of the project; None or missing drops it.
        names: Classes that a detection may be named (`usable_names`); its name then counts.
    """

    model_id: str
    confidence: float
    mapping: dict[int, int | None]
    names: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """Proposals for an image.

    Attributes:
        proposals: Of no run, the surest first, no object and no id twice.
        mapping: Class of the project for every class of the model that is sure enough somewhere
            and has no name: while these stay the same, other rules make the same draft.
        names: Classes that a detection might be named.
        found: The proposals, measured; None where nobody has them at hand.
    """

    proposals: Sequence[Instance]
    mapping: dict[int, int | None]
    names: frozenset[int]
    found: Outlines | None = None

    def fits(self, rules: Rules) -> bool:
        """Whether these rules, of the same model and threshold, make the same of an image."""
        known = rules.mapping
        return self.names == rules.names and all(
            known.get(index) == class_id for index, class_id in self.mapping.items()
        )


class PackedDraft(msgspec.Struct, frozen=True):
    """A draft on its way between processes: fields and points as `annotation.packing` has them."""

    head: bytes
    body: bytes
    mapping: dict[int, int | None]
    names: frozenset[int]

    @classmethod
    def of(cls, draft: Draft) -> PackedDraft:
        """Pack a draft."""
        head = packing.encode_entries(map(packing.entry_of, draft.proposals))
        body = packing.body_of(draft.proposals)
        return cls(head, body, draft.mapping, draft.names)

    def unpacked(self) -> Draft:
        """The draft again, bit for bit."""
        return Draft(packing.unpack(self.head, self.body), self.mapping, self.names)


def drafted(image_id: int, detections: Sequence[Detection], rules: Rules) -> Draft:
    """Choose what to propose.

    Args:
        image_id: The image; ids of proposals are made from it.
        detections: All candidates of the image, of any score.
        rules: Which of them are wanted.
    """
    candidates = _classed(image_id, detections, rules)
    found = outlines([item.parts for item in candidates])
    dropped: set[int] = set()
    doubles = overlapping_pairs_within(found, iou=DOUBLE_IOU)
    for better, worse in sorted(zip(*(side.tolist() for side in doubles), strict=True)):
        if better not in dropped:
            dropped.add(worse)
    first: dict[str, int] = {}
    for index, item in enumerate(candidates):
        if index not in dropped:
            first.setdefault(item.id, index)
    needed = needed_classes(detections, rules.confidence, rules.names)
    mapping = {index: rules.mapping.get(index) for index in needed}
    if len(first) == len(candidates):
        return Draft(candidates, mapping, rules.names, found)
    kept = list(first.values())
    return Draft([candidates[index] for index in kept], mapping, rules.names, found.only(kept))


def needed_classes(
    detections: Sequence[Detection], confidence: float, names: Set[int] = frozenset()
) -> set[int]:
    """Classes of the model that proposals need: those of what has no name."""
    return {
        item.class_index
        for item in detections
        if item.score >= confidence and item.named not in names
    }


def proposal_id(model_id: str, image_id: int, parts: Sequence[Part]) -> str:
    """Id of a proposal: the same shape of the same model in the same image always has the same."""
    content = [f"{model_id}\0{image_id}".encode()]
    for part in parts:
        for ring in part.rings:
            content.append(b"\0" + len(ring).to_bytes(4, "little"))
            content.append(ring.tobytes())
    return hashlib.blake2b(b"".join(content), digest_size=16).hexdigest()


def _classed(image_id: int, detections: Sequence[Detection], rules: Rules) -> list[Instance]:
    """What is sure enough and has a class, surest first."""
    found = []
    for item in detections:
        if item.score < rules.confidence or not item.parts:
            continue
        class_id = rules.mapping.get(item.class_index)
        if item.named in rules.names:
            class_id = item.named
        if class_id is not None:
            found.append(
                Instance(
                    class_id=class_id,
                    parts=item.parts,
                    origin=Origin.MODEL,
                    score=item.score,
                    model_id=rules.model_id,
                    id=proposal_id(rules.model_id, image_id, item.parts),
                )
            )
    found.sort(key=lambda item: (-(item.score or 0.0), item.id, item.class_id))
    return found
