"""Opening an appraisal, its members, freezing its scheme, computing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class OpenForm(forms.Form):
    """Which scheme, and which year."""

    scheme = forms.ChoiceField(label=_("考核方案"))
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2099)
    title = forms.CharField(label=_("名称（可不填）"), max_length=120, required=False)

    def __init__(self, *given: Any, schemes: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["scheme"].choices = schemes


class FreezeForm(forms.Form):
    """The digest that was looked at, and why it is frozen anew."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    why = forms.CharField(label=_("重新定稿的原因"), required=False, max_length=500)


class MemberForm(forms.Form):
    """A unit and its category, or out."""

    unit = forms.CharField(max_length=40)
    category = forms.CharField(required=False, max_length=60)
    out = forms.BooleanField(required=False)


class RunForm(forms.Form):
    """What this computation is for."""

    note = forms.CharField(label=_("说明（可不填）"), required=False, max_length=300)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
