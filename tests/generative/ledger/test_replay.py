"""Replay: the ledger as of a past moment is the ledger as it was shown then."""

from __future__ import annotations

import copy
import random
from dataclasses import asdict
from datetime import timedelta
from itertools import islice

import pytest

from factories.ledger import walk
from luodi.audit.models import Act
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.ledger.flows import ITEM, UNCLOSED
from luodi.ledger.models import Item, ItemState
from luodi.ledger.queries import counts_by_unit, item_page, items
from luodi.orgs.actions import renew_pack
from luodi.orgs.models import PackEdition
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")

TRIES = 420


def shown_at(viewer, moment) -> list[dict]:
    """Everything the list shows, light and reason included."""
    return [asdict(row) for row in items(viewer, moment)]


def change_pack(city, at) -> None:
    """Make yellow begin nine days before the due day, and say it in other words."""
    content = copy.deepcopy(PackEdition.objects.open().get(city=city.key).content)
    for rule in (r for pack in content for r in pack["rules"].get("lights", [])):
        if rule["key"] == "item-near":
            rule["when"][0]["value"] = 9
            rule["zh"] = "新规则：距 {due} 只剩 {days_left} 天"
    renew_pack(city=city.key, pack=content, by="system:test", at=at)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_past_moment_shows_what_it_showed_then(city, at, seed):
    viewer = viewer_of_person(city.people["office"])
    dice, recorded = random.Random(seed), []
    for number, (history, _) in enumerate(islice(walk(city, seed, at), TRIES)):
        if number == TRIES // 2:
            change_pack(city, history.now)
        if dice.random() < 0.26:
            # Shown some time after the act, as people look when they look.
            seen = history.now + timedelta(seconds=dice.randint(0, 3600))
            now = Moment(seen)
            position = Act.objects.order_by("-position").values_list("position", flat=True)[0]
            recorded.append((seen, position, shown_at(viewer, now), counts_by_unit(viewer, now)))
            history.now = seen
    assert len(recorded) >= 90
    assert {row["rule"] for *_, rows, _ in recorded for row in rows} >= {
        "item-done", "item-undated", "item-overdue", "item-near", "item-on-time",
    }  # fmt: skip
    for seen, position, rows, counts in recorded:
        then = Moment(seen, position)
        assert shown_at(viewer, then) == rows
        assert counts_by_unit(viewer, then) == counts
    words = [row["why"].startswith("新规则") for *_, rows, _ in recorded for row in rows]
    assert any(words) and not all(words)


def test_a_page_of_the_past_tells_nothing_of_what_came_later(city, at):
    viewer = viewer_of_person(city.people["office"])
    pages = {}
    for history, verb in islice(walk(city, 7, at), 120):
        if verb and history.keys:
            key = history.keys[0]
            position = Act.objects.order_by("-position").values_list("position", flat=True)[0]
            pages[position] = (history.now, item_page(key, viewer, Moment(history.now)))
    for position, (when, page) in pages.items():
        then = item_page(page.item.key, viewer, Moment(when, position))
        assert then.moves == ()
        assert (then.row, then.timeline, then.working) == (page.row, page.timeline, page.working)
        assert (then.request, then.outcome, then.seen) == (page.request, page.outcome, page.seen)


@pytest.mark.parametrize("seed", [11, 12])
def test_random_walks_keep_what_must_hold(city, at, seed):
    moves = {(m.name, source): m.target for m in ITEM.moves for source in m.sources}
    stage: dict[str, str] = {}
    for _history, verb in islice(walk(city, seed, at), 250):
        now = dict(ItemState.objects.open().values_list("item_id", "stage"))
        for key in set(now) - set(stage):
            assert now[key] == "assigned"
        changed = {key for key in stage if stage[key] != now[key]}
        assert len(changed) <= 1
        for key in changed:
            assert moves[(verb, stage[key])] == now[key]
        stage = now
    closed = ItemState.objects.open().filter(stage="closed")
    assert all(state.closed_at for state in closed)
    assert not ItemState.objects.open().filter(stage__in=UNCLOSED, closed_at__isnull=False).exists()
    serials = list(Item.objects.order_by("serial").values_list("serial", flat=True))
    assert serials == list(range(1, Item.objects.count() + 1))
    assert not verify().breaks
