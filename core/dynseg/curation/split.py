"""Which images train, which validate: fixed once assigned.

Stratified by the classes present, rarest first (Sechidis, Tsoumakas and Vlahavas, "On the
stratification of multi-label data", ECML PKDD 2011), so that every class that can be is on both
sides. Images of one group stay together, and so do images that show nearly the same.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, cast

import msgspec

from dynseg.annotation.document import ImageState
from dynseg.curation import likeness
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project.readable import unreadable
from dynseg.project.records import ImageRow, Split
from dynseg.project.store import Store
from dynseg.project.view import ProjectView

SPLITS: tuple[Split, ...] = ("train", "val", "test")
VAL_SHARE = 0.2
RULE = "split.rule"
"""Project setting that keeps the rule."""
_EMPTY = -1
"""Stands for "no instance", so that empty images are shared out too."""

GroupOf = Callable[[str], str]


def each_image(rel: str) -> str:
    """Every image is a group of its own."""
    return rel


def by_folder(rel: str) -> str:
    """Images of one folder stay together."""
    return str(PurePosixPath(rel).parent)


class SplitRule(msgspec.Struct, frozen=True):
    """How a project divides its images; kept with it, so that every later division agrees.

    Attributes:
        val_share: Part of the images that validate.
        by_folder: Whether images of one folder stay together.
    """

    val_share: Annotated[float, msgspec.Meta(gt=0, lt=1)] = VAL_SHARE
    by_folder: bool = False

    @property
    def group_of(self) -> GroupOf:
        """Which images stay together by this rule."""
        return by_folder if self.by_folder else each_image


def rule_of(view: ProjectView) -> SplitRule:
    """The rule of a project; the usual one when it has none, or none that can be read."""
    text = view.setting(RULE)
    if not text:
        return SplitRule()
    try:
        return msgspec.json.decode(text.encode(), type=SplitRule)
    except msgspec.DecodeError:
        return SplitRule()


def keep_rule(store: Store, rule: SplitRule) -> None:
    """Divide by this rule from now on; images that have their place keep it.

    Raises:
        ReadOnlyError: the project is open read-only.
    """
    store.save_setting(RULE, msgspec.json.encode(rule).decode())


@dataclass(frozen=True, slots=True)
class SplitSummary:
    """What `assign` did.

    Attributes:
        assigned: Images that got a split now.
        train, val, test: Images with each split after it.
    """

    assigned: int
    train: int
    val: int
    test: int


def assign(
    store: Store,
    *,
    val_share: float | None = None,
    test_share: float = 0.0,
    seed: int = 0,
    group_of: GroupOf | None = None,
    dry: bool = False,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> SplitSummary:
    """Give every reviewed image without a split one, and store it unless it is `dry`.

    An image that has a split keeps it. Two reviewed images are enough for one of them to
    validate. Share and groups are those of the project's rule where they are not given.

    Raises:
        ReadOnlyError: the project is open read-only.
    """
    rule = rule_of(store)
    rows = store.images()
    wanted = [row for row in rows if is_usable(row) and row.state is ImageState.REVIEWED]
    damaged = unreadable(store, [row.id for row in wanted])
    wanted = [row for row in wanted if row.id not in damaged]
    fresh = propose(
        store,
        wanted,
        val_share=rule.val_share if val_share is None else val_share,
        test_share=test_share,
        seed=seed,
        group_of=group_of or rule.group_of,
        report=report,
        cancel=cancel,
    )
    if fresh and not dry:
        store.set_splits(fresh)
    count = Counter(fresh.get(row.id, row.split) for row in rows)
    return SplitSummary(len(fresh), count["train"], count["val"], count["test"])


def is_usable(row: ImageRow) -> bool:
    """Whether the image can be read."""
    return not row.damage


def propose(
    view: ProjectView,
    rows: Sequence[ImageRow],
    *,
    val_share: float = VAL_SHARE,
    test_share: float = 0.0,
    seed: int = 0,
    group_of: GroupOf = each_image,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> dict[int, Split]:
    """Splits for those of `rows` that have none; nothing is stored.

    Args:
        view: Where the annotations are read.
        rows: The images to share out and those that count as already shared out.
        val_share: Part of the images that validate, in (0, 1).
        test_share: Part of the images that are kept for a last test.
        seed: Another seed shares out otherwise.
        group_of: Name of the group of an image by its relative path.
        report: Told after every image that is compared with the others.
        cancel: Asked between images.

    Returns:
        Image id to "train", "val" or "test".
    """
    if all(row.split for row in rows):
        return {}
    labels = _present(view, rows)
    shares: dict[Split, float] = {
        "train": 1.0 - val_share - test_share,
        "val": val_share,
        "test": test_share,
    }
    plan = _Plan(labels, shares)
    alike = likeness.groups(view, rows, report=report, cancel=cancel)
    groups = _joined(rows, group_of, alike)
    for row in rows:
        if row.split:
            plan.count(row.id, row.split)
    for members in _in_seeded_order(groups, seed):
        open_ids = [row.id for row in members if not row.split]
        known = Counter(row.split for row in members if row.split)
        if open_ids and known:
            plan.put(open_ids, known.most_common(1)[0][0])
        elif open_ids:
            plan.add_group(open_ids)
    plan.share_out()
    plan.ensure_validation()
    return plan.result


def deal(
    view: ProjectView,
    rows: Sequence[ImageRow],
    shares: Sequence[float],
    *,
    fixed: Mapping[int, int],
    group_of: GroupOf = each_image,
) -> list[list[int]]:
    """Deal images into parts that resemble each other, by the rules by which they are split.

    Args:
        view: Where the annotations are read.
        rows: The images; whether they have a split does not matter.
        shares: Of the images, for each part.
        fixed: Part of the images that have one already, by id.
        group_of: Name of the group of an image by its relative path.

    Returns:
        Ids of the images of each part; a part is empty where there are fewer groups.
    """
    names = [cast("Split", str(at)) for at in range(len(shares))]  # shared out as splits are
    plan = _Plan(_present(view, rows), dict(zip(names, shares, strict=True)))
    for image_id, part in fixed.items():
        plan.put([image_id], names[part])
    alike = {row.id: row.id for row in rows}
    for group in likeness.alike(view, rows):
        alike |= {row.id: group[0].id for row in group}
    for members in _in_seeded_order(_joined(rows, group_of, alike), 0):
        open_ids = [row.id for row in members if row.id not in fixed]
        known = Counter(fixed[row.id] for row in members if row.id in fixed)
        if open_ids and known:
            plan.put(open_ids, names[known.most_common(1)[0][0]])
        elif open_ids:
            plan.add_group(open_ids)
    plan.share_out()
    return [sorted(i for i, part in plan.result.items() if part == name) for name in names]


def _present(view: ProjectView, rows: Sequence[ImageRow]) -> dict[int, frozenset[int]]:
    """Classes in each image."""
    labels: dict[int, frozenset[int]] = {}
    for annotation in view.annotations([row.id for row in rows]):
        present = frozenset(instance.class_id for instance in annotation.instances)
        labels[annotation.image_id] = present or frozenset({_EMPTY})
    return labels


def _joined(
    rows: Sequence[ImageRow], group_of: GroupOf, alike: Mapping[int, int]
) -> dict[str, list[ImageRow]]:
    """Groups by name, joined where an image of one is like an image of another."""
    owner: dict[int, str] = {}
    rename: dict[str, str] = {}

    def final(name: str) -> str:
        while name in rename:
            name = rename[name]
        return name

    for row in rows:
        name = final(group_of(row.rel))
        first = final(owner.setdefault(alike[row.id], name))
        if first != name:
            rename[name] = first
    result: dict[str, list[ImageRow]] = defaultdict(list)
    for row in rows:
        result[final(group_of(row.rel))].append(row)
    return result


def _in_seeded_order(groups: Mapping[str, list[ImageRow]], seed: int) -> Iterable[list[ImageRow]]:
    def key(name: str) -> bytes:
        return hashlib.blake2b(f"{seed}/{name}".encode(errors="surrogatepass")).digest()

    return (groups[name] for name in sorted(groups, key=key))


class _Plan:
    """Counts of images by split and class while groups are shared out."""

    def __init__(self, labels: Mapping[int, frozenset[int]], shares: Mapping[Split, float]) -> None:
        self.result: dict[int, Split] = {}
        self._labels = labels
        self._groups: list[list[int]] = []
        self._images: Counter[str] = Counter()
        self._labelled: Counter[str] = Counter()
        self._fresh: list[list[int]] = []
        total = Counter(label for present in labels.values() for label in present)
        self._wanted = {
            split: defaultdict(float, {label: share * n for label, n in total.items()})
            for split, share in shares.items()
            if share > 0
        }
        self._wanted_images = {split: share * len(labels) for split, share in shares.items()}

    def count(self, image_id: int, split: Split) -> None:
        """Take note of an image that has its split."""
        self._images[split] += 1
        self._labelled[split] += self._has_object(image_id)
        if split in self._wanted:
            self._wanted_images[split] -= 1
            for label in self._labels[image_id]:
                self._wanted[split][label] -= 1

    def put(self, ids: Sequence[int], split: Split) -> None:
        """Give a group its split."""
        for image_id in ids:
            self.result[image_id] = split
            self.count(image_id, split)

    def add_group(self, ids: list[int]) -> None:
        """A group that is to be shared out."""
        self._groups.append(ids)

    def share_out(self) -> None:
        """Groups with the rarest class go first, each to the split that lacks that class most."""
        queues: dict[int, list[int]] = defaultdict(list)
        for number, ids in enumerate(self._groups):
            for label in {label for i in ids for label in self._labels[i]}:
                queues[label].append(number)
        open_groups = set(range(len(self._groups)))
        for label in sorted(queues, key=lambda label: (len(queues[label]), label)):
            for number in queues[label]:
                if number in open_groups:
                    open_groups.remove(number)
                    ids = self._groups[number]
                    self.put(ids, self._neediest(label))
                    self._fresh.append(ids)

    def _neediest(self, label: int) -> Split:
        return max(
            self._wanted,
            key=lambda s: (round(self._wanted[s][label], 9), self._wanted_images[s], s == "train"),
        )

    def ensure_validation(self) -> None:
        """Move one group from training to validation when nothing with an object would validate.

        Where all objects are in one group that group trains, and empty images validate.
        """
        in_training = [ids for ids in self._fresh if self.result[ids[0]] == "train"]
        spare = [
            ids
            for ids in in_training
            if 0 < sum(map(self._has_object, ids)) < self._labelled["train"]
        ]
        if self._labelled["val"] or not (spare or (in_training and not self._images["val"])):
            return
        seen = Counter(
            label
            for i, split in self.result.items()
            if split == "train"
            for label in self._labels[i]
        )

        def cost(ids: list[int]) -> tuple[int, int]:
            present = {label for i in ids for label in self._labels[i]}
            lost = sum(seen[label] <= len(ids) for label in present if label != _EMPTY)
            return len(ids), lost

        chosen = min(spare or in_training, key=cost)
        if len(chosen) < self._images["train"]:
            for image_id in chosen:
                self.result[image_id] = "val"

    def _has_object(self, image_id: int) -> bool:
        return _EMPTY not in self._labels[image_id]
