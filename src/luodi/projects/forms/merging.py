"""What a person chooses when two records become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import Words

from ..queries import CarriedGroup, CompareFact
from .pipeline import MOST_WORDS

MINE, THEIRS = "into", "project"


class WhyForm(forms.Form):
    """A reason, for what only needs one; `seen` is the position of what the page showed."""

    why = forms.CharField(label=_("理由"), max_length=MOST_WORDS, widget=Words(rows=3))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MergeForm(forms.Form):
    """For each differing fact, whose word holds; and why the two are one."""

    why = forms.CharField(label=_("合并理由"), max_length=MOST_WORDS, widget=Words(rows=3))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_into = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        differing: Sequence[CompareFact],
        groups: Sequence[CarriedGroup],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.differing = differing
        for fact in differing:
            self.fields[f"fact_{fact.name}"] = forms.ChoiceField(
                label=fact.label,
                choices=[(MINE, fact.mine), (THEIRS, fact.theirs)],
                initial=THEIRS if fact.takes else MINE,
                widget=forms.RadioSelect,
            )
        self.fields["carries"] = forms.MultipleChoiceField(
            label=_("一并带入"),
            choices=[(group.key, group.label) for group in groups],
            initial=[group.key for group in groups if not group.doubled],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    @property
    def rows(self) -> list[forms.BoundField]:
        """The choices, in the order of the facts."""
        return [self[f"fact_{fact.name}"] for fact in self.differing]

    @property
    def takes(self) -> list[str]:
        """The facts for which the merged project's word holds."""
        chosen = self.cleaned_data
        return [one.name for one in self.differing if chosen[f"fact_{one.name}"] == THEIRS]
