"""Applying, and the steps of a claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, Words

from ..choices import ObjectionStage

MOST_WORDS = 4_000


class ApplyForm(forms.Form):
    """An application: for what, how much; in an office, for which firm."""

    firm = forms.CharField(
        label=_("企业全称或统一社会信用代码"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "firms"}),
    )
    about = forms.CharField(
        label=_("申请事项（同一条可多次享受的，写明设备、证书或人员）"),
        required=False,
        max_length=80,
    )
    amount = forms.CharField(label=_("申请金额"), max_length=30, help_text=_("如 30万元。"))

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["firm"]


class MoveForm(forms.Form):
    """A step of a claim; what it needs beside is asked for by the step."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    move = forms.CharField(widget=forms.HiddenInput, max_length=20)
    amount = forms.CharField(label=_("核定金额"), required=False, max_length=30)
    materials = forms.MultipleChoiceField(
        label=_("补齐的材料"), required=False, widget=forms.CheckboxSelectMultiple
    )
    paid_on = forms.DateField(label=_("拨付日期"), required=False, widget=DayInput())
    voucher = forms.CharField(label=_("凭证号"), required=False, max_length=60)
    why = forms.CharField(
        label=_("理由（企业会看到）"), required=False, max_length=MOST_WORDS, widget=Words(rows=2)
    )

    def __init__(self, *args: Any, papers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["materials"].choices = [(p, p) for p in papers]  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """The successor of a firm that was merged."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    into = forms.CharField(label=_("承继企业全称或统一社会信用代码"), max_length=120)
    why = forms.CharField(
        label=_("依据（企业会看到）"), max_length=MOST_WORDS, widget=Words(rows=2)
    )


class NoteForm(forms.Form):
    """An internal note."""

    text = forms.CharField(label=_("内部备注"), max_length=MOST_WORDS, widget=Words(rows=2))


class ObjectForm(forms.Form):
    """An objection while the notice runs."""

    who = forms.CharField(label=_("异议人"), max_length=120)
    text = forms.CharField(label=_("异议内容"), max_length=MOST_WORDS, widget=Words(rows=2))


class AnswerForm(forms.Form):
    """What became of an objection."""

    objection = forms.CharField(widget=forms.HiddenInput, max_length=40)
    stage = forms.ChoiceField(
        label=_("处理结果"),
        choices=[
            (ObjectionStage.REJECTED, ObjectionStage.REJECTED.label),
            (ObjectionStage.UPHELD, ObjectionStage.UPHELD.label),
        ],
    )
    answer = forms.CharField(label=_("处理意见"), max_length=MOST_WORDS, widget=Words(rows=2))
