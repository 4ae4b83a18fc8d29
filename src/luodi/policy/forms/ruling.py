"""The rule editor: a fixed number of lines, each a comparison; alternatives share a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.fields import DayInput

from ..rules import OPERATOR_WORDS, Line

LINES = 12
SPARE = 3
"""Empty lines behind those that are written."""
Choices = Sequence[tuple[str, str]]


class LineForm(forms.Form):
    """One line; without a fact it says nothing."""

    group = forms.IntegerField(label=gettext_lazy("组"), min_value=1, max_value=99, required=False)
    refused = forms.BooleanField(label=gettext_lazy("不得"), required=False)
    fact = forms.ChoiceField(label=gettext_lazy("事实"), required=False)
    operator = forms.ChoiceField(
        label=gettext_lazy("比较"), required=False, choices=list(OPERATOR_WORDS.items())
    )
    values = forms.CharField(label=gettext_lazy("值"), required=False, max_length=400)
    sentence = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(self, *args: Any, facts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = [("", ""), *facts]  # type: ignore[attr-defined]

    def line(self, n: int) -> Line | None:
        """What it says; the number of the line is its group where none is written."""
        said = self.cleaned_data
        if not said["fact"]:
            return None
        return Line(
            group=said["group"] or 100 + n,
            refused=said["refused"],
            fact=said["fact"],
            operator=said["operator"],
            values=said["values"],
            sentence=said["sentence"],
        )


class RuleForm(forms.Form):
    """From when on the conditions hold; `lines` are forms of their own."""

    from_on = forms.DateField(label=gettext_lazy("自何日起适用"), widget=DayInput())

    def __init__(
        self, *args: Any, facts: Choices, lines: Iterable[Line] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        given = [vars_of(line) for line in lines]
        posted = self.data if self.is_bound else None
        count = LINES if self.is_bound else min(LINES, len(given) + SPARE)
        self.lines = [
            LineForm(
                posted, prefix=f"l{n}", facts=facts, initial=given[n] if n < len(given) else {}
            )
            for n in range(count)
            if posted is None or f"l{n}-fact" in posted
        ]

    def clean(self) -> dict[str, Any]:
        """Every line must hold as well."""
        data = super().clean() or {}
        if not all(line.is_valid() for line in self.lines):
            raise forms.ValidationError(_("有一行条件填写不完整，请看每行下面的提示。"))
        return data

    def said(self) -> list[Line]:
        """The lines that say something."""
        found = (line.line(n) for n, line in enumerate(self.lines, start=1))
        return [line for line in found if line is not None]


def vars_of(line: Line) -> dict[str, Any]:
    """A line as a form begins."""
    names = ("group", "refused", "fact", "operator", "values", "sentence")
    return {name: getattr(line, name) for name in names}
