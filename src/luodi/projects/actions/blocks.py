"""Blocks of a zone: drawn up, changed, given up. By the office, or by the zone for its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.choices import UnitKind
from luodi.orgs.queries import units_of, viewer_of_person, visible
from luodi.sites.rules import keeps_sites

from ..models import Block, BlockState


def draw_block(
    *, city: str, zone: str, name: str, group: str, parks: Iterable[str], by: str, at: datetime
) -> Block:
    """Draw up a block of a zone. A park lies in one block."""
    if not keeps_sites(viewer_of_person(by), city, zone):
        raise NotAllowed(_("区块由所在开发区或专班办公室划定。"))
    if not units_of(city, Moment(at)).filter(kind=UnitKind.ZONE, of=zone).exists():
        raise NotFound(_("没有这个开发区，请从列表里选择。"))
    block = Block(key=new_key(), city=city, zone=zone)
    with _deed("draw_block", block, by, at, name=name.strip()) as deed:
        deed.lock()
        columns = _checked(block, name, group, parks)
        deed.write(block)
        deed.write(BlockState(block_id=block.key, **columns))
    return block


def redraw_block(
    *, block: str, name: str, group: str, parks: Iterable[str], by: str, at: datetime, seen: int
) -> None:
    """Change what a block is called, its group, or its parks."""
    state = _hold(block, by, seen)
    with _deed("redraw_block", state.block, by, at, name=name.strip()) as deed:
        deed.lock()
        columns = _checked(state.block, name, group, parks)
        if all(getattr(state, key) == value for key, value in columns.items()):
            raise Incomplete(_("没有改动任何内容。"))
        deed.replace(state, **columns)


def give_up_block(*, block: str, why: str, by: str, at: datetime, seen: int) -> None:
    """Give a block up, with a reason; its parks lie in none until another takes them."""
    state = _hold(block, by, seen)
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    with _deed("give_up_block", state.block, by, at, why=why.strip(), name=state.name) as deed:
        deed.close(state)


def _deed(verb: str, block: Block, by: str, at: datetime, why: str = "", **said: str) -> Any:
    return perform(
        verb,
        by=by,
        at=at,
        subjects=[subject_key("block", block.key)],
        scope={"city": block.city, "zone": block.zone},
        payload=said,
        why=why,
    )


def _hold(block: str, by: str, seen: int) -> BlockState:
    """The open state of a block that the person keeps; `Conflict` where it has changed."""
    viewer = viewer_of_person(by)
    mine = visible(Block.objects.filter(key=block), viewer).values("key")
    state = BlockState.objects.open().select_related("block").filter(block__in=mine).first()
    if state is None:
        raise NotFound(_("没有这个区块，或者它不在您的范围内。"))
    if not keeps_sites(viewer, state.block.city, state.block.zone):
        raise NotAllowed(_("区块由所在开发区或专班办公室划定。"))
    if state.since_id != seen:
        raise Conflict(_("这个区块刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return state


def _checked(block: Block, name: str, group: str, parks: Iterable[str]) -> dict[str, Any]:
    """The columns of a block; a name, or a park, that another block of the zone has is refused."""
    named, run_by = name.strip()[:60], group.strip()[:60]
    if not named or not run_by:
        raise Incomplete(_("请填写区块名称和业务组。"))
    chosen = sorted({park.strip()[:60] for park in parks if park.strip()})
    others = BlockState.objects.open().filter(block__zone=block.zone, block__city=block.city)
    taken: dict[str, str] = {}
    for other in others.exclude(block=block.key):
        if other.name == named:
            raise Conflict(_("已经有同名的区块，请换一个名称。"))
        taken |= dict.fromkeys(other.parks, other.name)
    if double := [park for park in chosen if park in taken]:
        words = {"parks": listed(double), "block": taken[double[0]]}
        raise Conflict(_("%(parks)s已经在“%(block)s”里，一个园区只归一个区块。") % words)
    return {"name": named, "group": run_by, "parks": chosen}
