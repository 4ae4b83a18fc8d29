"""What a person fills in about a meeting. Every form carries the version of what it shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, Words

from ..choices import AgendaStage, Attended
from .bulletins import SeenForm

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000
HOW, SAYS, WHO = "how_", "says_", "who_"
"""What the fields of one unit's attendance begin with."""


class HourInput(forms.TimeInput):
    """Hours and minutes, in the browser's own box."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class StepForm(SeenForm):
    """A step of a meeting, with its reason where it needs one."""

    move = forms.CharField(widget=forms.HiddenInput, max_length=20)
    why = forms.CharField(
        label=_("原因"), required=False, widget=Words(rows=2), max_length=MOST_WORDS
    )


class SpecialForm(forms.Form):
    """A meeting out of turn."""

    organ = forms.ChoiceField(label=_("召开机构"))
    title = forms.CharField(label=_("会议名称"), max_length=200)
    due_on = forms.DateField(label=_("最迟召开日期"), required=False, widget=DayInput())

    def __init__(self, *args: Any, organs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].choices = organs  # type: ignore[attr-defined]


class CallForm(SeenForm):
    """When, where, and who is called."""

    day = forms.DateField(label=_("会议日期"), widget=DayInput())
    begins = forms.TimeField(label=_("开始"), widget=HourInput())
    ends = forms.TimeField(label=_("结束"), widget=HourInput())
    place = forms.CharField(label=_("地点"), max_length=120)
    chair = forms.CharField(
        label=_("主持人职务"), max_length=60, required=False, help_text=_("写职务，不写姓名。")
    )
    despite = forms.CharField(
        label=_("日期特殊的理由"),
        required=False,
        max_length=400,
        help_text=_("会议定在休息日，或补登已经开过的会议时填写。"),
    )
    units = forms.MultipleChoiceField(
        label=_("参会单位"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = units  # type: ignore[attr-defined]


class TopicForm(SeenForm):
    """A topic to be added."""

    title = forms.CharField(label=_("议题"), max_length=200)
    presenter = forms.ChoiceField(label=_("汇报单位"), required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presenter"].choices = [("", ""), *units]  # type: ignore[attr-defined]


class TopicMoveForm(SeenForm):
    """A topic to be moved in the order."""

    topic = forms.CharField(max_length=40)
    move = forms.CharField(max_length=10)


class SettleForm(SeenForm):
    """What became of a topic."""

    topic = forms.CharField(max_length=40)
    how = forms.ChoiceField(choices=AgendaStage.choices)
    said = forms.CharField(required=False, max_length=MOST_WORDS, widget=Words(rows=2))


class AttendanceForm(SeenForm):
    """Who came: for each unit how, who of those with an account, and words for the rest."""

    all = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, units: Iterable[str], people: dict[str, Choices], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        for unit in self.units:
            self.fields[HOW + unit] = forms.ChoiceField(choices=Attended.choices)
            self.fields[WHO + unit] = forms.ChoiceField(
                choices=[("", ""), *people.get(unit, [])], required=False
            )
            self.fields[SAYS + unit] = forms.CharField(max_length=400, required=False)

    def said_of(self, unit: str) -> tuple[str, str, str]:
        """How a unit came, who, and the words: the post of a stand-in or the reason."""
        given = self.cleaned_data
        return given[HOW + unit], given[WHO + unit], given[SAYS + unit]


class MinutesForm(forms.Form):
    """The office's own words of minutes in draft."""

    opening = forms.CharField(
        label=_("开头"),
        required=False,
        widget=Words(rows=3),
        max_length=MOST_WORDS,
        help_text=_("不填则按会议时间、地点和议题数自动写。"),
    )
    closing = forms.CharField(
        label=_("结尾"), required=False, widget=Words(rows=3), max_length=MOST_WORDS
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
