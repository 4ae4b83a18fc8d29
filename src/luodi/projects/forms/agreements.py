"""What a person fills in about a standard-land agreement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words
from luodi.packs.schemas import MilestoneRule, PromiseRule

from .money import WRITTEN
from .pipeline import MOST_WORDS, Choices


class AgreementForm(forms.Form):
    """What an agreement says: promises `promise-…` and days `day-…` by the rules of the city."""

    title = forms.CharField(label=_("协议名称或编号"), max_length=120, required=False)
    signed_on = forms.DateField(label=_("签订日期"), widget=DayInput())
    land = forms.CharField(label=_("协议用地面积（亩）"), max_length=WRITTEN, required=False)
    why = forms.CharField(
        label=_("原因"),
        required=False,
        max_length=MOST_WORDS,
        widget=Words(rows=2),
        help_text=_("改动协议内容时必填。"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        promises: Iterable[tuple[PromiseRule, str]],
        days: Iterable[tuple[MilestoneRule, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        why = self.fields.pop("why")
        for rule, label in promises:
            self.fields[f"promise-{rule.key}"] = forms.CharField(
                label=label, max_length=WRITTEN, required=False
            )
        for one, label in days:
            self.fields[f"day-{one.key}"] = forms.DateField(
                label=label, required=False, widget=DayInput()
            )
        self.fields["why"] = why

    @property
    def promises(self) -> dict[str, str]:
        """Promises by item as written."""
        return {
            name.removeprefix("promise-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("promise-")
        }

    @property
    def days(self) -> dict[str, date | None]:
        """Days by milestone."""
        return {
            name.removeprefix("day-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("day-")
        }


class ResultForm(forms.Form):
    """What came of a promise in a year, with evidence."""

    item = forms.ChoiceField(label=_("承诺"))
    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    amount = forms.CharField(
        label=_("实际数"), max_length=WRITTEN, help_text=_("填总数，不用除以亩数。")
    )
    evidence = FilesField(label=_("佐证材料"), required=False)
    why = forms.CharField(
        label=_("原因"), required=False, max_length=MOST_WORDS, help_text=_("更正时必填。")
    )

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items  # type: ignore[attr-defined]


class AgreementMoveForm(forms.Form):
    """A step of the re-check or of what follows a breach."""

    move = forms.ChoiceField(label=_("办哪一步"))
    happened_on = forms.DateField(label=_("发生日期"), required=False, widget=DayInput())
    until = forms.DateField(
        label=_("整改期限"), required=False, widget=DayInput(), help_text=_("责令整改时必填。")
    )
    why = forms.CharField(
        label=_("原因"), required=False, max_length=MOST_WORDS, widget=Words(rows=3)
    )
    evidence = FilesField(label=_("佐证材料"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, moves: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["move"].choices = moves  # type: ignore[attr-defined]
        if not any(name in ("order_rectification", "refuse_rectification") for name, _l in moves):
            del self.fields["until"]
