"""Taking in results from above: all lines of a table in one act, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person

from ..models import ExternalAppraisal, ExternalAppraisalState
from ..queries.externals import external_plan


@dataclass(frozen=True)
class ImportedResults:
    """How many results were new, changed, and the same as before."""

    new: int
    changed: int
    same: int


def import_externals(
    *, city: str, text: str, looked_at: str, by: str, at: datetime, why: str = ""
) -> ImportedResults:
    """Write the results of a table whose dry run was looked at.

    `text` are lines with tabs, the head among them; `looked_at` is the token of the dry run.
    Nothing is written where a line is at fault; a changed result needs a reason. Raises
    `Conflict` where the record changed since the dry run.
    """
    viewer = viewer_of_person(by)
    if not viewer.has(Role.OFFICE) or city not in viewer.cities:
        raise NotAllowed(_("上级考核结果由专班办公室导入。"))
    plan = external_plan(city, text, Moment(at))
    if plan.refused:
        raise Incomplete(_("有的行不能导入，什么都没有写入；请按提示改好再试。"))
    if plan.token != looked_at:
        raise Conflict(_("预演之后内容或台账有变化，请重新看过预演再导入；什么都没有写入。"))
    changed = [line for line in plan.lines if line.what == "changed"]
    if changed and not why.strip():
        raise Incomplete(_("有 %d 条与已登记的不同，请写明更改原因。") % len(changed))
    counts = {what: sum(line.what == what for line in plan.lines) for what in plan.WHATS}
    if not counts["new"] + counts["changed"]:
        raise Incomplete(_("这些结果都登记过，没有变化。"))
    with perform(
        "import_externals",
        by=by,
        at=at,
        scope={"city": city},
        payload=dict(counts),
        why=why.strip() if changed else "",
    ) as deed:
        for line in plan.lines:
            if line.what == "same":
                continue
            if line.state is None:
                key = new_key()
                said = {"level": line.read.level, "year": line.read.year}
                unit = {"city": city, "zone": line.unit, "unit": line.unit}
                deed.write(ExternalAppraisal(key=key, **said, **unit))
                deed.write(ExternalAppraisalState(external_id=key, **line.columns))
            else:
                key = line.state.external_id
                deed.replace(line.state, **line.columns)
            deed.touch(subject_key("external_appraisal", key))
    return ImportedResults(counts["new"], counts["changed"], counts["same"])
