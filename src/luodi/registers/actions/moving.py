"""An entry goes on in its register's flow, or what is known of it is corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.changes import changed
from luodi.common.flows import moved
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotAllowed
from luodi.orgs.queries import rules_of_unit

from ..queries import hold
from ..queries.checking import Upload, checked, placed, told
from ..queries.referring import referred_columns
from .entering import keep_files
from .telling import tell_of_move

COLUMNS = ("level", "number", "from_on", "until_on", "tutor")


def move_entry(
    *,
    entry: str,
    move: str,
    given: Mapping[str, Any] | None = None,
    evidence: Sequence[Upload] = (),
    seen: int | None = None,
    by: str,
    at: datetime,
) -> None:
    """Take a step of the register's flow with what the step asks for.

    A recognition anew without a given end lasts as many years as the rule says. A step that
    refers takes the unit from `given` as `referred_to`; who has it now, or had it, is told.
    """
    moment = Moment(at)
    held = hold(entry, by, moment, seen)
    target = moved(held.rule.flow(), move, held.state.stage, held.roles)
    step = held.rule.move(move)
    assert step is not None
    said = checked(held.rule, step.asks, given or {}, evidence, held.entry.city, moment)
    why, reply = (str(said.pop(name, "")).strip() for name in ("reason", "reply"))
    unit = str(said.pop("referred_to", ""))
    lent = referred_columns(held.rule, step, held.state, unit, moment)
    stack = rules_of_unit(held.entry.city, held.home, moment)
    with perform(
        "move_entry",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"move": move, "stage": target, **told(said), **lent},
        why=why,
    ) as deed:
        deed.payload |= {"reply": reply} if reply else {}
        files = keep_files(deed=deed, entry=held.entry, evidence=evidence)
        deed.payload |= {"files": files} if files else {}
        deed.replace(held.state, **placed(held.rule, target, stack, at), **said, **lent)
    now = lent.get("referred_to", held.state.referred_to)
    tell_of_move(held=held, step=step, stage=target, referred_to=now, by=by, at=at)


def revise_entry(
    *,
    entry: str,
    given: Mapping[str, Any],
    why: str,
    seen: int | None = None,
    by: str,
    at: datetime,
) -> None:
    """Correct what is known of an entry; its stage stays, and so does what stood before."""
    moment = Moment(at)
    held = hold(entry, by, moment, seen)
    if not held.roles & set(held.rule.keepers):
        raise NotAllowed(_("这个名录不由您登记。"))
    if held.state.ended:
        raise Closed(_("这条登记已经结束，不能再更正。"))
    if not why.strip():
        raise Incomplete(_("请写明更正原因。"))
    said = checked(held.rule, (), given, (), held.entry.city, moment)
    empty = {"from_on": None, "until_on": None}
    columns = {name: said.get(name, empty.get(name, "")) for name in COLUMNS}
    differs = changed(held.state, columns)
    if not differs:
        raise Incomplete(_("没有改动任何内容。"))
    with perform(
        "revise_entry",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"changed": differs},
        why=why.strip(),
    ) as deed:
        deed.replace(held.state, **columns)
