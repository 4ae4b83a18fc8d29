"""The steps that can be made from a request, by offices and by the firm: form, action, words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from luodi.common.languages import language
from luodi.documents.views import uploads
from luodi.kit.flows import Move

from .. import actions
from ..choices import Satisfied
from ..flows import DESK, FIRM
from ..forms import (
    CallForm,
    MoveForm,
    NotedRatingForm,
    RatingForm,
    ReasonForm,
    TextForm,
    TimetableForm,
)

Bound = tuple[str, django_forms.Form]
Choices = list[tuple[str, str]]
Run = Callable[..., object]


def _plainly(action: Run, *without: str) -> Run:
    """Hand the fields of the form to an action of the same names."""

    def run(form: django_forms.Form, **who: Any) -> None:
        said = {k: v for k, v in form.cleaned_data.items() if k not in without}
        if "evidence" in said:
            said["evidence"] = uploads(said["evidence"])
        action(**said, **who)

    return run


def _timetable(form: TimetableForm, **who: Any) -> None:
    said = form.cleaned_data
    files = uploads(said["evidence"])
    actions.give_timetable(
        steps=form.steps, reason=said["reason"], seen=said["seen"], evidence=files, **who
    )


def _rate(form: RatingForm, **who: Any) -> None:
    said = form.cleaned_data
    if said["satisfied"] == Satisfied.DISSATISFIED:
        rest = {name: value for name, value in said.items() if name != "satisfied"}
        actions.object_to_answer(**rest, **who)
    else:
        actions.accept_answer(**said, **who)


STEPS: dict[str, tuple[type[MoveForm], Run, Any]] = {
    "respond": (TextForm, _plainly(actions.respond), gettext_lazy("已响应企业。")),
    "call_out": (
        CallForm,
        _plainly(actions.call_out),
        gettext_lazy("已吹哨，报到时限已起算。"),
    ),
    "arrive": (MoveForm, _plainly(actions.arrive, "seen"), gettext_lazy("已报到。")),
    "ask_firm": (
        TextForm,
        _plainly(actions.ask_firm),
        gettext_lazy("已请企业补充，回答前暂停计时。"),
    ),
    "answer_question": (
        TextForm,
        _plainly(actions.answer_question),
        gettext_lazy("已记下补充回答，继续计时。"),
    ),
    "tell_firm": (TextForm, _plainly(actions.tell_firm), gettext_lazy("已告知企业进展。")),
    "give_timetable": (TimetableForm, _timetable, gettext_lazy("已把时间表给企业。")),
    "write_note": (
        TextForm,
        _plainly(actions.write_note, "seen"),
        gettext_lazy("已记下，企业看不到。"),
    ),
    "answer": (TextForm, _plainly(actions.answer), gettext_lazy("已答复企业，等待评价。")),
    "rate": (RatingForm, _rate, gettext_lazy("已记下评价。")),
    "own_word": (
        RatingForm,
        _plainly(actions.replace_word),
        gettext_lazy("已按您自己的评价更正。"),
    ),
    "close_unrated": (MoveForm, _plainly(actions.close_unrated), gettext_lazy("已办结。")),
    "withdraw": (ReasonForm, _plainly(actions.withdraw), gettext_lazy("已撤回。")),
}
OFFICE_STEPS = frozenset(STEPS) - {"withdraw", "own_word"}
FIRM_STEPS = frozenset({"answer_question", "rate", "own_word", "withdraw"})
ONE_FORM = {
    "accept_answer": "rate", "object_to_answer": "rate",
    "replace_word": "own_word", "object_to_noted": "own_word",
}  # fmt: skip
"""Moves that are one form: which it is, the word itself says."""

RATE_WORDS = {DESK: gettext_lazy("代企业记录评价"), FIRM: gettext_lazy("评价答复")}
ORDER = (
    "respond", "arrive", "rate", "answer_question", "own_word", "answer", "tell_firm", "ask_firm",
    "give_timetable", "call_out", "write_note", "close_unrated", "withdraw",
)  # fmt: skip
"""What comes next stands first."""

ASIDE = frozenset({"write_note", "close_unrated", "withdraw"})


def steps_of(
    moves: Sequence[Move], seen: int, bound: Bound | None, units: Choices, roles: Collection[str]
) -> list[dict[str, Any]]:
    """The steps as a page shows them; the two words of the firm on an answer are one form."""
    side, lang, found = FIRM if FIRM in roles else DESK, language(), []
    for move in moves:
        name = ONE_FORM.get(move.name, move.name)
        if name not in STEPS or name in {step["name"] for step in found}:
            continue
        words = str(RATE_WORDS[side]) if name == "rate" else move.label(lang)
        if bound and bound[0] == name:
            form = bound[1]
        else:
            form = _form_of(name, side)(auto_id=f"{name}_%s", initial={"seen": seen}, units=units)
        found.append(
            {
                "name": name,
                "label": words[:1].upper() + words[1:],
                "form": form,
                "is_bare": not form.visible_fields(),
                "was_sent": form.is_bound,
                "aside": name in ASIDE,
            }
        )
    return sorted(found, key=lambda step: ORDER.index(step["name"]))


def _form_of(name: str, side: str) -> type[MoveForm]:
    """The form of a step; staff who note a word say how and when it was said."""
    return NotedRatingForm if name == "rate" and side == DESK else STEPS[name][0]


def bound_form(request: HttpRequest, name: str, units: Choices, side: str) -> MoveForm:
    """The form of a step as it was sent by one side."""
    return _form_of(name, side)(request.POST, request.FILES, auto_id=f"{name}_%s", units=units)
