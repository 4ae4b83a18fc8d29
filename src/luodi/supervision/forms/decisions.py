"""What a person fills in about a decision or an instruction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, Words

from .meetings import MOST_WORDS, Choices


class DecisionForm(forms.Form):
    """A decision in one line. Lead and day are read from the words where they are left empty."""

    text = forms.CharField(
        label=_("议定事项"), max_length=2000, widget=forms.TextInput(attrs={"data-key": "d"})
    )
    lead = forms.ChoiceField(label=_("牵头单位"), required=False)
    due_on = forms.DateField(label=_("完成时限"), required=False, widget=DayInput())
    joint = forms.MultipleChoiceField(
        label=_("配合单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topic = forms.ChoiceField(label=_("所属议题"), required=False)

    def __init__(
        self, *args: Any, units: Choices, topics: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", ""), *units]  # type: ignore[attr-defined]
        self.fields["joint"].choices = units  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", ""), *topics]  # type: ignore[attr-defined]


class RevisedForm(DecisionForm):
    """A change of a decision, or its being taken back with a reason."""

    decision = forms.CharField(max_length=40, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    take_back = forms.BooleanField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(label=_("撤销原因"), required=False, max_length=MOST_WORDS)


class InstructionForm(forms.Form):
    """A leader's instruction in its own words."""

    text = forms.CharField(label=_("批示原文"), widget=Words(rows=3), max_length=MOST_WORDS)
    leader = forms.ChoiceField(label=_("批示领导"))
    given_on = forms.DateField(label=_("批示日期"), widget=DayInput())
    reply_by = forms.DateField(label=_("要求回复日期"), required=False, widget=DayInput())
    lead = forms.ChoiceField(label=_("承办单位"))
    joint = forms.MultipleChoiceField(
        label=_("配合单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(
        label=_("事项名称"),
        required=False,
        max_length=200,
        help_text=_("不填则取批示的第一行。"),
    )

    def __init__(self, *args: Any, units: Choices, leaders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", ""), *units]  # type: ignore[attr-defined]
        self.fields["joint"].choices = units  # type: ignore[attr-defined]
        self.fields["leader"].choices = [("", ""), *leaders]  # type: ignore[attr-defined]
