"""Firms to be invited: into the library, spoken with, brought along; and events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import units_of, viewer_of_person

from ..choices import Agreement, ContactKind, FirmStanding, TargetOrigin, TargetStage
from ..models import (
    ChainFirmState,
    Contact,
    ProductState,
    PromotionEvent,
    TargetFirm,
    TargetFirmState,
    TripState,
)
from ..queries import modes_of
from ..queries.checks import check_seen
from ..rules import brings_along, keeps_chains, read_value, said_words

REACHABLE = (TargetStage.CONTACTED, TargetStage.TALKING, TargetStage.SIGNED, TargetStage.DROPPED)


def list_target(
    *, firm: str, product: str, why: str, unit: str, mode: str, by: str, at: datetime
) -> TargetFirm:
    """Put a firm into the library of those to be invited.

    With a `product` it closes a gap; without, `why` says where it is from. A firm of this place,
    one merged away, and one that is in it already are refused.
    """
    viewer = viewer_of_person(by)
    state = ChainFirmState.objects.open().filter(firm=firm).first()
    if state is None or state.city not in viewer.cities:
        raise NotFound(_("没有这家企业，或者它不在您的范围内。"))
    if not keeps_chains(viewer, state.city) or not brings_along(viewer, state.city, unit):
        raise NotAllowed(_("只能由本单位跟进，或者留空；指定别的单位请专班办公室办理。"))
    if state.local:
        raise Incomplete(_("这是本地企业，不进目标企业库。"))
    if state.standing == FirmStanding.MERGED:
        raise Closed(_("这家企业已并入另一家，请选并入后的企业。"))
    if TargetFirm.objects.filter(city=state.city, firm=firm).exists():
        raise Conflict(_("这家企业已经在目标企业库里。"))
    named = _product(product, state.city) if product else None
    if named is None and not why.strip():
        raise Incomplete(_("请写明为什么邀请这家企业，或者选择它能补上的产品。"))
    _check_unit(state.city, unit, at)
    _check_mode(state.city, mode, at)
    target = TargetFirm(key=new_key(), city=state.city, firm_id=firm)
    scope = {"city": state.city, "unit": unit}
    subjects = [subject_key("target_firm", target.key), subject_key("chain_firm", firm)]
    with perform("list_target", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.write(target)
        deed.write(
            TargetFirmState(
                target_id=target.key,
                unit=unit,
                origin=TargetOrigin.GAP if named else TargetOrigin.NAMED,
                chain_id=named.segment.chain_id if named else None,
                product_id=product or None,
                mode=mode,
                source=why.strip()[:200],
            )
        )
    return target


def assign_target(*, target: str, unit: str, seen: int | None, by: str, at: datetime) -> None:
    """Say who brings a target firm along; a unit takes a free one for itself."""
    state = _target(target, by)
    check_seen(state.since_id, seen)
    viewer = viewer_of_person(by)
    if not brings_along(viewer, state.target.city, unit):
        raise NotAllowed(_("只能由本单位跟进；指定别的单位请专班办公室办理。"))
    _check_unit(state.target.city, unit, at)
    with perform(
        "assign_target",
        by=by,
        at=at,
        subjects=[subject_key("target_firm", target)],
        scope={"city": state.target.city, "unit": unit},
    ) as deed:
        deed.replace(state, unit=unit)


def log_contact(
    *,
    target: str,
    on: date,
    kind: str,
    reached: str,
    mode: str,
    words: str,
    trip: str,
    event: int | None,
    by: str,
    at: datetime,
    agreement: str = "",
    amount: str = "",
) -> None:
    """Write down what was said with a firm, and how far it has come by that.

    A firm goes forward only; dropped is said with a reason in `words` and can be taken up again.
    Signed says which `agreement`, and for which `amount` as written, '' where it isn't known.
    """
    state = _target(target, by)
    city = state.target.city
    if kind not in ContactKind.values or reached not in REACHABLE:
        raise Incomplete(_("请选择对接方式和进展。"))
    if on > Moment(at).today:
        raise Incomplete(_("对接日期不能晚于今天。"))
    if not words.strip():
        raise Incomplete(_("请写下谈了什么。"))
    signed = _signed(reached, agreement, amount)
    _check_mode(city, mode, at)
    _check_occasion(city, trip, event)
    scope = {"city": city, "unit": state.unit}
    subjects = [subject_key("target_firm", target)]
    if trip:
        subjects.append(subject_key("trip", trip))
    with perform("log_contact", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.write(
            Contact(
                target_id=target,
                on=on,
                kind=kind,
                reached=reached,
                mode=mode,
                words=words.strip(),
                trip_id=trip or None,
                event_id=event,
                **signed,
                **scope,
            )
        )
        stage = _onward(state.stage, reached)
        if stage != state.stage:
            deed.replace(state, stage=stage)


def _check_occasion(city: str, trip: str, event: int | None) -> None:
    """Whether there is such a trip and such an event in the city."""
    trips = TripState.objects.open().filter(trip=trip, trip__city=city, taken_back=False)
    if trip and not trips.exists():
        raise NotFound(_("没有这次外出，请从列表里选择。"))
    if event is not None and not PromotionEvent.objects.filter(pk=event, city=city).exists():
        raise NotFound(_("没有这次活动，请从列表里选择。"))


def _signed(reached: str, agreement: str, amount: str) -> dict[str, Any]:
    """The columns of what was signed; raises `Incomplete` where one says half of it."""
    value, scale = read_value(amount)
    if reached == TargetStage.SIGNED:
        if agreement not in Agreement.values:
            raise Incomplete(_("签约请写明是正式合同还是框架协议。"))
    elif agreement or value is not None:
        raise Incomplete(_("填了签约方式或签约金额，进展就应是“签约”；没有签约的请把它们清空。"))
    return {"agreement": agreement, "amount": value, "amount_scale": scale}


ORDER = (TargetStage.LISTED, TargetStage.CONTACTED, TargetStage.TALKING, TargetStage.SIGNED)


def _onward(stage: str, reached: str) -> str:
    """Where a contact brings a firm: never back, but out and in again."""
    if TargetStage.DROPPED in (stage, reached):
        return reached
    return max(stage, reached, key=lambda one: ORDER.index(TargetStage(one)))


def register_event(
    *, city: str, unit: str, name: str, on: date, place: str, mode: str, note: str, by: str,
    at: datetime, attended: str = "",
) -> None:  # fmt: skip
    """Put down a promotion event of the city, or of one unit; `attended`: posts of who went."""
    viewer = viewer_of_person(by)
    if not keeps_chains(viewer, city) or not brings_along(viewer, city, unit):
        raise NotAllowed(_("只能登记本单位或全市的招商活动。"))
    if not name.strip():
        raise Incomplete(_("请填写活动名称。"))
    _check_unit(city, unit, at)
    _check_mode(city, mode, at)
    scope = {"city": city, "unit": unit}
    with perform("register_event", by=by, at=at, scope=scope) as deed:
        deed.write(
            PromotionEvent(
                name=name.strip()[:120],
                on=on,
                place=place.strip()[:60],
                mode=mode,
                note=note.strip(),
                attended=said_words(attended),
                **scope,
            )
        )


def _target(key: str, by: str) -> TargetFirmState:
    state = TargetFirmState.objects.open().filter(target=key).select_related("target").first()
    viewer = viewer_of_person(by)
    if state is None or state.target.city not in viewer.cities:
        raise NotFound(_("没有这家目标企业，或者它不在您的范围内。"))
    if not brings_along(viewer, state.target.city, state.unit):
        raise NotAllowed(_("这家企业由别的单位跟进。"))
    return state


def _product(key: str, city: str) -> ProductState:
    row = ProductState.objects.open().filter(product=key, product__city=city)
    state = row.select_related("segment").first()
    if state is None:
        raise NotFound(_("没有这个产品，请从列表里选择。"))
    return state


def _check_unit(city: str, unit: str, at: datetime) -> None:
    if unit and not units_of(city, Moment(at)).filter(of=unit).exists():
        raise NotFound(_("没有这个单位，请从列表里选择。"))


def _check_mode(city: str, mode: str, at: datetime) -> None:
    if mode and mode not in dict(modes_of(city, Moment(at))):
        raise Incomplete(_("没有这种招商模式，请从列表里选择。"))
