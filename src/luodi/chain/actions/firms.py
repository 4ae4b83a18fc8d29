"""Firms of the chains: who they are, what they make, whom they supply, what lists they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person

from ..choices import FirmStanding, Honour, HonourLevel
from ..models import (
    ChainFirm,
    ChainFirmState,
    ChainHonour,
    IndustrialChainState,
    Making,
    ProductState,
    Supply,
)
from ..queries import map_subject
from ..queries.checks import check_seen, checked_firm, supply_columns
from ..queries.identity import Known, known_firms, meant
from ..queries.supplies import check_shares, shares_of
from ..rules import keeps_chains, shapes_chains
from ..rules.shares import Part

YEARS = range(2000, 2101)


def register_firm(
    *, city: str, details: Mapping[str, Any], by: str, at: datetime, generated: bool = False
) -> ChainFirm:
    """Put a firm into the chains: `name`, and where known `credit_code`, `place`, `certificates`.

    One that the register of enterprises knows by code or name is that enterprise. A name or code
    that another firm has is a `Conflict` with its name.
    """
    _check_keeper(city, by)
    said = checked_firm(details)
    known = known_firms(city, Moment(at))
    found = meant(known, said["name"], said["credit_code"])
    if found.firm is not None:
        words = {"name": found.firm.name, "code": found.firm.credit_code or "—"}
        raise Conflict(
            _("这家企业已经登记为“%(name)s”（信用代码 %(code)s），没有重复登记。") % words
        )
    with perform("register_firm", by=by, at=at, scope={"city": city}) as deed:
        state = write_firm(deed=deed, city=city, said=said, known=known, generated=generated)
    return ChainFirm.objects.get(key=state.firm_id)


def write_firm(
    *, deed: Deed, city: str, said: Mapping[str, Any], known: Known, generated: bool = False
) -> ChainFirmState:
    """Write a new firm inside a deed; the register's enterprise of that code or name is it."""
    found = meant(known, said["name"], said["credit_code"])
    local = found.enterprise
    key = new_key()
    deed.touch(subject_key("chain_firm", key), map_subject(city))
    deed.write(ChainFirm(key=key, city=city))
    columns = dict(said)
    if local is not None:
        columns["credit_code"] = local.credit_code
        generated = generated or local.generated
    state = ChainFirmState(
        firm_id=key, city=city, local=local.of_id if local else "", generated=generated, **columns
    )
    known.add(state)
    return deed.write(state)


def revise_firm(
    *, firm: str, details: Mapping[str, Any], seen: int | None, why: str, by: str, at: datetime
) -> None:
    """Change what is known of a firm. A new name keeps the old one: it is found by both."""
    state = _firm(firm, by)
    check_seen(state.since_id, seen)
    said = checked_firm(details)
    if not why.strip():
        raise Incomplete(_("请写明修改原因。"))
    known = known_firms(state.city, Moment(at))
    other = known.by_code.get(said["credit_code"]) if said["credit_code"] else None
    if other is not None and other.firm_id != firm:
        words = {"code": said["credit_code"], "name": other.name}
        raise Conflict(
            _("信用代码 %(code)s 已经登记为“%(name)s”；若是同一家企业，请用“并入”。") % words
        )
    former = list(state.former_names)
    if said["name"] != state.name and state.name not in former:
        former.append(state.name)
    enterprise = known.enterprises_by_code.get(said["credit_code"])
    taken = known.by_local.get(enterprise.of_id) if enterprise else None
    local = state.local
    if enterprise is not None and (taken is None or taken.firm_id == firm):
        local = enterprise.of_id
    said["source"] = said["source"] or state.source
    with _deed("revise_firm", state, by, at, why) as deed:
        deed.replace(state, former_names=former, local=local, **said)


def merge_firm(*, firm: str, into: str, seen: int | None, why: str, by: str, at: datetime) -> None:
    """Say that a firm is another one, or was taken over by it. Its rows stay and count for it.

    Refuses a firm into itself, into one that was merged itself, and without a reason.
    """
    state, other = _firm(firm, by), _firm(into, by)
    if not shapes_chains(viewer_of_person(by), state.city):
        raise NotAllowed(_("合并企业由专班办公室办理。"))
    check_seen(state.since_id, seen)
    if firm == into:
        raise Incomplete(_("不能并入自己，请选择另一家企业。"))
    if state.city != other.city:
        raise NotFound(_("没有这家企业，或者它不在您的范围内。"))
    if not why.strip():
        raise Incomplete(_("请写明合并原因。"))
    former = list(dict.fromkeys([*other.former_names, state.name, *state.former_names]))
    former = [name for name in former if name != other.name]
    certificates = list(dict.fromkeys([*other.certificates, *state.certificates]))
    changes: dict[str, Any] = {"former_names": former, "certificates": certificates}
    if state.local and other.local:
        raise Conflict(_("两家都在企业名录里，是两家登记企业；请先在企业名录里办理注销，再合并。"))
    changes["local"] = other.local or state.local
    changes["credit_code"] = other.credit_code or state.credit_code
    with _deed("merge_firm", state, by, at, why) as deed:
        deed.touch(subject_key("chain_firm", into))
        deed.replace(state, standing=FirmStanding.MERGED, merged_into_id=into)
        deed.replace(other, **changes)


def say_makes(
    *, firm: str, product: str, capability: str, source: str, by: str, at: datetime
) -> None:
    """Put down that a firm makes a product, with what it can do; again replaces the words."""
    state = _firm(firm, by)
    _check_product(product, state.city)
    said = {"capability": capability.strip()[:200], "source": source.strip()[:200]}
    known = Making.objects.open().filter(firm=firm, product=product).first()
    with _deed("say_makes", state, by, at) as deed:
        if known is None:
            deed.write(Making(firm_id=firm, product_id=product, **said))
        else:
            deed.replace(known, **said)


def stop_making(*, firm: str, product: str, why: str, by: str, at: datetime) -> None:
    """Put down that a firm makes a product no more."""
    state = _firm(firm, by)
    known = Making.objects.open().filter(firm=firm, product=product).first()
    if known is None:
        raise NotFound(_("没有登记这家企业生产这个产品。"))
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    with _deed("stop_making", state, by, at, why) as deed:
        deed.close(known)


def record_supply(
    *, buyer: str, supplier: str, product: str, details: Mapping[str, Any], by: str, at: datetime
) -> None:
    """Put down a purchase; `supplier` '' where it isn't known. The same again replaces it.

    `details`: `share`, `value` as written, `source`, `since_on`, `until_on`. Circles are kept:
    the page names them. Shares that pass the whole at any time are refused with whose they are.
    """
    state = _firm(buyer, by)
    if supplier:
        other = _firm(supplier, by)
        if other.city != state.city:
            raise NotFound(_("没有这家企业，或者它不在您的范围内。"))
    _check_product(product, state.city)
    columns = supply_columns(details)
    if columns["share"] is not None:
        name = other.name if supplier else ""
        days = columns["since_on"], columns["until_on"]
        part = Part(name, columns["share"], columns["source"], *days)
        parts = [*shares_of(buyer, product, supplier or None), part]
        check_shares(parts, state.name, ProductState.objects.open().get(product=product).name)
    known = (
        Supply.objects.open()
        .filter(buyer=buyer, supplier=supplier or None, product=product)
        .first()
    )
    with _deed("record_supply", state, by, at) as deed:
        if supplier:
            deed.touch(subject_key("chain_firm", supplier))
        if known is None:
            deed.write(
                Supply(buyer_id=buyer, supplier_id=supplier or None, product_id=product, **columns)
            )
        else:
            deed.replace(known, **columns)


def end_supply(*, supply: int, on: date, why: str, by: str, at: datetime) -> None:
    """Put down that a purchase ended on a day; it stays on record."""
    row = Supply.objects.open().filter(pk=supply).select_related("buyer").first()
    if row is None:
        raise Closed(_("这条供应关系刚刚有了变化，请刷新后再看。"))
    state = _firm(row.buyer_id, by, merged=True)
    if row.since_on and on < row.since_on:
        raise Incomplete(_("供应的截止日期早于起始日期，请核对。"))
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    with _deed("end_supply", state, by, at, why) as deed:
        deed.replace(row, until_on=on)


def honour_firm(
    *, firm: str, chain: str, honour: str, level: str, from_year: int, source: str, by: str,
    at: datetime,
) -> None:  # fmt: skip
    """Put a firm on the list of chain leaders or core firms of a level from a year on."""
    state = _firm(firm, by)
    if not shapes_chains(viewer_of_person(by), state.city):
        raise NotAllowed(_("链主、链核名单由专班办公室登记。"))
    if not IndustrialChainState.objects.open().filter(chain=chain, city=state.city).exists():
        raise NotFound(_("没有这条产业链，或者它不在您的范围内。"))
    if honour not in Honour.values or level not in HonourLevel.values:
        raise Incomplete(_("请选择名单和级别。"))
    if from_year not in YEARS:
        raise Incomplete(_("年份应在 2000 至 2100 之间。"))
    if not source.strip():
        raise Incomplete(_("请写明名单的出处。"))
    same = ChainHonour.objects.open().filter(firm=firm, chain=chain, honour=honour, level=level)
    for row in same:
        if row.to_year is None or row.to_year >= from_year:
            raise Conflict(_("这家企业已经在这份名单上，退出后才能再次进入。"))
    with _deed("honour_firm", state, by, at) as deed:
        deed.touch(subject_key("chain", chain))
        deed.write(
            ChainHonour(
                firm_id=firm,
                chain_id=chain,
                honour=honour,
                level=level,
                from_year=from_year,
                source=source.strip()[:200],
            )
        )


def end_honour(*, honour: int, to_year: int, why: str, by: str, at: datetime) -> None:
    """Take a firm off a list: the last year it stood on it."""
    row = ChainHonour.objects.open().filter(pk=honour, to_year=None).first()
    if row is None:
        raise Closed(_("这家企业已经不在名单上，请刷新后再看。"))
    state = _firm(row.firm_id, by, merged=True)
    if not shapes_chains(viewer_of_person(by), state.city):
        raise NotAllowed(_("链主、链核名单由专班办公室登记。"))
    if to_year not in YEARS or to_year < row.from_year:
        raise Incomplete(_("退出年份不能早于进入年份。"))
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    with _deed("end_honour", state, by, at, why) as deed:
        deed.replace(row, to_year=to_year)


def _deed(verb: str, state: ChainFirmState, by: str, at: datetime, why: str = "") -> Any:
    subjects = [subject_key("chain_firm", state.firm_id), map_subject(state.city)]
    return perform(verb, by=by, at=at, subjects=subjects, scope={"city": state.city}, why=why)


def _firm(key: str, by: str, *, merged: bool = False) -> ChainFirmState:
    """A firm that `by` may write about; one merged away only where it is said to be fine."""
    state = ChainFirmState.objects.open().filter(firm=key).select_related("merged_into").first()
    viewer = viewer_of_person(by)
    if state is None or state.city not in viewer.cities:
        raise NotFound(_("没有这家企业，或者它不在您的范围内。"))
    _check_keeper(state.city, by)
    if state.standing == FirmStanding.MERGED and not merged:
        into = ChainFirmState.objects.open().filter(firm=state.merged_into_id).first()
        words = {"name": state.name, "into": into.name if into else "—"}
        raise Closed(_("“%(name)s”已并入“%(into)s”，请在那一家名下登记。") % words)
    return state


def _check_keeper(city: str, by: str) -> None:
    if not keeps_chains(viewer_of_person(by), city):
        raise NotAllowed(_("您的岗位不登记产业链。"))


def _check_product(product: str, city: str) -> None:
    if not ProductState.objects.open().filter(product=product, product__city=city).exists():
        raise NotFound(_("没有这个产品，请从列表里选择。"))
