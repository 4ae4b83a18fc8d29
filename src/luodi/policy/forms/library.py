"""The terms of an article, and how long a policy holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, Words

from ..choices import ClaimMode

MOST_WORDS = 4_000
Choices = list[tuple[str, str]]


def text(label: Any, most: int, **more: Any) -> forms.CharField:
    """A line of words that may be left empty."""
    return forms.CharField(label=label, required=False, max_length=most, **more)


class SeenForm(forms.Form):
    """A step on what the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(SeenForm):
    """A step that sends something back, with its reason."""

    why = forms.CharField(label=_("退回原因"), max_length=MOST_WORDS, widget=Words(rows=2))


class TermsForm(SeenForm):
    """The terms of an article. Sums are read by the rules."""

    title = forms.CharField(label=_("条款名称"), max_length=300)
    office = forms.ChoiceField(label=_("主管单位"), required=False)
    mode = forms.ChoiceField(label=_("兑现方式"), choices=ClaimMode.choices)
    amount = text(_("金额或上限"), 30, help_text=_("如 50万元；没有写明不填。"))
    share = text(_("比例（%）"), 10)
    base = text(_("比例的基数"), 60)
    each = text(_("计发单位"), 20, help_text=_("如 每人；按户给付的不填。"))
    budget = text(_("预算"), 30, help_text=_("如 300万元；不设预算不填。"))
    thing = text(_("事项名称"), 80, help_text=_("同一事项的几条政策写同一个名称，就不会重复享受。"))
    window_from = forms.DateField(label=_("申报开始"), required=False, widget=DayInput())
    window_until = forms.DateField(label=_("申报截止"), required=False, widget=DayInput())
    materials = text(_("申报材料（一行一件）"), MOST_WORDS, widget=Words(rows=5))
    why = forms.CharField(label=_("修改原因"), max_length=MOST_WORDS, widget=Words(rows=2))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [("", ""), *units]  # type: ignore[attr-defined]


class AbolishForm(SeenForm):
    """Until when a policy holds; without a day it is abolished at once."""

    until = forms.DateField(
        label=_("有效期至"), required=False, widget=DayInput(), help_text=_("不填就是即日废止。")
    )
    why = forms.CharField(label=_("依据"), max_length=MOST_WORDS, widget=Words(rows=2))
