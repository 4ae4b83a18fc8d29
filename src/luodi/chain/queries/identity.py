"""Which firm a name and a code mean: one identity each, in the chains and in the register."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import code_sentence
from luodi.orgs.rules import code_fault, plain_code

from ..choices import FirmStanding
from ..models import ChainFirmState


@dataclass
class Known:
    """The firms of a city by code and by every name they go or went by."""

    by_code: dict[str, ChainFirmState] = field(default_factory=dict)
    by_name: dict[str, list[ChainFirmState]] = field(default_factory=dict)
    by_local: dict[str, ChainFirmState] = field(default_factory=dict)
    enterprises_by_code: dict[str, EnterpriseState] = field(default_factory=dict)
    enterprises_by_name: dict[str, list[EnterpriseState]] = field(default_factory=dict)

    def add(self, state: ChainFirmState) -> None:
        """Know one firm more."""
        if state.credit_code:
            self.by_code[state.credit_code] = state
        if state.local:
            self.by_local[state.local] = state
        for name in {state.name, *state.former_names}:
            self.by_name.setdefault(name, []).append(state)


def known_firms(city: str, moment: Moment) -> Known:
    """All firms of a city, in two queries. Those merged away are not meant any more by name."""
    known = Known()
    active = ChainFirmState.objects.at(moment).filter(city=city, standing=FirmStanding.ACTIVE)
    for state in active.order_by("firm"):
        known.add(state)
    running = EnterpriseState.objects.at(moment).filter(
        city=city, standing=EnterpriseStanding.IN_BUSINESS
    )
    for row in running.order_by("of"):
        known.enterprises_by_code[row.credit_code] = row
        known.enterprises_by_name.setdefault(row.name, []).append(row)
    return known


def checked_code(written: str) -> str:
    """A typed 统一社会信用代码 as it is kept; '' for none. Raises `Incomplete`."""
    code = plain_code(written)
    fault = code_fault(code) if code else ""
    if fault:
        raise Incomplete(code_sentence(fault))
    return code


@dataclass(frozen=True)
class Meant:
    """What a name and code mean: a firm in the chains, an enterprise of the register, or neither.

    `renamed`: the code is known under another name.
    """

    firm: ChainFirmState | None = None
    enterprise: EnterpriseState | None = None
    renamed: bool = False


def meant(known: Known, name: str, code: str) -> Meant:
    """Whom a name and a code mean. The code decides; a name that several go by is refused.

    A name that belongs to a firm with another code is a `Conflict`: two firms, or a slip.
    """
    enterprise = known.enterprises_by_code.get(code) if code else None
    if code:
        firm = known.by_code.get(code)
        if firm is None and enterprise is not None:
            firm = known.by_local.get(enterprise.of_id)
        if firm is None:
            firm = _by_name(known, name)
            if firm is not None and firm.credit_code and firm.credit_code != code:
                words = {"name": name, "code": firm.credit_code}
                raise Conflict(
                    _("“%(name)s”已登记，信用代码是 %(code)s，与这里写的不同；请核对是否两家企业。")
                    % words
                )
        renamed = firm is not None and name not in {firm.name, *firm.former_names}
        return Meant(firm, enterprise, renamed)
    firm = _by_name(known, name)
    if firm is not None:
        return Meant(firm)
    named = known.enterprises_by_name.get(name, [])
    if len(named) == 1:
        return Meant(known.by_local.get(named[0].of_id), named[0])
    return Meant()


def _by_name(known: Known, name: str) -> ChainFirmState | None:
    found = {state.firm_id: state for state in known.by_name.get(name, ())}
    if len(found) > 1:
        raise Conflict(_("有几家企业叫“%(name)s”，请写上统一社会信用代码。") % {"name": name})
    return next(iter(found.values()), None)
