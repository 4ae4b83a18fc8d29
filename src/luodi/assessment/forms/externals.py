"""A table of results from above, as a file or pasted."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import Words

MOST_TEXT = 400_000


class ExternalForm(forms.Form):
    """A file or pasted lines; what was sent stays in the box between dry run and import."""

    file = forms.FileField(label=_("Excel 或 CSV 文件"), required=False)
    text = forms.CharField(
        label=_("或从 Excel 复制粘贴，表头也要"),
        required=False,
        max_length=MOST_TEXT,
        widget=Words(rows=6),
        strip=False,
    )
    why = forms.CharField(
        label=_("更改原因（与已登记的不同时要写）"), required=False, max_length=500
    )
    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    kept = ""

    def keep(self, text: str) -> None:
        """Put the lines of the file into the box that comes back."""
        self.kept = text
        self.data = {**self.data.dict(), "text": text}  # type: ignore[union-attr]
