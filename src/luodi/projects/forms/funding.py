"""What a person fills in about banks' money, special funds and bonds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, Words

from ..choices import FundingKind
from ..rules.funding import steps_of
from .money import WRITTEN
from .pipeline import MOST_WORDS


class Suggested(forms.TextInput):
    """A text with suggestions; anything else may be typed."""

    def __init__(self, suggestions: Iterable[str] = ()) -> None:
        super().__init__()
        self.suggestions = list(suggestions)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        field = super().render(name, value, {**(attrs or {}), "list": f"{name}-list"}, renderer)
        options = format_html_join("", '<option value="{}">', ((one,) for one in self.suggestions))
        return format_html('{}<datalist id="{}-list">{}</datalist>', field, name, options)


class FundingForm(forms.Form):
    """An amount that reached a step. `what` is kind and step, `loan:credited`."""

    what = forms.ChoiceField(label=_("类别与环节"))
    giver = forms.CharField(label=_("银行、专项资金或债券名称"), max_length=120)
    amount = forms.CharField(
        label=_("金额（万元）"),
        max_length=WRITTEN,
        required=False,
        help_text=_("只写这一次的数，不写累计；推介可以不写金额。"),
    )
    happened_on = forms.DateField(label=_("发生日期"), widget=DayInput())
    why = forms.CharField(
        label=_("原因"),
        required=False,
        max_length=MOST_WORDS,
        widget=Words(rows=2),
        help_text=_("超过前一步时必填。"),
    )

    def __init__(self, *args: Any, institutions: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (kind.label, [(f"{kind.value}:{step.value}", step.label) for step in steps_of(kind)])
            for kind in FundingKind
        ]
        self.fields["giver"].widget = Suggested(institutions)


class FundingCorrectionForm(forms.Form):
    """A correction of an amount, or that it is void."""

    entry = forms.CharField(max_length=40, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    amount = forms.CharField(label=_("金额（万元）"), max_length=WRITTEN, required=False)
    happened_on = forms.DateField(label=_("发生日期"), widget=DayInput())
    void = forms.BooleanField(label=_("作废（不再计入）"), required=False)
    why = forms.CharField(
        label=_("原因"), max_length=MOST_WORDS, widget=Words(rows=2), required=False
    )
