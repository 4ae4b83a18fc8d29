"""Whatever is done to the record by hand, past the product, is found by `luodi audit verify`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import F

from factories.reading import adopted
from luodi.audit.models import Act, ActSubject
from luodi.audit.queries import verify
from luodi.documents.models import StoredFile
from luodi.documents.queries import damaged_files
from luodi.documents.rules import path_of
from luodi.ledger.actions import open_item, set_due
from luodi.ledger.models import ItemState, Party
from luodi.plans.models import Measure
from luodi.reading.models import Document


@pytest.fixture
def record(city, at, settings, tmp_path):
    """A record with a plan, an item and a changed state in it."""
    settings.FILES_DIR = tmp_path
    adopted(city, at)
    item = open_item(
        city=city.key, source="call", title="示例事项", lead=city.units["市工信局"],
        by=city.people["office"], at=at,
    )  # fmt: skip
    set_due(item=item.key, reason="改期", by=city.people["office"], at=at)
    assert not verify().breaks
    return item


def edit_payload() -> None:
    act = Act.objects.filter(verb="open_item").get()
    Act.objects.filter(pk=act.pk).update(payload=act.payload | {"lead": "somebody"})


def swap_two_acts() -> None:
    first, second = Act.objects.order_by("-position")[:2]
    for name in ("verb", "payload", "why", "rows", "by"):
        mine, theirs = getattr(first, name), getattr(second, name)
        Act.objects.filter(pk=first.pk).update(**{name: theirs})
        Act.objects.filter(pk=second.pk).update(**{name: mine})


def add_a_row() -> None:
    party = Party.objects.open().get()
    Party.objects.filter(pk=party.pk).update(role="lead")
    Party(item_id=party.item_id, unit="x", role="cooperating", since_id=party.since_id).save()


def change_a_word() -> None:
    Measure.objects.filter(label="2.").update(title="别的话")


def change_until() -> None:
    closed = ItemState.objects.exclude(until=None).get()
    ItemState.objects.filter(pk=closed.pk).update(until=F("since"))


def open_again() -> None:
    ItemState.objects.open().delete()
    ItemState.objects.update(until=None)


def hide_from_a_timeline() -> None:
    ActSubject.objects.filter(subject__startswith="item:").first().delete()


def say_somebody_else() -> None:
    Act.objects.filter(verb="open_item").update(by="somebody")


WAYS = [edit_payload, swap_two_acts, add_a_row, change_a_word, change_until, open_again,
        hide_from_a_timeline, say_somebody_else]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_tampering_is_found(record, way: Callable[[], None]):
    way()
    assert verify().breaks


def test_the_end_cut_off_is_found_by_a_head_kept_elsewhere(record):
    head = verify().head
    last = head[0]
    ActSubject.objects.filter(act=last).delete()
    ItemState.objects.filter(since=last).delete()
    ItemState.objects.filter(until=last).update(until=None)
    Act.objects.filter(pk=last).delete()
    assert not verify().breaks, "nobody could know"
    assert verify(expect=head).breaks


def test_bytes_that_are_missing_or_changed_are_found(record, sign_in):
    assert damaged_files() == []
    file = StoredFile.objects.get(key=Document.objects.get().file_id)
    path = path_of(file.sha256)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"?")
    assert [d.position for d in damaged_files()] == [file.act_id]
    assert damaged_files(thorough=False) == []
    path.unlink()
    assert "missing" in damaged_files()[0].reason
    page = sign_in("auditor").get("/records/", {"verify": "1"}).content.decode()
    assert "记录被改动过" in page and file.key in page
    assert "链条完整" not in page


def test_a_file_that_is_gone_is_told_to_who_asks_for_it(record, sign_in):
    file = StoredFile.objects.get(key=Document.objects.get().file_id)
    path_of(file.sha256).unlink()
    answer = sign_in("clerk").get(f"/files/{file.key}/x.txt")
    assert answer.status_code == 404 and "原件" in answer.content.decode()
