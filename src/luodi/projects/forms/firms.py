"""What a person fills in about the firm that carries a project."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

from ..choices import Threshold
from ..rules import GROWTH
from .pipeline import MOST_WORDS


class FirmForm(forms.Form):
    """The firm by its code or full name, and the three days of its growth."""

    enterprise = forms.CharField(
        label=_("承担企业（统一社会信用代码或全称）"),
        max_length=120,
        help_text=_("须是企业名录里已登记的企业。"),
    )
    threshold = forms.ChoiceField(label=_("规模标准"), choices=Threshold.choices)
    meets_on = forms.DateField(label=_("达规日期"), required=False, widget=DayInput())
    promoted_on = forms.DateField(label=_("升规日期"), required=False, widget=DayInput())
    admitted_on = forms.DateField(label=_("入库日期"), required=False, widget=DayInput())
    evidence = FilesField(label=_("佐证材料"), required=False)
    why = forms.CharField(
        label=_("原因"),
        required=False,
        widget=Words(rows=2),
        max_length=MOST_WORDS,
        help_text=_("改动已登记的企业或日期时必填。"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def days(self) -> dict[str, date | None]:
        """The three days given."""
        return {name: self.cleaned_data.pop(name) for name in GROWTH}
