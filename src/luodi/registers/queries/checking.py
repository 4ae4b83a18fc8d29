"""What may be entered or given, before anything is written; raises what refuses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.kit.calendars import due
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import enterprise_for, homes_of, people_of_city, viewer_of_person
from luodi.orgs.rules import Viewer
from luodi.packs import Stack, work_calendar
from luodi.packs.schemas import RegisterRule

from ..models import EntryState
from ..rules import keeps_register, last_day
from .pages import FIELDS

Upload = tuple[str, bytes]
MOST_MATTER = 120
GIVEN = frozenset({*FIELDS, "reason", "reply", "referred_to"})
"""What a step may be given; nothing else gets into an entry."""
EARLIEST, LONGEST = 1949, 100
"""The first year a date may lie in, and how many years ahead the last."""
TUTORS = ("office", "clerk", "section_head", "leader_in_charge", "zone_staff", "leading_group")
"""Who may be a tutor."""


@dataclass(frozen=True)
class Subject:
    """What an entry is about: an enterprise, or a thing by its name in a unit.

    `matter` tells several entries of an enterprise apart; `by_firm` says that it entered itself.
    """

    about: str
    name: str
    scope: dict[str, str]
    matter: str = ""
    by_firm: bool = False


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to enter: an enterprise's key, or a name and a unit; and the matter."""

    about: str
    name: str
    unit: str
    matter: str


def subject_of(rule: RegisterRule, city: str, wanted: Wanted, by: str, moment: Moment) -> Subject:
    """What is to be entered, where the person may enter it."""
    viewer = viewer_of_person(by)
    if viewer.enterprise and rule.opened_by_firm and city in viewer.cities:
        firm = enterprise_for(viewer, viewer.enterprise, moment)
        return replace(firm_on(rule, firm, viewer, wanted.matter), by_firm=True)
    require_keeper(viewer, city)
    if rule.holds == "enterprise":
        firm = enterprise_for(viewer, wanted.about, moment)
        return firm_on(rule, firm, viewer, wanted.matter)
    homes = dict(homes_of(viewer, moment))
    return thing_on(rule, city, wanted.name, wanted.unit, homes, viewer)


def require_keeper(viewer: Viewer, city: str) -> None:
    """Refuse somebody of another city, and an enterprise."""
    if city not in viewer.cities or viewer.enterprise:
        raise NotAllowed(_("名录由专班办公室和各单位登记。"))


def firm_on(rule: RegisterRule, firm: EnterpriseState, viewer: Viewer, matter: str = "") -> Subject:
    """An enterprise for a register that the viewer keeps for it, or that is open to itself."""
    matter = " ".join(matter.split()) if rule.many else ""
    if rule.many and not matter:
        raise Incomplete(_("请写明事由。"))
    if len(matter) > MOST_MATTER:
        raise Incomplete(_("事由最多写 120 个字，详情请写在情况说明里。"))
    if firm.standing != EnterpriseStanding.IN_BUSINESS:
        raise Closed(_("“%s”已经注销，不能列入名录。") % firm.name)
    scope = {"city": firm.city, "zone": firm.zone, "unit": firm.unit, "enterprise": firm.of_id}
    subject = Subject(firm.of_id, "", scope, matter)
    if viewer.enterprise == firm.of_id and rule.opened_by_firm:
        return subject
    return _kept(rule, subject, viewer)


def thing_on(
    rule: RegisterRule, city: str, name: str, unit: str, homes: Mapping[str, str], viewer: Viewer
) -> Subject:
    """A thing by its name for a register that the viewer keeps for its unit."""
    if not name.strip():
        raise Incomplete(_("请填写名称。"))
    if unit not in homes:
        raise Incomplete(_("请选择所在开发区或县区。"))
    scope = {"city": city, "zone": unit, "unit": unit}
    return _kept(rule, Subject("", name.strip(), scope), viewer)


def _kept(rule: RegisterRule, subject: Subject, viewer: Viewer) -> Subject:
    if not keeps_register(viewer, rule, subject.scope["unit"]):
        raise NotAllowed(_("这个名录不由您登记。"))
    return subject


def checked(
    rule: RegisterRule,
    asks: Sequence[str],
    given: Mapping[str, Any],
    evidence: Sequence[Upload],
    city: str,
    moment: Moment,
) -> dict[str, Any]:
    """What was given, in the columns of a state and `reason`; what is lacking is named at once."""
    said: dict[str, Any] = {
        name: value for name, value in given.items() if name in GIVEN and value not in ("", None)
    }
    present = {*said, *(("evidence",) if evidence else ())}
    for name in ("reason", "reply"):
        if name in said and not str(said[name]).strip():
            present.discard(name)
    labels = {
        **FIELDS, "reason": _("原因"), "reply": _("告知企业的话"), "evidence": _("证明材料"),
    }  # fmt: skip
    if missing := [str(labels[one]) for one in asks if one not in present]:
        raise Incomplete(_("请先补齐：%s。") % listed(missing))
    if "level" in said and rule.level(said["level"]) is None:
        raise Incomplete(_("没有这个级别，请从列表里选择。"))
    if "tutor" in said and said["tutor"] not in set(people_of_city(city, TUTORS)):
        raise Incomplete(_("辅导员要从本市工作人员里选择。"))
    start, end = said.get("from_on"), said.get("until_on")
    for day in filter(None, (start, end)):
        if not EARLIEST <= day.year <= moment.today.year + LONGEST:
            raise Incomplete(_("日期 %(day)s 不合常理，请核对年份。") % {"day": day})
    if isinstance(start, date) and start > moment.today:
        raise Incomplete(_("起始日期不能晚于今天。"))
    if start and end and end < start:
        raise Incomplete(_("有效期截止日早于起始日期。"))
    if start and not end and (counted := last_day(rule, start, None)):
        said["until_on"] = counted
    return said


def check_absent(rule: RegisterRule, subject: Subject) -> None:
    """Refuse a second running entry of the same enterprise (about one matter) or name."""
    running = EntryState.objects.open().filter(register=rule.key, ended=False)
    if subject.about:
        found = running.filter(about=subject.about, matter=subject.matter).first()
    else:
        home = subject.scope["unit"]
        found = running.filter(name=subject.name, entry__unit=home).first()
    if found:
        raise Conflict(_("已经在这个名录里，不能重复登记；请在原来的登记上办理。"))


def placed(rule: RegisterRule, stage: str, stack: Stack, at: datetime) -> dict[str, Any]:
    """The columns of a stage: itself, whether it ends the entry, and until when it may last."""
    found = rule.stage(stage)
    assert found is not None
    clock = found.clock()
    columns: dict[str, Any] = {"stage": stage, "ended": found.ended, "due_at": None, "working": {}}
    if clock:
        counted = due(at, clock, work_calendar(stack))
        notes = [{"zh": note.says("zh"), "en": note.says("en")} for note in counted.working]
        columns |= {"due_at": counted.at, "working": {"notes": notes}}
    return columns


def told(said: Mapping[str, Any]) -> dict[str, str]:
    """What an act's payload says of it."""
    return {name: str(value) for name, value in said.items()}
