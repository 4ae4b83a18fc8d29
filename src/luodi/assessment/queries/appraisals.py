"""Appraisals at a moment: which there are, one with its scheme and members, who may run it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import NotAllowed, NotFound
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import pack_of, unit_names, units_of, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import SchemeRule

from ..choices import AppraisalStage
from ..models import Appraisal, AppraisalMember, AppraisalState, FrozenScheme
from ..rules import digest_of, read_rule, scheme_in

KINDS = {"zone": UnitKind.ZONE, "county": UnitKind.COUNTY, "bureau": UnitKind.BUREAU}
"""What a scheme is about -> the units of a city it can assess."""

BEFORE_SHOWN = frozenset(
    {
        AppraisalStage.DRAFT,
        AppraisalStage.SELF_REPORT,
        AppraisalStage.VERIFYING,
        AppraisalStage.FIRST_RESULT,
    }
)
"""Stages in which scores are the office's only."""

SETTLED = frozenset({AppraisalStage.DECIDED, AppraisalStage.PUBLISHED, AppraisalStage.REWARDED})
"""Stages in which nothing is counted or computed any more."""


def runs_appraisals(viewer: Viewer, city: str) -> bool:
    """Whether a viewer runs the appraisals of a city: its office does."""
    return city in viewer.cities and viewer.has(Role.OFFICE)


@dataclass(frozen=True)
class AppraisalHeld:
    """An appraisal at a moment with what it needs: state, scheme and members.

    `rule` is the frozen scheme, or the pack's of the moment while nothing is frozen; None where
    the pack has none. `drifted` says that the pack's scheme isn't the frozen one any more.
    """

    appraisal: Appraisal
    state: AppraisalState
    rule: SchemeRule | None
    pack: str
    drifted: bool
    members: tuple[AppraisalMember, ...]
    moment: Moment

    @property
    def key(self) -> str:
        return self.appraisal.key

    @property
    def subject(self) -> str:
        """The subject key of its acts."""
        return subject_key("appraisal", self.appraisal.key)

    @property
    def scope(self) -> dict[str, str]:
        """Scope of its acts: the city's."""
        return {"city": self.appraisal.city}

    @property
    def is_frozen(self) -> bool:
        return bool(self.state.digest)

    @property
    def is_shown(self) -> bool:
        """Whether those assessed see its scores."""
        return self.state.stage not in BEFORE_SHOWN

    @cached_property
    def categories(self) -> dict[str, str]:
        """The category of each unit assessed."""
        return {member.unit: member.category for member in self.members}

    @cached_property
    def names(self) -> dict[str, str]:
        """Short names of the units assessed, by key."""
        return unit_names(self.categories, self.moment)

    @property
    def assessed(self) -> list[tuple[str, str, str]]:
        """Key, name and category of each unit assessed, by name."""
        rows = [(m.unit, self.names.get(m.unit, ""), m.category) for m in self.members]
        return sorted(rows, key=lambda row: row[1])


def _seen(viewer: Viewer, moment: Moment) -> QuerySet[AppraisalState]:
    """The states a viewer sees; a draft is seen by whole-city roles only."""
    rows = AppraisalState.objects.at(moment).filter(
        appraisal__in=visible(Appraisal.objects.at(moment), viewer)
    )
    if not viewer.sees_whole_city:
        rows = rows.exclude(stage=AppraisalStage.DRAFT)
    return rows.select_related("appraisal", "appraisal__act")


def appraisals(viewer: Viewer, moment: Moment) -> list[AppraisalState]:
    """The appraisals a viewer sees, the newest first."""
    return list(_seen(viewer, moment).order_by("-appraisal__year", "-appraisal__act"))


def hold_appraisal(key: str, viewer: Viewer, moment: Moment) -> AppraisalHeld:
    """One of them with its scheme and members, or `NotFound`."""
    state = _seen(viewer, moment).filter(appraisal=key).first()
    if state is None:
        raise NotFound(_("没有这次考核，或者还没有向您开放。"))
    return held_of(state, moment)


def hold_as_office(key: str, viewer: Viewer, moment: Moment) -> AppraisalHeld:
    """The appraisal for whoever runs it; `NotFound` or `NotAllowed` for everybody else."""
    held = hold_appraisal(key, viewer, moment)
    if not runs_appraisals(viewer, held.appraisal.city):
        raise NotAllowed(_("考核由专班办公室组织。"))
    return held


def held_of(state: AppraisalState, moment: Moment) -> AppraisalHeld:
    """The same for an appraisal whose state is at hand."""
    appraisal = state.appraisal
    stack = pack_of(appraisal.city, moment)
    there = scheme_in(stack, appraisal.scheme, moment.today)
    rule, pack, drifted = there, stack.origin("schemes", appraisal.scheme) or "", False
    if state.digest:
        frozen = FrozenScheme.objects.at(moment).filter(
            appraisal=appraisal.key, digest=state.digest
        )
        kept = frozen.order_by("-act")[0]
        rule, pack = read_rule(kept.rule), kept.pack
        drifted = there is None or digest_of(there) != state.digest
    members = AppraisalMember.objects.at(moment).filter(appraisal=appraisal.key).order_by("unit")
    return AppraisalHeld(appraisal, state, rule, pack, drifted, tuple(members), moment)


def assessable(city: str, about: str, moment: Moment) -> list[UnitState]:
    """The units of a city that a scheme about `about` can assess, by name."""
    return list(units_of(city, moment).filter(kind=KINDS[about]))


def find_appraisal(key: str) -> Found | None:
    """The finder of the subject kind `appraisal`; a draft is in no search."""
    state = AppraisalState.objects.open().select_related("appraisal").filter(appraisal=key).first()
    if state is None:
        return None
    return Found(
        title=state.title,
        address=reverse("appraisal", args=[key]),
        kind_label=_("考核"),
        body=state.appraisal.period,
        scope={"city": state.appraisal.city},
        searched=state.stage != AppraisalStage.DRAFT,
    )


ABOUT = {
    "zone": gettext_lazy("各开发区"),
    "county": gettext_lazy("各县（市、区）"),
    "bureau": gettext_lazy("市直部门"),
}
"""What a scheme is about, in words."""
