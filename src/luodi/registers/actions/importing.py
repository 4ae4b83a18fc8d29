"""A whole list comes onto a register at once, or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound, Refusal
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import enterprises_of, homes_of, rulebook, viewer_of_person
from luodi.orgs.rules import Viewer, plain_code
from luodi.packs.schemas import RegisterRule

from ..models import EntryState
from ..queries import rules_seen
from ..queries.checking import Subject, checked, firm_on, require_keeper, thing_on
from ..rules import Line, day_of
from .entering import write_entry

MOST_LINES = 5000
TOLD = 20


@dataclass(frozen=True)
class Imported:
    """How many lines were new, and how many stood on the register already."""

    new: int
    known: int


def import_entries(
    *, city: str, register: str, stage: str, lines: Sequence[Line], by: str, at: datetime
) -> Imported:
    """Put every line of a list on a register in one stage; who stands on it already stays as is.

    Enterprises are found by 统一社会信用代码, else by their whole name. All faults are told with
    their rows, and then nothing is written.
    """
    moment = Moment(at)
    viewer = viewer_of_person(by)
    rule = rules_seen(viewer, moment).get(register)
    if rule is None:
        raise NotFound(_("现在没有这个名录。"))
    found = rule.stage(stage)
    if found is None or found.ended:
        raise Incomplete(_("请选择导入后所处的阶段。"))
    if not lines:
        raise Incomplete(_("名单里没有一行内容。"))
    if len(lines) > MOST_LINES:
        raise Incomplete(_("一次最多导入 5000 行，请分几次导入。"))
    require_keeper(viewer, city)
    wanted, faults = _Reading(rule, city, viewer, moment).read(lines)
    if faults:
        more = len(faults) - TOLD
        said = faults[:TOLD] + ([_("另有 %d 处。") % more] if more > 0 else [])
        raise Incomplete("".join(said), "register.list")
    return _write(rule, stage, city, wanted, by, at)


def _write(
    rule: RegisterRule,
    stage: str,
    city: str,
    wanted: list[tuple[Subject, dict[str, Any]]],
    by: str,
    at: datetime,
) -> Imported:
    book = rulebook([city], Moment(at))
    counts = {"new": 0, "known": 0}
    with perform("import_entries", by=by, at=at, scope={"city": city}) as deed:
        deed.lock()
        running = EntryState.objects.open().filter(register=rule.key, ended=False)
        there = {
            _mark(*row) for row in running.values_list("about", "name", "entry__unit", "matter")
        }
        for subject, said in wanted:
            mark = _mark_of(subject)
            counts["known" if mark in there else "new"] += 1
            if mark not in there:
                write_entry(
                    deed=deed,
                    rule=rule,
                    subject=subject,
                    stage=stage,
                    said=said,
                    stack=book.of_unit(city, subject.scope["unit"]),
                    at=at,
                )
                there.add(mark)
        deed.payload |= {"register": rule.key, "stage": stage, **counts}
    return Imported(**counts)


def _mark(about: str, name: str, unit: str, matter: str) -> tuple[str, str, str]:
    """What may stand on a register once: an enterprise wherever it is, a name in each home."""
    return (about, "", matter) if about else ("", name, unit)


def _mark_of(subject: Subject) -> tuple[str, str, str]:
    return _mark(subject.about, subject.name, subject.scope["unit"], subject.matter)


class _Reading:
    """A list against the register of enterprises."""

    def __init__(self, rule: RegisterRule, city: str, viewer: Viewer, moment: Moment) -> None:
        self.rule, self.city, self.viewer, self.moment = rule, city, viewer, moment
        firms = list(enterprises_of(viewer, moment))
        self.by_code = {firm.credit_code: firm for firm in firms}
        self.by_name: dict[str, list[EnterpriseState]] = {}
        for firm in firms:
            self.by_name.setdefault(firm.name, []).append(firm)
        self.units = dict(homes_of(viewer, moment))
        self.homes = {name: key for key, name in self.units.items()}
        self.levels = {
            word: level.key
            for level in rule.levels
            for word in (level.key, level.title, level.title_en)
        }

    def read(self, lines: Sequence[Line]) -> tuple[list[tuple[Subject, dict[str, Any]]], list[str]]:
        """(what each line enters, faults with their rows)."""
        wanted, faults = [], []
        seen: dict[tuple[str, str, str], int] = {}
        for number, line in lines:
            try:
                subject, said = self._line(line)
                mark = _mark_of(subject)
                if mark in seen:
                    raise Incomplete(_("与第 %d 行重复。") % seen[mark])
                seen[mark] = number
                wanted.append((subject, said))
            except Refusal as refusal:
                faults.append(
                    _("第 %(row)d 行：%(fault)s") % {"row": number, "fault": refusal.sentence}
                )
        return wanted, faults

    def _line(self, line: dict[str, str]) -> tuple[Subject, dict[str, Any]]:
        given: dict[str, Any] = {"number": line.get("number", "")}
        for name in ("from_on", "until_on"):
            written = line.get(name, "")
            given[name] = day_of(written)
            if written and given[name] is None:
                raise Incomplete(_("“%s”不是日期。") % written[:20])
        level = line.get("level", "")
        given["level"] = self.levels.get(level, level)
        subject = self._subject(line)
        asks = [one for one in self.rule.asks if one != "reason"]
        return subject, checked(self.rule, asks, given, (), self.city, self.moment)

    def _subject(self, line: dict[str, str]) -> Subject:
        name = line.get("name", "")
        if self.rule.holds == "named":
            unit = self.homes.get(line.get("unit", ""), "")
            return thing_on(self.rule, self.city, name, unit, self.units, self.viewer)
        return firm_on(self.rule, self._firm(line, name), self.viewer, line.get("matter", ""))

    def _firm(self, line: dict[str, str], name: str) -> EnterpriseState:
        code = plain_code(line.get("credit_code", ""))
        if code:
            if code not in self.by_code:
                raise NotFound(_("企业名录里没有信用代码 %s，请先登记企业。") % code[:18])
            return self.by_code[code]
        firms = self.by_name.get(name, [])
        if not firms:
            raise NotFound(_("企业名录里没有“%s”，请先登记企业或写明信用代码。") % name[:40])
        if len(firms) > 1:
            words = {"n": len(firms), "name": name[:40]}
            raise Incomplete(_("有 %(n)d 家企业叫“%(name)s”，请写明信用代码。") % words)
        return firms[0]
