"""An entry as an action finds it: its open state, its rule, and what the person may do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, NotFound
from luodi.orgs.queries import viewer_of_person, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RegisterRule

from ..models import EntryState, RegisterEntry
from ..rules import roles_for, rule_for
from .entries import home_of, rules_at


@dataclass(frozen=True)
class Holding:
    """One entry with its open state; `roles` are those the person has towards it.

    `home` is the unit that looks after it now.
    """

    entry: RegisterEntry
    state: EntryState
    rule: RegisterRule
    viewer: Viewer
    roles: frozenset[str]
    home: str

    @property
    def subject(self) -> str:
        """The key under which acts name the entry."""
        return subject_key("register_entry", self.entry.key)

    @property
    def scope(self) -> dict[str, str]:
        """The scope columns of what is written about it: of the enterprise it is about now."""
        names = ("city", "zone", "unit")
        kept = {name: getattr(self.entry, name) for name in names}
        return kept | {"enterprise": self.state.about}


def hold(entry: str, by: str, moment: Moment, seen: int | None = None) -> Holding:
    """The entry within a person's scope; `Conflict` where its state isn't the one seen."""
    viewer = viewer_of_person(by)
    found = visible(RegisterEntry.objects.filter(key=entry), viewer).first()
    if found is None or viewer.enterprise:
        raise NotFound(_("没有这条登记，或者它不在您的范围内。"))
    state = EntryState.objects.open().get(entry=found)
    if seen is not None and state.since_id != seen:
        raise Conflict(_("别人刚刚办过这一条，请刷新后再看；您填的内容没有写入。"))
    home = home_of(state)
    rule = rule_for(found.rule, state.stage, rules_at(found.city, moment, home))
    roles = roles_for(viewer, home, state.referred_to)
    return Holding(found, state, rule, viewer, roles, home)
