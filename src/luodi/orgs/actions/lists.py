"""Taking a whole list of enterprises into the register, in one act or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete

from ..choices import EnterpriseStanding
from ..models import Enterprise, EnterpriseState
from ..queries import units_by_name, viewer_of_person
from ..rules import SIZES, Viewer, keeps_enterprises
from .enterprises import SYSTEM, _kinds, _read_details

MOST_LINES = 5_000
TOLD = 12
"""So many faults are told at once."""


@dataclass(frozen=True)
class Imported:
    """How many enterprises of a list were new, changed, and the same as before."""

    new: int
    changed: int
    same: int


Line = tuple[int, Mapping[str, str]]


def import_enterprises(*, city: str, lines: Sequence[Line], by: str, at: datetime) -> Imported:
    """Register the enterprises of a list that are new, change those that are known by their code.

    `lines` are (row number, details as written) of `rules.read_list`: homes and counties by name,
    the size in words; a column that is missing leaves what is known as it is. All faults are told
    with their rows, and then nothing is written.
    """
    if not lines:
        raise Incomplete(_("名录里没有一家企业。"))
    if len(lines) > MOST_LINES:
        raise Incomplete(_("一次最多导入 5000 家，请分几次导入。"))
    wanted, faults = _read(city, lines, by, at)
    if faults:
        more = len(faults) - TOLD
        said = faults[:TOLD] + ([_("另有 %d 处。") % more] if more > 0 else [])
        raise Incomplete("".join(said), "enterprise.list")
    states = EnterpriseState.objects.open().filter(city=city)
    known = {state.credit_code: state for state in states}
    counts = {"new": 0, "changed": 0, "same": 0}
    with perform("import_enterprises", by=by, at=at, scope={"city": city}, payload=counts) as deed:
        for said in wanted:
            counts[_put(deed, city, said, known.get(said["credit_code"]))] += 1
        deed.payload |= counts
    return Imported(**counts)


def _read(
    city: str, lines: Sequence[Line], by: str, at: datetime
) -> tuple[list[dict[str, Any]], list[str]]:
    """(columns of each line, faults with their rows)."""
    kinds, names = _kinds(city), units_by_name(city, Moment(at))
    viewer = None if by.startswith(SYSTEM) else viewer_of_person(by)
    known = {s.credit_code: s for s in EnterpriseState.objects.open().filter(city=city)}
    seen: dict[str, int] = {}
    wanted, faults = [], []
    for number, line in lines:
        said, wrong = _read_details(_as_keys(line, names, known), kinds)
        now = known.get(said["credit_code"])
        if not wrong and not _may(viewer, city, said["unit"], now):
            wrong.append(_("这家企业的名录不归您登记。"))
        if not wrong and said["credit_code"] in seen:
            wrong.append(_("与第 %d 行的信用代码相同。") % seen[said["credit_code"]])
        if now and now.standing != EnterpriseStanding.IN_BUSINESS:
            wrong.append(_("这家企业已注销；确属误办的，请先恢复。"))
        seen.setdefault(said["credit_code"], number)
        faults += [_("第 %(row)d 行：%(fault)s") % {"row": number, "fault": w} for w in wrong]
        wanted.append(said)
    return wanted, faults


def _as_keys(
    line: Mapping[str, str], names: Mapping[str, Any], known: Mapping[str, EnterpriseState]
) -> dict[str, str]:
    """A written line with keys for names; what it has no column for is as known."""
    before = known.get(line["credit_code"].replace(" ", "").upper())
    kept = ("unit", "county", "industry_code", "industry", "size_class", "cluster")
    said = {name: getattr(before, name) if before else "" for name in kept} | dict(line)
    for name in ("unit", "county"):
        if line.get(name):
            found = names.get(line[name], ())
            said[name] = found[0].of_id if len(found) == 1 else line[name]
        elif before:
            said[name] = getattr(before, name)
    if "size_class" in line or not before:
        said["size_class"] = SIZES.get(line.get("size_class", ""), line.get("size_class", ""))
    return said


def _may(viewer: Viewer | None, city: str, home: str, now: EnterpriseState | None) -> bool:
    """Whether the register of the new home, and of the present one, is the viewer's to keep."""
    if viewer is None:
        return True
    homes = {home} | ({now.unit} if now else set())
    return city in viewer.cities and all(keeps_enterprises(viewer, unit) for unit in homes)


def _put(deed: Deed, city: str, said: dict[str, Any], now: EnterpriseState | None) -> str:
    if now is None:
        key = new_key()
        scope = {"city": city, "zone": said["zone"], "unit": said["unit"], "enterprise": key}
        deed.write(Enterprise(key=key, **scope))
        deed.write(EnterpriseState(of_id=key, city=city, enterprise=key, **said))
        deed.touch(subject_key("enterprise", key))
        return "new"
    changes = {name: value for name, value in said.items() if getattr(now, name) != value}
    if not changes:
        return "same"
    deed.replace(now, **changes)
    deed.touch(subject_key("enterprise", now.of_id))
    return "changed"
