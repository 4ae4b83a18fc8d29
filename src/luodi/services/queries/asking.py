"""What an ask needs to know: the firm, the words of the pack, and whether it was asked already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, NotFound
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import (
    enterprise_for,
    enterprises_of,
    merged_sentence,
    rules_for,
    rules_in_sight,
)
from luodi.orgs.rules import Viewer
from luodi.packs import Stack

from ..choices import OVER
from ..models import RequestState
from ..rules import Word, categories_of, channels_of, likeness, policy_of

Choices = list[tuple[str, str]]


def firm_to_ask(viewer: Viewer, key: str, moment: Moment) -> EnterpriseState:
    """The firm an ask is for, within the viewer's scope; one that is gone is refused."""
    state = enterprise_for(viewer, key, moment)
    check_in_business(state, moment)
    return state


def check_in_business(state: EnterpriseState, moment: Moment) -> None:
    """Refuse a firm that is gone, and say where to."""
    if merged := merged_sentence(state, moment):
        raise Closed(merged)
    if state.standing != EnterpriseStanding.IN_BUSINESS:
        raise Closed(
            _("“%s”已登记注销，不能再提诉求；确属误办的，请先在企业名录恢复。") % state.name
        )


def why_not_ask(viewer: Viewer, moment: Moment) -> str:
    """Why the viewer's own firm asks for nothing any more; '' where it may."""
    try:
        firm_to_ask(viewer, viewer.enterprise, moment)
    except Closed as refusal:
        return refusal.sentence
    except NotFound:  # at a day before it was registered
        return ""
    return ""


@dataclass(frozen=True)
class Same:
    """An open request that asks the same."""

    key: str
    number: str
    title: str


def same_request(firm: EnterpriseState, category: str, text: str, moment: Moment) -> Same | None:
    """The open request of a firm and category that asks nearly the same, the likest first."""
    policy = policy_of(rules_for(firm, moment), moment.today)
    least = policy.same_percent if policy else 100
    rows = RequestState.objects.open().filter(firm=firm.of_id, request__category=category)
    best: tuple[int, Same] | None = None
    for state in rows.exclude(stage__in=OVER).select_related("request").order_by("request__serial"):
        asked = state.request
        like = likeness(f"{asked.title}{asked.text}", text)
        if like >= least and (best is None or like > best[0]):
            best = (like, Same(asked.key, asked.number, asked.title))
    return best[1] if best else None


def categories_for(stacks: Iterable[Stack], moment: Moment) -> Choices:
    """What a request may be about, by the rules of the moment's day; each key once."""
    return _choices(word for stack in stacks for word in categories_of(stack, moment.today))


def channels_for(stacks: Iterable[Stack], moment: Moment, by: str) -> Choices:
    """How a request may come in, by `firm` or `staff`."""
    return _choices(word for stack in stacks for word in channels_of(stack, moment.today, by))


def categories_in_sight(viewer: Viewer, moment: Moment) -> Choices:
    """What a form lets somebody choose from: the categories of all places in the viewer's sight."""
    return categories_for(rules_in_sight(viewer, moment), moment)


def channels_in_sight(viewer: Viewer, moment: Moment, by: str) -> Choices:
    """The same of how a request may come in."""
    return channels_for(rules_in_sight(viewer, moment), moment, by)


def _choices(words: Iterable[Word]) -> Choices:
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.key, word.says(language()))
    return list(found.items())


def channel_of_firm(viewer: Viewer, wanted: str, moment: Moment) -> str:
    """The way a firm asks by, where the rules of its place know it; '' leaves it to them."""
    known = dict(channels_in_sight(viewer, moment, "firm")) if wanted else {}
    return wanted if wanted in known else ""


def firms_to_choose(viewer: Viewer, moment: Moment) -> Choices:
    """Key and name of the firms in business within the viewer's scope, by name."""
    rows = enterprises_of(viewer, moment).filter(standing=EnterpriseStanding.IN_BUSINESS)
    return [(key, name) for key, name in rows.values_list("of", "name")]
