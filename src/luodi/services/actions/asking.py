"""An enterprise asks, by itself or through somebody who enters it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import listed
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.actions import note_caller
from luodi.orgs.choices import Role
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import rules_for, viewer_of_person
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import FilePurpose, Stage
from ..models import Request, RequestState
from ..queries import (
    Same,
    categories_for,
    channels_for,
    check_in_business,
    firm_to_ask,
    new_clocks,
    next_serial,
    same_request,
)
from ..rules import number_of
from .files import Upload, keep_files

TRIES = 5
OLDEST = timedelta(days=30)
SAME = "request.same"


@dataclass(frozen=True)
class _Ask:
    """What is asked, checked."""

    firm: EnterpriseState
    category: str
    channel: str
    title: str
    text: str
    received_at: datetime
    same_as: str
    noted: bool


def ask(
    *,
    firm: str,
    category: str,
    title: str,
    text: str,
    by: str,
    at: datetime,
    channel: str = "",
    received_at: datetime | None = None,
    anyway: bool = False,
    caller_name: str = "",
    caller_phone: str = "",
    source: str = "",
    evidence: Sequence[Upload] = (),
) -> Request:
    """Ask for something (提出诉求): by the firm itself, or entered for it by an office.

    `received_at` is when it reached the offices; its limits count from there. An open request of
    the same firm and category that says nearly the same is pointed at (`Conflict` with the code
    `request.same`) unless it is asked `anyway`. `source` is the subject it was said at: a visit, a
    meeting with firms. `evidence` are files by name and bytes; the firm and the offices see them.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    state = firm_to_ask(viewer, firm, moment)
    noted = _may_ask(viewer)
    said = _Ask(
        state,
        category,
        channel or _first_channel(state, moment, noted),
        title.strip(),
        text.strip(),
        received_at or at,
        "",
        noted,
    )
    _check(said, moment)
    same = _same(said, moment)
    if same and not anyway:
        raise _refusal(same)
    asked = _numbered(said, same.key if same else "", by, at, source, evidence)
    subject = subject_key("request", asked.key)
    note_caller(subject=subject, name=caller_name, phone=caller_phone, by=by, at=at)
    return asked


def _may_ask(viewer: Viewer) -> bool:
    """Whether somebody enters it for the firm; `NotAllowed` for who may not."""
    if viewer.enterprise:
        return False
    if not viewer.has(Role.OFFICE, *UNIT_ROLES):
        raise NotAllowed(_("诉求由企业自己提出，或由开发区、县区和专班办公室代为登记。"))
    return True


def _first_channel(firm: EnterpriseState, moment: Moment, noted: bool) -> str:
    words = channels_for([rules_for(firm, moment)], moment, "staff" if noted else "firm")
    return words[0][0] if words else ""


def _check(said: _Ask, moment: Moment) -> None:
    rules, by = [rules_for(said.firm, moment)], "staff" if said.noted else "firm"
    categories = categories_for(rules, moment)
    if said.category not in dict(categories):
        named = listed(name for _key, name in categories)
        raise Incomplete(_("请从列表里选择诉求类别；企业所在地的类别是：%s。") % named)
    if said.channel not in dict(channels_for(rules, moment, by)):
        raise Incomplete(_("请从列表里选择诉求来源。"))
    if not said.title:
        raise Incomplete(_("请用一句话写明要解决什么。"))
    if not said.text:
        raise Incomplete(_("请写明具体情况。"))
    if said.received_at > moment.at:
        raise Incomplete(_("接到诉求的时间不能晚于现在。"))
    if moment.at - said.received_at > OLDEST:
        raise Incomplete(_("接到诉求的时间早于三十天前，请核对。"))


def _same(said: _Ask, moment: Moment) -> Same | None:
    return same_request(said.firm, said.category, f"{said.title}{said.text}", moment)


def _refusal(same: Same) -> Conflict:
    return Conflict(
        _("同一诉求已经提出，正在办理：%(number)s %(title)s。确要另提的，请勾选“仍要提出”。")
        % {"number": same.number, "title": same.title},
        SAME,
    )


def _numbered(
    said: _Ask, same_as: str, by: str, at: datetime, source: str, evidence: Sequence[Upload]
) -> Request:
    """Write the request under the next number, trying again where somebody took it meanwhile."""
    for left in reversed(range(TRIES)):
        try:
            return _written(said, same_as, by, at, source, evidence)
        except Conflict as conflict:
            if not left or conflict.code == SAME:
                raise
    raise AssertionError("unreachable")


def _written(
    said: _Ask, same_as: str, by: str, at: datetime, source: str, evidence: Sequence[Upload]
) -> Request:
    firm, key = said.firm, new_key()
    scope = {"city": firm.city, "zone": firm.zone, "unit": firm.unit, "enterprise": firm.of_id}
    asked = Request(
        key=key,
        year=at.astimezone(LOCAL).year,
        category=said.category,
        channel=said.channel,
        title=said.title,
        text=said.text,
        received_at=said.received_at,
        same_as=same_as,
        source=source,
        **scope,
    )
    subjects = [subject_key("request", key), subject_key("enterprise", firm.of_id)]
    with perform(
        "ask",
        by=by,
        at=at,
        subjects=[*subjects, *([source] if source else [])],
        scope=scope,
    ) as deed:
        deed.lock()
        check_in_business(EnterpriseState.objects.open().get(of=firm.of_id), Moment(at))
        twin = None if same_as else _same(said, Moment(at))
        if twin:
            raise _refusal(twin)
        asked.serial = next_serial(firm.city, asked.year)
        asked.number = number_of(asked.year, asked.serial)
        deed.write(asked)
        deed.write(
            RequestState(request_id=key, stage=Stage.RECEIVED, firm=firm.of_id, lead=firm.unit)
        )
        clocks = new_clocks(asked=asked, started_at=said.received_at, round_=1, at=at)
        for row in clocks:
            deed.write(row)
        deed.payload |= {
            "number": asked.number,
            "title": asked.title,
            "text": asked.text,
            "category": asked.category,
            "channel": asked.channel,
            "noted": said.noted,
            "same_as": same_as,
        }
        keep_files(
            deed=deed, subject=subjects[0], scope=scope, evidence=evidence, purpose=FilePurpose.SAID
        )
    return asked
