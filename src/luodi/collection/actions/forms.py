"""Defining and revising forms: the statistician's work; the office has its dispatch forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import in_one_line
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.indicators.choices import Purpose
from luodi.indicators.queries import definitions_by_key
from luodi.orgs.choices import Role
from luodi.orgs.queries import units_of
from luodi.orgs.rules import Viewer

from ..models import Form, FormState
from ..queries.checks import check_faults, definitions_of
from ..queries.forms import form_for
from ..rules.editions import edition_faults
from ..rules.layouts import indicators_in, layout_faults


@dataclass(frozen=True)
class Edition:
    """What an edition of a form says; shapes as in `rules.layouts` and `rules.editions`."""

    title: str
    layout: Mapping[str, Any]
    respondents: Mapping[str, Any]
    period_kind: str = "month"
    rhythm: Mapping[str, Any] = field(default_factory=dict)
    checks: Sequence[Mapping[str, Any]] = ()
    table_number: str = ""
    authority: str = ""
    approval: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    review_levels: int = 1
    purpose: str = Purpose.STATISTICS
    source: str = ""

    def fields(self) -> dict[str, Any]:
        """As the columns of a `FormState`."""
        said = asdict(self)
        return said | {
            "layout": dict(self.layout),
            "respondents": dict(self.respondents),
            "rhythm": dict(self.rhythm),
            "checks": [dict(check) for check in self.checks],
        }


def define_form(
    *, city: str, owner: str, code: str, edition: Edition, viewer: Viewer, by: str, at: datetime
) -> Form:
    """Enter a form of `owner` with its first edition."""
    _check_right(viewer, city, owner, edition.purpose)
    _check_edition(city, edition, Moment(at))
    if Form.objects.filter(city=city, code=code).exists():
        raise Conflict(_("这个报表代码已经有了，请换一个，或者修订原来的报表。"))
    form = Form(key=new_key(), city=city, unit=owner, code=code or new_key())
    subjects = [subject_key("form", form.key)]
    payload = {"title": edition.title, "table_number": edition.table_number}
    with perform(
        "define_form", by=by, at=at, subjects=subjects, scope={"city": city, "unit": owner},
        payload=payload,
    ) as deed:  # fmt: skip
        write_form(deed=deed, form=form, edition=edition)
    return form


def write_form(*, deed: Deed, form: Form, edition: Edition) -> None:
    """Write a new form with an edition that was checked into `deed`."""
    deed.write(form)
    deed.write(FormState(form_id=form.key, **edition.fields()))
    keys = indicators_in(edition.layout)
    deed.touch(*(subject_key("indicator", key) for key in sorted(keys)))


def revise_form(
    *, form: str, edition: Edition, seen: int, why: str, viewer: Viewer, by: str, at: datetime
) -> None:
    """Put a new edition into force, for filings opened from now on.

    `seen` is the act that opened the edition revised; another one since is a `Conflict`.
    """
    state = form_for(viewer, form, Moment(at))
    _check_right(viewer, state.form.city, state.form.unit, state.purpose)
    _check_right(viewer, state.form.city, state.form.unit, edition.purpose)
    _check_edition(state.form.city, edition, Moment(at))
    if state.since_id != seen:
        raise Conflict(_("别人刚刚修订了这张报表，请刷新后再改；您填的内容没有写入。"))
    if not why.strip():
        raise Incomplete(_("请写明修订原因。"))
    with _on(state, "revise_form", by, at, why) as deed:
        deed.replace(state, **edition.fields())


def retire_form(*, form: str, why: str, viewer: Viewer, by: str, at: datetime) -> None:
    """Stop asking with a form; what was filed stays."""
    state = form_for(viewer, form, Moment(at))
    _check_right(viewer, state.form.city, state.form.unit, state.purpose)
    if not why.strip():
        raise Incomplete(_("请写明停用原因。"))
    with _on(state, "retire_form", by, at, why) as deed:
        deed.replace(state, retired=True)


def _on(state: FormState, verb: str, by: str, at: datetime, why: str) -> Any:
    scope = {"city": state.form.city, "unit": state.form.unit}
    subjects = [subject_key("form", state.form_id)]
    return perform(verb, by=by, at=at, subjects=subjects, scope=scope, why=why)


def _check_right(viewer: Viewer, city: str, owner: str, purpose: str) -> None:
    """The statistician owns official forms; the office asks for dispatch figures only."""
    if city in viewer.cities and viewer.acts_for(owner, Role.STATISTICIAN):
        return
    dispatch = purpose == Purpose.DISPATCH
    if city in viewer.cities and dispatch and viewer.acts_for(owner, Role.OFFICE):
        return
    raise NotAllowed(_("报表由统计人员制定；专班办公室只制定用途为“调度”的报表。"))


def _check_edition(city: str, edition: Edition, moment: Moment) -> None:
    if not edition.title.strip():
        raise Incomplete(_("请填写报表名称。"))
    if edition.valid_from and edition.valid_to and edition.valid_to < edition.valid_from:
        raise Incomplete(_("有效期的截止日早于起始日。"))
    if edition.review_levels not in (1, 2) or edition.purpose not in Purpose.values:
        raise Incomplete(_("审核级数只能是一级或两级，用途须从列表里选择。"))
    faults = layout_faults(edition.layout)
    faults += edition_faults(edition.rhythm, edition.respondents, edition.period_kind)
    if faults:
        raise Incomplete(in_one_line(_fault_words(fault) for fault in faults[:8]), "form.faulty")
    wanted = indicators_in(edition.layout)
    if wanted - set(definitions_by_key(wanted, moment)):
        raise Incomplete(_("表里有的指标不在指标目录中，请先登记指标。"))
    state = FormState(**edition.fields())
    said = check_faults(state, definitions_of(state, city, moment))
    if said:
        raise Incomplete(in_one_line(said[:8]), "form.checks")
    known = set(units_of(city, moment).values_list("of", flat=True))
    if set(edition.respondents.get("units", ())) - known:
        raise Incomplete(_("填报单位里有这个城市没有的单位，请从列表里选择。"))


def _fault_words(fault: str) -> str:
    """A code of `layout_faults` or `edition_faults` as a sentence."""
    code, _space, about = fault.partition(" ")
    words = {
        "row_kind": _("行的种类不对"),
        "no_columns": _("还没有列"),
        "no_rows": _("还没有行"),
        "too_big": _("行列太多：最多 1000 行、120 列"),
        "bad_key": _("行列的代码只能用字母、数字、点、横线，不超过 40 个字符"),
        "key_twice": _("行列的代码重复"),
        "no_label": _("有的行列没有名称"),
        "about": _("列的时期不对"),
        "cell_twice": _("同一个数在表里出现两次"),
        "no_figures": _("表里没有一格对应指标"),
        "period_kind": _("报告期不对"),
        "rhythm_opens": _("开始填报日不对"),
        "rhythm_due": _("报送截止日不对"),
        "rhythm_warn": _("提醒日不对"),
        "rhythm_half": _("开始填报日和报送截止日要么都定，要么都不定"),
        "no_respondents": _("还没有填报单位"),
        "respondent_kinds": _("填报单位的类别不对"),
    }
    return f"{words.get(code, code)}：{about}" if about else str(words.get(code, code))
