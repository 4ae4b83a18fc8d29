"""What else is written down of a project that may go on as another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.models import State
from luodi.common.languages import listed

from ..models import (
    Agreement,
    FundingEntry,
    MoneyFigure,
    PermitTrack,
    ProjectFirm,
    ProjectPermit,
    ProjectTag,
    Resumption,
    ReviewState,
    ServiceMember,
    SiteNeed,
    YearPlan,
)

CARRIED: dict[str, tuple[type[State], ...]] = {
    "money": (MoneyFigure, YearPlan),
    "permits": (PermitTrack, ProjectPermit),
    "firm": (ProjectFirm,),
    "resumption": (Resumption,),
    "service": (ServiceMember,),
    "site": (SiteNeed,),
    "tags": (ProjectTag,),
}
"""What the survivor of a merge may take over beside the facts, group by group."""

GROUPS = {
    "money": gettext_lazy("资金（计划与完成）"),
    "permits": gettext_lazy("手续"),
    "firm": gettext_lazy("承担企业"),
    "resumption": gettext_lazy("复工"),
    "service": gettext_lazy("专班与包联"),
    "site": gettext_lazy("选址需求"),
    "tags": gettext_lazy("标签"),
}


@dataclass(frozen=True)
class CarriedGroup:
    """Rows of one group at the project to be merged: how many the survivor lacks, and how many it
    has itself, which hold."""

    key: str
    label: str
    count: int
    doubled: int


def rows_to_carry(group: str, project: str, into: str) -> tuple[list[State], int]:
    """The open rows of a group that the survivor lacks; and how many it has itself."""
    lacking: list[State] = []
    doubled = 0
    for model in CARRIED[group]:
        fields = next(c.fields for c in model._meta.constraints if c.name.endswith("_one_open"))
        kept = [field for field in fields if field != "project"]
        mine = model.objects.open().filter(**{"project": into})
        have = set(mine.values_list(*kept)) if kept else {() for _row in mine}
        for row in model.objects.open().filter(**{"project": project}):
            known = tuple(getattr(row, model._meta.get_field(field).attname) for field in kept)
            if known in have:
                doubled += 1
            else:
                lacking.append(row)
    return lacking, doubled


def carried_groups(project: str, into: str) -> list[CarriedGroup]:
    """The groups in which the project to be merged has anything."""
    found = []
    for key, label in GROUPS.items():
        lacking, doubled = rows_to_carry(key, project, into)
        if lacking or doubled:
            found.append(CarriedGroup(key, str(label), len(lacking), doubled))
    return found


def carried_by(into: str, act: int) -> Iterator[tuple[str, list[State], bool]]:
    """What a merge's act carried over: group, the rows that stand as they came, and whether some
    have changed since."""
    for group, models in CARRIED.items():
        rows = [
            row for model in models for row in model.objects.filter(**{"project": into}, since=act)
        ]
        if rows:
            still = [row for row in rows if row.until_id is None]
            yield group, still, len(still) < len(rows)


def bound_to(project: str) -> str:
    """What goes on under a project's own key and can't go on as another's, in words; '' for
    nothing: an agreement, money asked of banks and funds, a review that isn't decided."""
    counts: Iterable[tuple[str, int]] = (
        (_("投资协议"), Agreement.objects.filter(project=project).count()),
        (
            _("融资记录"),
            FundingEntry.objects.open().filter(funding__project=project, void=False).count(),
        ),
        (_("未决的评审"), ReviewState.objects.open().filter(running=project).count()),
    )
    return listed(f"{label} {count}" for label, count in counts if count)
