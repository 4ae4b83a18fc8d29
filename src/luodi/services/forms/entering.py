"""What a firm without an account fills in to come in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeAskForm(forms.Form):
    """The firm by its code, and the phone of its contact."""

    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=_("登记过的手机号"),
        max_length=30,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )


class CodeForm(forms.Form):
    """The code that came."""

    code = forms.CharField(
        label=_("六位验证码"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
