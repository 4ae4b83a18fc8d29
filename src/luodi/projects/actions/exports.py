"""The approval platform's export: brought, its columns named once, taken in as one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.documents.actions import write_file
from luodi.documents.queries import content_of
from luodi.kit.calendars import Period
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import Viewer

from ..choices import Series, Teller
from ..models import (
    ExportTaking,
    MoneyFigure,
    PlatformExport,
    YearPlan,
)
from ..queries.exports import (
    DryLine,
    dry_run,
    export_for,
    read_export,
    written_in,
)
from ..queries.layouts import columns_in, layout_of
from ..rules.exports import AMOUNTS, FIELDS
from ..rules.money import read_month
from .layouts import layout_in, say_columns


def _office(by: str, city: str) -> Viewer:
    viewer = viewer_of_person(by)
    if not viewer.has(Role.OFFICE) or city not in viewer.cities:
        raise NotAllowed(_("平台导出由专班办公室导入。"))
    return viewer


def bring_export(
    *, name: str, data: bytes, period: str, city: str, by: str, at: datetime
) -> PlatformExport:
    """Keep a file the approval platform gave. `period` '' is read in its title.

    Heads that are known take the columns that were named before.
    """
    viewer = _office(by, city)
    found = read_export(name, data)
    written = period.strip() or (found.period.key if found.period else "")
    if not written:
        raise Incomplete(_("表题里没有认出月份，请填写，例如 2026-03。"))
    month = read_month(written, Moment(at).today)
    scope = {"city": city, "unit": viewer.unit}
    export = PlatformExport(key=new_key(), period=month.key, **scope)
    with perform(
        "bring_export",
        by=by,
        at=at,
        subjects=[subject_key("export", export.key)],
        scope=scope,
        payload={"name": name[:120], "period": month.key},
    ) as deed:
        layout = layout_in(deed=deed, fingerprint=found.fingerprint(), scope=scope)
        file = write_file(deed=deed, name=name, data=data, scope=scope)
        export.layout_id, export.file_id = layout, file.key
        deed.write(export)
    return export


def name_columns(
    *, export: str, columns: Mapping[str, int], by: str, at: datetime, seen: int | None = None
) -> None:
    """Say what the columns of an export are; every export with these heads is read so."""
    one = export_for(export, viewer_of_person(by), Moment(at))
    _office(by, one.city)
    found = read_export(one.file.name, content_of(one.file))
    named = {field for field, column in columns.items() if column in found.heads}
    if "code" not in named or not named.intersection(AMOUNTS):
        raise Incomplete(_("至少要指定国家项目代码和一列金额。"))
    say_columns(
        subject=subject_key("export", export),
        layout=one.layout_id,
        found=found,
        columns=columns,
        fields=FIELDS,
        scope={"city": one.city, "unit": one.unit},
        by=by,
        at=at,
        seen=seen,
    )


def take_export(
    *, export: str, token: str, odd: Iterable[int], by: str, at: datetime
) -> dict[str, int]:
    """Take an export in as its dry run showed it: one act. What the units told is left alone.

    `token` stands for the dry run that was looked at: `Conflict` where it would come out otherwise
    now. `odd` are the numbers of odd lines that are to be written all the same.
    """
    moment = Moment(at)
    viewer = viewer_of_person(by)
    one = export_for(export, viewer, moment)
    _office(by, one.city)
    found = read_export(one.file.name, content_of(one.file))
    columns = columns_in(found, layout_of(one.layout_id, moment).columns)
    if "code" not in columns:
        raise Incomplete(_("请先指定各列是什么。"))
    scope = {"city": one.city, "unit": one.unit}
    with perform(
        "take_export",
        by=by,
        at=at,
        subjects=[subject_key("export", export)],
        scope=scope,
    ) as deed:
        deed.lock()
        dry = dry_run(one, found, columns, viewer, moment)
        if dry.token != token:
            raise Conflict(_("预演之后数据有了变化，请再看一遍预演；没有写入。"))
        lines = written_in(dry.lines, odd)
        if not lines:
            raise Incomplete(_("没有要写的：平台的数都已经在这里，或者都有错。"))
        _Taking(deed, one).write(lines)
        counts = {str(name): count for name, count in dry.counts.items()}
        counts["written"] = len(lines)
        deed.write(ExportTaking(export_id=export, counts=counts, **scope))
        deed.mention(*(subject_key("project", line.project) for line in lines))
        deed.payload |= {"file": one.file.name, "period": one.period, **counts}
    return counts


class _Taking:
    """Writes lines as the platform's own figures, beside those of the units."""

    def __init__(self, deed: Deed, export: PlatformExport) -> None:
        self.deed, self.export = deed, export
        self.year = Period.parse(export.period).year
        plans = YearPlan.objects.open().filter(told_by=Teller.PLATFORM, year=self.year)
        self.plans = {plan.project_id: plan for plan in plans}
        figures = MoneyFigure.objects.open().filter(
            told_by=Teller.PLATFORM, period=export.period, fund=""
        )
        self.figures = {(row.project_id, row.series): row for row in figures}

    def write(self, lines: Iterable[DryLine]) -> None:
        """A new row where there was none, else a new version of it."""
        for line in lines:
            words = {"file": self.export.file.name, "row": line.number}
            why = _("平台导出“%(file)s”第 %(row)s 行") % words
            for table, columns in line.writes:
                self._put(line.project, table, dict(columns) | {"why": why})

    def _put(self, project: str, table: str, columns: dict[str, Any]) -> None:
        key: dict[str, Any] = {"project_id": project, "told_by": Teller.PLATFORM}
        now: Any
        if table == "plan":
            now = self.plans.get(project)
            fresh: Any = YearPlan(**key, year=self.year, **columns)
        else:
            now = self.figures.get((project, table))
            fresh = MoneyFigure(**key, series=Series(table), period=self.export.period, **columns)
        if now:
            self.deed.replace(now, **columns)
        else:
            self.deed.write(fresh)
