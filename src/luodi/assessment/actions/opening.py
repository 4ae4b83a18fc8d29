"""An appraisal is opened, its members are set, its scheme is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import pack_of, unit_names
from luodi.orgs.rules import Viewer
from luodi.papers.queries import office_of

from ..choices import AppraisalStage
from ..models import Appraisal, AppraisalMember, AppraisalRun, AppraisalState, FrozenScheme
from ..queries import assessable, hold_as_office, runs_appraisals
from ..rules import digest_of, scheme_in
from ..rules.schemes import plain_rule

YEARS = range(2000, 2100)


def open_appraisal(
    *,
    scheme: str,
    year: int,
    viewer: Viewer,
    by: str,
    at: datetime,
    members: Mapping[str, str] | None = None,
    title: str = "",
) -> Appraisal:
    """Open the appraisal of a year by a scheme of the city's pack, as a draft.

    `members` are the units assessed with their categories ('' for a scheme without them); without
    it every unit the scheme is about, in its first category. One scheme and year is opened once.
    """
    if not runs_appraisals(viewer, viewer.city):
        raise NotAllowed(_("考核由专班办公室组织。"))
    moment = Moment(at)
    rule = scheme_in(pack_of(viewer.city, moment), scheme, moment.today)
    if rule is None:
        raise NotFound(_("本市的规则包没有这个考核方案，请从列表里选择。"))
    if year not in YEARS:
        raise Incomplete(_("请填写考核年度，如 2025。"))
    if Appraisal.objects.filter(city=viewer.city, scheme=scheme, period=str(year)).exists():
        raise Conflict(
            _("这个方案的%(year)s年度考核已经有了，请在原有的考核里办理。") % {"year": year}
        )
    there = {state.of_id for state in assessable(viewer.city, rule.about, moment)}
    first = rule.category_keys()[0]
    chosen = dict.fromkeys(sorted(there), first) if members is None else dict(members)
    if not chosen:
        raise Incomplete(_("没有可以考核的单位，请先登记单位。"))
    if set(chosen) - there:
        raise Incomplete(_("有的单位不是这个方案的考核对象，请从列表里选择。"))
    if set(chosen.values()) - set(rule.category_keys()):
        raise Incomplete(_("类别请从方案所列的类别里选择。"))
    said = title.strip() or _("%(year)s年度%(scheme)s") % {"year": year, "scheme": rule.title}
    appraisal = Appraisal(
        key=new_key(),
        city=viewer.city,
        unit=office_of(viewer),
        scheme=scheme,
        year=year,
        period=str(year),
        about=rule.about,
    )
    with perform(
        "open_appraisal",
        by=by,
        at=at,
        subjects=[subject_key("appraisal", appraisal.key)],
        scope={"city": viewer.city},
        payload={"scheme": scheme, "year": year, "members": len(chosen)},
    ) as deed:
        deed.write(appraisal)
        deed.write(AppraisalState(appraisal_id=appraisal.key, title=said[:120]))
        for unit, category in chosen.items():
            deed.write(AppraisalMember(appraisal_id=appraisal.key, unit=unit, category=category))
    return appraisal


def set_member(
    *,
    appraisal: str,
    unit: str,
    viewer: Viewer,
    by: str,
    at: datetime,
    category: str = "",
    out: bool = False,
) -> None:
    """Take a unit into the appraisal, change its category, or take it `out`; while a draft."""
    held = hold_as_office(appraisal, viewer, Moment(at))
    if held.state.stage != AppraisalStage.DRAFT or held.rule is None:
        raise Closed(_("考核已经开始，考核对象和类别不能再改。"))
    there = next((one for one in held.members if one.unit == unit), None)
    if there is None and (
        out
        or unit
        not in {one.of_id for one in assessable(viewer.city, held.appraisal.about, held.moment)}
    ):
        raise NotFound(_("没有这个考核对象，请从列表里选择。"))
    if not out and category not in held.rule.category_keys():
        raise Incomplete(_("类别请从方案所列的类别里选择。"))
    if out and len(held.members) == 1:
        raise Incomplete(_("至少要留一个考核对象。"))
    if there is not None and not out and there.category == category:
        raise Incomplete(_("没有改动任何内容。"))
    with perform(
        "set_member",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"unit": unit, "category": category, "out": out},
    ) as deed:
        deed.replace(held.state)
        if there is not None:
            deed.close(there)
        if not out:
            deed.write(AppraisalMember(appraisal_id=appraisal, unit=unit, category=category))


def freeze_scheme(
    *, appraisal: str, viewer: Viewer, by: str, at: datetime, seen: str = "", why: str = ""
) -> FrozenScheme:
    """Freeze the scheme as the city's pack has it now; from then on the appraisal keeps it.

    `seen` is the digest of the scheme that was looked at: another one is a `Conflict`. It can be
    frozen anew with a reason while the appraisal is a draft without runs; later never.
    """
    held = hold_as_office(appraisal, viewer, Moment(at))
    moment = Moment(at)
    stack = pack_of(held.appraisal.city, moment)
    rule = scheme_in(stack, held.appraisal.scheme, moment.today)
    if rule is None:
        raise NotFound(_("本市的规则包没有这个考核方案，请先更新规则包。"))
    started = AppraisalRun.objects.filter(appraisal=appraisal).exists()
    if held.is_frozen and (held.state.stage != AppraisalStage.DRAFT or started):
        raise Closed(_("方案已经定稿，考核期间不能再改；规则包里的新方案用于下一次考核。"))
    digest = digest_of(rule)
    if seen and seen != digest:
        raise Conflict(_("规则包里的方案刚刚变了，请看过现在的方案再定稿。"))
    if held.state.digest == digest:
        raise Incomplete(_("没有改动任何内容。"))
    if held.is_frozen and not why.strip():
        raise Incomplete(_("重新定稿，请写明原因。"))
    odd = [m.unit for m in held.members if m.category not in rule.category_keys()]
    if odd:
        names = unit_names(odd, moment)
        raise Incomplete(
            _("先给这些单位选择类别：%(units)s") % {"units": listed(sorted(names.values()))}
        )
    frozen = FrozenScheme(
        appraisal_id=appraisal,
        rule=plain_rule(rule),
        pack=stack.origin("schemes", rule.key) or "",
        digest=digest,
    )
    with perform(
        "freeze_scheme",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"digest": digest, "scheme": rule.key},
        why=why.strip(),
    ) as deed:
        deed.write(frozen)
        deed.replace(held.state, digest=digest)
    return frozen
