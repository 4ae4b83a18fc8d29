"""Telling people: what came in, what was answered, what is late; and the clock that raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed
from luodi.audit.models import Act
from luodi.audit.signals import acted
from luodi.common.keys import split_subject, subject_key
from luodi.common.languages import Spoken
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.jobs.signals import ticked
from luodi.orgs.models import EnterprisePosting, EnterpriseState
from luodi.orgs.queries import (
    handlers_of,
    merged_sentence,
    people_of_city,
    people_of_enterprise,
    people_with,
    rules_for,
    viewer_of_person,
)
from luodi.orgs.signals import enterprise_merged

from .actions import carry_requests, forget_codes, hand_over_requests, raise_late_requests
from .models import CallOut, Complaint, RequestState
from .queries import desk_of, may_read_complaint
from .queries.complaints import READERS
from .rules import policy_of

CLOCK = "system:services"
SOME = 5000
"""Firms in one statement."""

OF_FIRM = ("firm", "noted")


def _noted() -> str:
    """What the firm is told where staff noted its word."""
    return _("您的诉求 %(number)s 由工作人员代记了评价，不对的请自己评价：%(title)s")


NOTICES: dict[str, tuple[tuple[str, Callable[[], str]], ...]] = {
    "ask": (("lead", lambda: _("企业诉求 %(number)s 请响应：%(title)s")),),
    "respond": (("firm", lambda: _("您的诉求 %(number)s 已有人响应：%(title)s")),),
    "ask_firm": (("firm", lambda: _("您的诉求 %(number)s 需要补充情况，请回答：%(title)s")),),
    "answer_question": (("lead", lambda: _("诉求 %(number)s 企业已补充，请继续办理：%(title)s")),),
    "tell_firm": (("firm", lambda: _("您的诉求 %(number)s 有了进展：%(title)s")),),
    "give_timetable": (("firm", lambda: _("您的诉求 %(number)s 有了办理时间表：%(title)s")),),
    "answer": (("firm", lambda: _("您的诉求 %(number)s 已答复，请评价：%(title)s")),),
    "call_out": (("called", lambda: _("诉求 %(number)s 吹哨，请报到：%(title)s")),),
    "accept_answer": (
        ("lead", lambda: _("诉求 %(number)s 企业评价满意，已办结：%(title)s")),
        ("noted", _noted),
    ),
    "object_to_answer": (
        ("lead", lambda: _("诉求 %(number)s 企业不满意，重新办理：%(title)s")),
        ("level", lambda: _("诉求 %(number)s 企业不满意，升级到您这里：%(title)s")),
        ("noted", _noted),
    ),
    "replace_word": (
        ("lead", lambda: _("诉求 %(number)s 企业自己评价了，代替代记的评价：%(title)s")),
    ),
    "object_to_noted": (
        ("lead", lambda: _("诉求 %(number)s 企业更正为不满意，重新办理：%(title)s")),
        ("level", lambda: _("诉求 %(number)s 企业更正为不满意，升级到您这里：%(title)s")),
    ),
    "raise_level": (("level", lambda: _("诉求 %(number)s 超时，升级到您这里：%(title)s")),),
    "hand_over_request": (
        ("lead", lambda: _("诉求 %(number)s 随企业转到您这里，请接办：%(title)s")),
        ("old", lambda: _("诉求 %(number)s 随企业转出，由新的归口单位接办：%(title)s")),
        ("firm", lambda: _("您的诉求 %(number)s 由新的归口单位接办，时限不变：%(title)s")),
    ),
    "withdraw": (("lead", lambda: _("诉求 %(number)s 企业已撤回：%(title)s")),),
}


@receiver(acted, dispatch_uid="services.tell")
def tell_about(sender: Any, act: Act, **kwargs: Any) -> None:
    """Put a move of a request into the inboxes of those who come next."""
    kind, key = split_subject(act.subjects[0]) if act.subjects else ("", "")
    if kind != "request" or act.verb not in NOTICES:
        return
    state = RequestState.objects.open().select_related("request").get(request=key)
    words = {"number": state.request.number, "title": state.request.title}
    for to, sentence in NOTICES[act.verb]:
        if to == "noted" and not act.payload["noted"]:
            continue
        known = handlers_of(act.payload["old"]) if to == "old" else _people(to, state, act.at)
        people = [person for person in known if person != act.by]
        tell(
            people=people,
            kind="request",
            sentence=partial(_filled, sentence, words),
            subject=subject_key("request", key),
            address=reverse("my_request" if to in OF_FIRM else "request", args=[key]),
            by=CLOCK,
            at=act.at,
            once=f"act:{act.position}:{to}",
        )


def _filled(sentence: Spoken, words: Mapping[str, str]) -> str:
    return sentence() % words


def _people(to: str, state: RequestState, at: datetime) -> list[str]:
    if to in OF_FIRM:
        rows = EnterprisePosting.objects.open().filter(enterprise=state.firm)
        return list(rows.values_list("person", flat=True))
    if to == "called":
        calls = CallOut.objects.open().filter(request=state.request, arrived_at=None)
        return [p for unit in calls.values_list("unit", flat=True) for p in handlers_of(unit)]
    if to == "level":
        return _people_of_level(state, at)
    return handlers_of(state.lead)


def _people_of_level(state: RequestState, at: datetime) -> list[str]:
    """Who looks after a request at its level, by the rules of its place."""
    moment, city = Moment(at), state.request.city
    policy = policy_of(rules_for(state.request, moment), moment.today)
    if policy is None or not 0 < state.level <= len(policy.levels):
        return []
    level = policy.levels[state.level - 1]
    if level.of == "city":
        return people_of_city(city, level.roles)
    return people_with(
        state.lead if level.of == "lead" else desk_of(state.request, state), level.roles
    )


@receiver(acted, dispatch_uid="services.moved")
def follow_moved_firms(sender: Any, act: Act, **kwargs: Any) -> None:
    """Where the register says that a firm has another home, its running requests go there."""
    if act.verb not in ("change_enterprise", "import_enterprises", "merge_enterprise"):
        return
    found = [split_subject(subject) for subject in act.subjects]
    firms = [key for kind, key in found if kind == "enterprise"]
    for start in range(0, len(firms), SOME):
        hand_over_requests(firms=firms[start : start + SOME], by=CLOCK, at=act.at)


@receiver(enterprise_merged, dispatch_uid="services.merged")
def follow_mergers(
    sender: Any, deed: Deed, old: EnterpriseState, new: EnterpriseState, **kwargs: Any
) -> None:
    """Requests and visits of a merged firm go on under the other, in the act of the merger."""
    carry_requests(deed=deed, firm=old.of_id, into=new.of_id)


@receiver(acted, dispatch_uid="services.merged_told")
def tell_merged_firms(sender: Any, act: Act, **kwargs: Any) -> None:
    """Who speaks for a firm that was merged hears where its matters went."""
    if act.verb != "merge_enterprise":
        return
    key = split_subject(act.subjects[0])[1]
    state = EnterpriseState.objects.open().get(of=key)
    tell(
        people=[person for person, _name in people_of_enterprise(key, Moment(act.at))],
        kind="request", sentence=lambda: merged_sentence(state, Moment(act.at)),
        subject=act.subjects[0], address=reverse("my_enterprise"), by=CLOCK, at=act.at,
        once=f"act:{act.position}",
    )  # fmt: skip


@receiver(acted, dispatch_uid="services.complaints")
def tell_of_complaint(sender: Any, act: Act, **kwargs: Any) -> None:
    """A complaint calls those who may read it; its answer calls the firm. No word of it is told."""
    kind, key = split_subject(act.subjects[0]) if act.subjects else ("", "")
    if kind != "complaint" or act.verb not in ("complain", "settle_complaint"):
        return
    row = Complaint.objects.get(key=key)
    if act.verb == "complain":
        named = people_of_city(row.city, READERS)
        people = [p for p in named if may_read_complaint(viewer_of_person(p), row)]
        name = "complaint"
    else:
        people = list(
            EnterprisePosting.objects.open()
            .filter(enterprise=row.enterprise)
            .values_list("person", flat=True)
        )
        name = "my_complaint"

    def sentence() -> str:
        return _("收到一件企业投诉，请核查。") if act.verb == "complain" else _("您的投诉已答复。")

    tell(
        people=people, kind="request", sentence=sentence, subject=act.subjects[0],
        address=reverse(name, args=[key]), by=CLOCK, at=act.at, once=f"act:{act.position}",
    )  # fmt: skip


@receiver(ticked, dispatch_uid="services.raise")
def raise_late(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Each minute the requests whose limits are over go one level up, and old codes are erased."""
    raise_late_requests(by=CLOCK, at=at)
    forget_codes(by=CLOCK, at=at)
