"""What a person fills in about a review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

from ..choices import Conflict, Decision, Verdict
from .pipeline import MOST_WORDS, Choices

SCORE = "score_"
"""What the fields of scores begin with."""


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=Words(rows=2), max_length=MOST_WORDS, **more)


class ReviewForm(forms.Form):
    """A round of review: the day it is held."""

    held_on = forms.DateField(label=_("评审日期"), widget=DayInput())


class SeatForm(forms.Form):
    """Who sits in a seat of the panel."""

    seat = forms.ChoiceField(label=_("席位"))
    person = forms.ChoiceField(label=_("人员（有账号的）"), required=False)
    says = forms.CharField(
        label=_("单位或专业"),
        required=False,
        max_length=100,
        help_text=_("没有账号的填单位、专业或职务，不写姓名。"),
    )
    why = _words(_("换人原因"), required=False)

    def __init__(self, *args: Any, seats: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]


class OpinionForm(forms.Form):
    """A declaration, and an opinion with scores; `scores` gives these by their keys."""

    seat = forms.ChoiceField(label=_("席位"))
    conflict = forms.ChoiceField(label=_("利益关系"), choices=Conflict.choices[1:])
    conflict_words = _words(_("是什么关系"), required=False)
    verdict = forms.ChoiceField(
        label=_("意见结论"), required=False, choices=[("", ""), *Verdict.choices]
    )
    opinion = _words(_("评审意见"), required=False)
    evidence = FilesField(label=_("书面意见"), required=False)

    def __init__(
        self, *args: Any, seats: Choices, criteria: Sequence[tuple[str, str, int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]
        for key, title, most in criteria:
            self.fields[SCORE + key] = forms.IntegerField(
                label=f"{title} (0–{most})", required=False, min_value=0, max_value=most
            )
        self.order_fields(
            ["seat", "conflict", "conflict_words", *(SCORE + key for key, _t, _m in criteria)]
        )

    @property
    def scores(self) -> dict[str, int | None]:
        """Points by criterion, as they were given."""
        given = self.cleaned_data.items()
        return {key.removeprefix(SCORE): value for key, value in given if key.startswith(SCORE)}


class DecisionForm(forms.Form):
    """What a review ends in."""

    decision = forms.ChoiceField(label=_("评审结论"), choices=Decision.choices)
    decided_on = forms.DateField(label=_("结论日期"), widget=DayInput())
    why = _words(_("理由"), required=False)
