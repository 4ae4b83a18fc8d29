"""What a person fills in about an item. Every form carries the position of the state it shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

from .choices import Source

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000


class OpenForm(forms.Form):
    """A new item."""

    source = forms.ChoiceField(label=_("来源"), choices=Source.choices)
    title = forms.CharField(label=_("事项名称"), max_length=200)
    content = forms.CharField(
        label=_("具体要求"), required=False, widget=Words(), max_length=MOST_WORDS
    )
    instruction = forms.CharField(
        label=_("批示原文"),
        required=False,
        widget=Words(),
        max_length=MOST_WORDS,
        help_text=_("来源为领导批示时必填，一字不改。"),
    )
    instructed_by = forms.CharField(label=_("批示人"), max_length=60, required=False)
    instructed_on = forms.DateField(label=_("批示日期"), required=False, widget=DayInput())
    reply_by = forms.DateField(label=_("要求回复日期"), required=False, widget=DayInput())
    lead = forms.ChoiceField(label=_("牵头单位"))
    cooperating = forms.MultipleChoiceField(
        label=_("配合单位"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = forms.DateField(
        label=_("办理时限"),
        required=False,
        widget=DayInput(),
        help_text=_("不填则按下面的计时规则，或按要求回复日期；都没有就是“未设时限”。"),
    )
    clock = forms.ChoiceField(label=_("按规则计时"), required=False)
    about = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Choices, clocks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "lead", [("", ""), *units])
        _choose(self, "cooperating", units)
        _choose(self, "clock", [("", ""), *clocks])

    @property
    def groups(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """The fields as the page sets them out: name of the group, its title, its fields."""
        named = ("instruction", "instructed_by", "instructed_on", "reply_by")
        head, tail = ("source", "title", "content"), ("lead", "cooperating", "due_on", "clock")
        return [
            ("head", "", [self[name] for name in head]),
            ("instruction", _("领导批示"), [self[name] for name in named]),
            ("tail", _("交办"), [self[name] for name in tail]),
        ]


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    if name in form.fields:
        form.fields[name].choices = choices  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """A step without words. `seen` is the position of the state the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, units: Choices = (), clocks: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "lead", [("", ""), *units])
        _choose(self, "cooperating", list(units))
        _choose(self, "clock", [("", ""), *clocks])


class FeedbackForm(MoveForm):
    """What was done, when, how far by the unit's own account, and the evidence."""

    text = forms.CharField(label=_("办理情况"), widget=Words(), max_length=MOST_WORDS)
    happened_on = forms.DateField(label=_("发生日期"), required=False, widget=DayInput())
    claimed = forms.IntegerField(
        label=_("自报进度（%）"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("只是单位自报，不作为亮灯依据。"),
    )
    evidence = FilesField(label=_("佐证材料"), required=False)


class OutcomeForm(MoveForm):
    """What came of it, for an application for close-out."""

    outcome = forms.CharField(label=_("办结情况"), widget=Words(), max_length=MOST_WORDS)


class ReasonForm(MoveForm):
    """A reason in words."""

    reason = forms.CharField(label=_("原因"), widget=Words(), max_length=MOST_WORDS)


class NoteForm(MoveForm):
    """How the close-out was verified."""

    note = forms.CharField(
        label=_("核实情况"), widget=Words(), max_length=MOST_WORDS, required=False
    )


class ExtensionForm(ReasonForm):
    """A request for more time."""

    until = forms.DateField(label=_("延期到"), widget=DayInput())
    field_order = ("seen", "until", "reason")


class DecisionForm(MoveForm):
    """The office's answer to a request for more time; the button says yes or no."""

    decision = forms.CharField(label=_("批复意见"), widget=Words(), max_length=MOST_WORDS)
    granted = forms.ChoiceField(choices=[("1", "1"), ("0", "0")], widget=forms.HiddenInput)


class ReassignForm(ReasonForm):
    """Another lead."""

    lead = forms.ChoiceField(label=_("新的牵头单位"))
    field_order = ("seen", "lead", "reason")


class CooperatingForm(ReasonForm):
    """Other cooperating units."""

    cooperating = forms.MultipleChoiceField(
        label=_("配合单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("seen", "cooperating", "reason")


class DueForm(ReasonForm):
    """Another due date; neither date nor clock takes it away."""

    due_on = forms.DateField(label=_("办理时限"), required=False, widget=DayInput())
    clock = forms.ChoiceField(label=_("按规则计时"), required=False)
    field_order = ("seen", "due_on", "clock", "reason")
