"""What the office says of a tag."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import Words

from .pipeline import MOST_WORDS, Choices

DECISIONS = (("give", _("认定有")), ("deny", _("认定没有")), ("leave", _("撤回认定")))


class TagForm(forms.Form):
    """A decision about a tag, with its grounds."""

    tag = forms.ChoiceField(label=_("标签"))
    decision = forms.ChoiceField(label=_("怎样认定"), choices=DECISIONS)
    why = forms.CharField(
        label=_("认定依据"), required=False, max_length=MOST_WORDS, widget=Words(rows=3)
    )
    seen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tags: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].choices = tags  # type: ignore[attr-defined]

    @property
    def position(self) -> int | None:
        """The position of the decision that was shown of the chosen tag."""
        for part in self.cleaned_data["seen"].split():
            tag, _equals, position = part.partition("=")
            if tag == self.cleaned_data["tag"] and position.isascii() and position.isdecimal():
                return int(position[:15])
        return None
