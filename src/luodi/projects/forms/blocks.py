"""What a person fills in about a block of a zone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import Words

from .pipeline import MOST_WORDS, Choices


class BlockForm(forms.Form):
    """A block; `zone` only where it is a new one."""

    zone = forms.ChoiceField(label=_("开发区"))
    name = forms.CharField(label=_("区块名称"), max_length=60)
    group = forms.CharField(label=_("业务组"), max_length=60)
    parks = forms.MultipleChoiceField(
        label=_("园区"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, zones: Choices | None, parks: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if zones is None:
            del self.fields["zone"]
        else:
            self.fields["zone"].choices = [("", ""), *zones]  # type: ignore[attr-defined]
        self.fields["parks"].choices = [(park, park) for park in parks]  # type: ignore[attr-defined]


class GiveUpForm(forms.Form):
    """Giving a block up."""

    why = forms.CharField(label=_("原因"), widget=Words(rows=2), max_length=MOST_WORDS)
    seen = forms.IntegerField(widget=forms.HiddenInput)
