"""Contests: a zone contests an input of its line, the office answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import Spoken, language
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.actions import attach, write_file
from luodi.indicators.models import Definition
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.queries import handlers_of, people_of_city, viewer_of_person

from ..flows import CONTEST
from ..models import BulletinLine, BulletinState, Contest, ContestState
from ..models.bulletins import SUBJECT
from ..queries.bulletins import roles_in, state_of_bulletin, zone_for, zone_in_preview
from ..rules.bulletins import contestable, read_line
from .bulletins import MOST_WORDS

Upload = tuple[str, bytes]
VERBS = {"uphold": "uphold_contest", "reject": "reject_contest"}


def raise_contest(
    *,
    bulletin: str,
    subject: str,
    reason: str,
    by: str,
    at: datetime,
    claimed: str = "",
    evidence: Sequence[Upload] = (),
) -> str:
    """Contest an input of the zone's own line, with reason and evidence; returns its key.

    One contest for an input of a bulletin; one that was withdrawn may be raised again. Refused
    after the window, and where there is neither a reason nor evidence.
    """
    state, unit = zone_in_preview(bulletin, by, at)
    line = BulletinLine.objects.filter(bulletin=bulletin, run=state.run, unit=unit).first()
    known = contestable(read_line(line.content)) if line else {}
    if subject not in known:
        raise Incomplete(_("本区数据里没有这一项，请重新选择；您填的内容没有写入。"))
    if not reason.strip() or not evidence:
        raise Incomplete(_("请写明理由，并附佐证材料。"))
    if len(reason) > MOST_WORDS:
        raise Incomplete(_("理由超过 4000 字，没有写入。请改短后再提交。"))
    label, shown = known[subject]
    now = ContestState.objects.open().filter(
        contest__bulletin=bulletin, contest__unit=unit, contest__subject=subject
    )
    before = now.select_related("contest").first()
    columns = {"claimed": claimed.strip()[:60], "reason": reason.strip(), "answer": ""}
    if before:
        if before.stage != "withdrawn":
            raise Conflict(_("本区对这一项已经提过异议，请在原来那条上办理。"))
        stage = moved(CONTEST, "raise_again", before.stage, {"zone"}, columns)
    key = before.contest_id if before else new_key()
    with _deed("raise_contest", state, key, unit, by, at) as deed:
        deed.payload |= {"subject": subject, "label": label}
        if before:
            deed.replace(before, stage=stage, **columns)
        else:
            scope = {"city": state.bulletin.city, "unit": unit}
            row = Contest(
                key=key, bulletin_id=bulletin, subject=subject, label=label[:200],
                shown=shown[:60], **scope,
            )  # fmt: skip
            deed.write(row)
            deed.write(ContestState(contest_id=key, stage=CONTEST.start, **columns))
        deed.payload["files"] = _keep(deed, state, key, unit, evidence)
    _tell_office(state, label, by, at)
    return key


def decide_contest(
    *, contest: str, move: str, answer: str, by: str, at: datetime, seen: int | None = None
) -> None:
    """Uphold or reject a contest with an answer.

    What is upheld is corrected by the office that answers for the datum, through the usual ways:
    it is told so.
    """
    now, state = _held(contest, seen)
    if move not in VERBS:
        raise NotFound(_("没有这一步。"))
    roles = roles_in(viewer_of_person(by), state.bulletin.city, ())
    if "office" not in roles:
        raise NotAllowed(_("异议由专班办公室答复。"))
    stage = moved(CONTEST, move, now.stage, roles, {"answer": answer.strip()})
    if len(answer) > MOST_WORDS:
        raise Incomplete(_("答复超过 4000 字，没有写入。请改短后再提交。"))
    unit = now.contest.unit
    with _deed(VERBS[move], state, contest, unit, by, at, answer.strip()) as deed:
        deed.replace(now, stage=stage, answer=answer.strip())

    def sentence() -> str:
        words = {"label": now.contest.label, "stage": CONTEST.state(stage).label(language())}
        return _("对“%(label)s”的异议：%(stage)s。") % words

    _tell(handlers_of(unit), state, sentence, by, at)
    if stage == "upheld":
        _tell_datum_office(now, state, by, at)


def withdraw_contest(*, contest: str, by: str, at: datetime, seen: int | None = None) -> None:
    """The zone takes its contest back; it may be raised again within the window."""
    now, state = _held(contest, seen)
    unit = zone_for(by, state, at)
    if unit != now.contest.unit:
        raise NotFound(_("没有这条异议，或者它不在您的范围内。"))
    stage = moved(CONTEST, "withdraw", now.stage, {"zone"})
    with _deed("withdraw_contest", state, contest, unit, by, at) as deed:
        deed.replace(now, stage=stage)


def _held(contest: str, seen: int | None) -> tuple[ContestState, BulletinState]:
    rows = ContestState.objects.open().filter(contest=contest).select_related("contest")
    now = rows.first()
    if now is None:
        raise NotFound(_("没有这条异议，或者它不在您的范围内。"))
    if seen is not None and now.since_id != seen:
        raise Conflict(_("这条异议刚刚有了变化，请刷新后再看；您这一步没有写入。"))
    return now, state_of_bulletin(now.contest.bulletin_id)


def _deed(
    verb: str, state: BulletinState, contest: str, unit: str, by: str, at: datetime, why: str = ""
):
    return perform(
        verb,
        by=by,
        at=at,
        subjects=[subject_key("contest", contest), subject_key(SUBJECT, state.bulletin_id)],
        scope={"city": state.bulletin.city, "unit": unit},
        why=why,
    )


def _keep(
    deed: Deed, state: BulletinState, key: str, unit: str, evidence: Sequence[Upload]
) -> list[str]:
    """Store the evidence beside the contest, for its zone and the office."""
    scope: Mapping[str, str] = {"city": state.bulletin.city, "unit": unit}
    names = []
    for name, data in evidence:
        file = write_file(deed=deed, name=name, data=data, scope=scope)
        attach(deed=deed, file=file, subject=subject_key("contest", key))
        names.append(file.name)
    return names


def _tell_office(state: BulletinState, label: str, by: str, at: datetime) -> None:
    def sentence() -> str:
        return _("有开发区对通报数据“%(label)s”提出异议，请答复。") % {"label": label}

    _tell(people_of_city(state.bulletin.city, [Role.OFFICE]), state, sentence, by, at)


def _tell_datum_office(now: ContestState, state: BulletinState, by: str, at: datetime) -> None:
    """Tell the unit that answers for the datum that it is to be corrected; the statisticians
    where none is named."""
    code = now.contest.subject.partition(":")[0]
    definition = Definition.objects.open().filter(
        indicator__city=state.bulletin.city, indicator__code=code
    )
    found = definition.first()
    if found is None:
        return
    city = state.bulletin.city
    people = handlers_of(found.answers) if found.answers else []
    words = {"label": now.contest.label, "claimed": now.claimed or now.reason[:60]}
    tell(
        people=[p for p in people or people_of_city(city, [Role.STATISTICIAN]) if p != by],
        kind="bulletin",
        sentence=lambda: (
            _("通报数据“%(label)s”的异议成立，请按原报送渠道更正：%(claimed)s") % words
        ),
        by=by,
        at=at,
        subject=subject_key("indicator", found.indicator_id),
        address=f"/indicators/{found.indicator_id}/",
    )


def _tell(
    people: Sequence[str], state: BulletinState, sentence: Spoken, by: str, at: datetime
) -> None:
    tell(
        people=[person for person in people if person != by],
        kind="bulletin",
        sentence=sentence,
        by=by,
        at=at,
        subject=subject_key(SUBJECT, state.bulletin_id),
        address=f"/supervision/bulletins/{state.bulletin_id}/",
    )
