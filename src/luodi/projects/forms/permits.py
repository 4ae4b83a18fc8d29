"""What a person fills in about the permits of a project."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

from ..choices import PermitStep
from .pipeline import MOST_WORDS, Choices


class TrackForm(forms.Form):
    """The type of a project, who does its paperwork, and whether one report serves."""

    type = forms.ChoiceField(label=_("项目类型"))
    agent = forms.ChoiceField(
        label=_("代办单位"), required=False, help_text=_("全代办的填单位，不填个人。")
    )
    combined = forms.BooleanField(label=_("用一本制（合并编报）"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, types: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", ""), *types]  # type: ignore[attr-defined]
        self.fields["agent"].choices = [("", ""), *units]  # type: ignore[attr-defined]


class PermitForm(forms.Form):
    """A step of a permit."""

    permit = forms.ChoiceField(label=_("手续"))
    step = forms.ChoiceField(label=_("手续状态"), choices=PermitStep.choices)
    day = forms.DateField(label=_("发生日期"), required=False, widget=DayInput())
    why = forms.CharField(
        label=_("说明"),
        required=False,
        widget=Words(rows=2),
        max_length=MOST_WORDS,
        help_text=_("无需办理的必填理由。"),
    )
    evidence = FilesField(label=_("佐证材料"), required=False)

    def __init__(self, *args: Any, permits: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permit"].choices = permits  # type: ignore[attr-defined]


class ClockForm(forms.Form):
    """The clock of a permit stopped, or set going again."""

    permit = forms.ChoiceField(label=_("手续"))
    day = forms.DateField(label=_("发生日期"), required=False, widget=DayInput())
    why = forms.CharField(
        label=_("暂停的原因"),
        required=False,
        widget=Words(rows=2),
        max_length=MOST_WORDS,
        help_text=_("暂停时必填，如补正材料、专家评审；恢复时不必填。"),
    )

    def __init__(self, *args: Any, permits: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permit"].choices = permits  # type: ignore[attr-defined]


class WithdrawalForm(forms.Form):
    """A permit's record taken back, with a reason."""

    permit = forms.ChoiceField(label=_("手续"))
    why = forms.CharField(label=_("撤回登记的原因"), widget=Words(rows=2), max_length=MOST_WORDS)

    def __init__(self, *args: Any, permits: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permit"].choices = permits  # type: ignore[attr-defined]
