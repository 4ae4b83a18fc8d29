"""What a person says about an export of the approval platform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .money import MonthInput


class ExportForm(forms.Form):
    """An exported file and the month it is about."""

    file = forms.FileField(label=_("平台导出的文件（.xlsx 或 .csv）"))
    period = forms.CharField(
        label=_("月份"),
        max_length=10,
        required=False,
        widget=MonthInput(),
        help_text=_("表题里写了月份的，可以不填。"),
    )


class ColumnsForm(forms.Form):
    """For each field the column that holds it, or none."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, heads: Mapping[int, str], fields: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.named = tuple(fields)
        choices = [("", _("没有这一列")), *((str(at), text) for at, text in heads.items())]
        for name, label in fields.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def columns(self) -> dict[str, int]:
        """Field to column as chosen."""
        return {
            name: int(self.cleaned_data[name]) for name in self.named if self.cleaned_data[name]
        }
