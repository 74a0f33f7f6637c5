from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from dynseg.annotation import edits
from dynseg.annotation.delta import Delta, diff
from dynseg.annotation.document import Instance
from dynseg.errors import StaleRevisionError
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store
from dynseg.project.writer import Writer

SQUARE = Part(ring([(10, 10), (30, 10), (30, 30), (10, 30)]))


def committing(image_id: int, delta: Delta, revision: int) -> Callable[[Store], int]:
    return lambda s: s.commit(image_id, delta, expected_revision=revision, text="Draw")


def test_writes_happen_in_order_off_the_thread_that_asks(store: Store) -> None:
    image_id = store.images()[1].id
    document = store.annotation(image_id)
    writer = Writer(store)
    futures = []
    for number in range(20):
        after = edits.add(Instance(0, (SQUARE,), id=f"s{number}"))(document)
        delta = diff(document, after)
        futures.append(writer.submit(committing(image_id, delta, number)))
        document = after
    late = writer.submit(committing(image_id, diff(document, document), 3))
    name = writer.submit(lambda _: threading.current_thread().name)
    writer.close()
    assert [future.result() for future in futures] == list(range(1, 21))
    assert isinstance(late.exception(), StaleRevisionError)
    assert name.result().startswith("dynseg-writer")
    assert len(store.annotation(image_id).instances) == 20
    with pytest.raises(RuntimeError):
        writer.submit(lambda s: None)


def test_two_processes_worth_of_writers_lose_nothing(store: Store) -> None:
    """The window and its worker edit the same image; revisions decide, nothing is lost."""
    image_id = store.images()[1].id
    refused: list[int] = []

    def work(own: Store, prefix: str) -> None:
        done = 0
        while done < 40:
            before = own.annotation(image_id)
            after = edits.add(Instance(0, (SQUARE,), id=f"{prefix}{done}"))(before)
            try:
                own.commit(
                    image_id, diff(before, after), expected_revision=before.revision, text="Draw"
                )
            except StaleRevisionError:
                refused.append(1)
            else:
                done += 1

    with Store.join(store.root, store.lock_token) as worker:
        threads = [
            threading.Thread(target=work, args=(own, prefix))
            for own, prefix in ((store, "a"), (worker, "b"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    after = store.annotation(image_id)
    assert after.revision == 80
    assert {i.id for i in after.instances} == {f"{p}{n}" for p in "ab" for n in range(40)}
    assert store.check() == []
