"""What a person fills in about an exemption."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

from ..choices import Finding

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000
SAID, FILES = "said_", "files_"
"""What the fields of a condition's statement and its evidence begin with."""


def _words(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=Words(rows=rows), max_length=MOST_WORDS, **more)


class _Stated(forms.Form):
    """A statement and files for each condition of the city's rules."""

    def _state(self, conditions: Iterable[tuple[str, str, str]]) -> None:
        for key, title, asks in conditions:
            self.fields[SAID + key] = _words(title, required=False, help_text=asks)
            label = _("佐证材料") if not title else f"{title} · {_('佐证材料')}"
            self.fields[FILES + key] = FilesField(label=label, required=False)

    @property
    def statements(self) -> dict[str, str]:
        """What is said, by condition."""
        given = self.cleaned_data.items()
        return {k.removeprefix(SAID): v for k, v in given if k.startswith(SAID)}

    @property
    def uploaded(self) -> dict[str, list[Any]]:
        """Uploaded files, by condition."""
        given = self.cleaned_data.items()
        return {k.removeprefix(FILES): v for k, v in given if k.startswith(FILES) and v}


class ExemptionForm(_Stated):
    """An application; `subjects` are the things it is asked for."""

    unit = forms.ChoiceField(label=_("申请单位"))
    person = forms.ChoiceField(
        label=_("为谁申请"), required=False, help_text=_("不选人员的，为单位申请。")
    )
    title = forms.CharField(label=_("事由"), max_length=200)
    happened = _words(_("经过：做了什么，哪里没有达到预期"), 4)
    subjects = forms.MultipleChoiceField(
        label=_("涉及的事项和指标"),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("容错认定后，只对这里选定的事项生效。"),
    )
    year = forms.IntegerField(
        label=_("指标所属年度"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("只对所选指标有用；不填为各年度。"),
    )

    def __init__(
        self,
        *args: Any,
        units: Choices,
        people: Choices,
        subjects: Choices,
        conditions: Iterable[tuple[str, str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]
        self.fields["subjects"].choices = subjects  # type: ignore[attr-defined]
        self._state(conditions)


class AmendForm(_Stated):
    """What an application says, completed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    happened = _words(_("经过：做了什么，哪里没有达到预期"), 4)

    def __init__(
        self, *args: Any, conditions: Iterable[tuple[str, str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._state(conditions)


class FindingForm(forms.Form):
    """What was found of a condition."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    condition = forms.ChoiceField(label=_("条件"))
    finding = forms.ChoiceField(label=_("审核意见"), choices=Finding.choices)
    found = _words(_("依据"), 2, required=False)

    def __init__(self, *args: Any, conditions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["condition"].choices = conditions  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """What is granted, since when, and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    covers = forms.MultipleChoiceField(
        label=_("容错适用的事项"), required=False, widget=forms.CheckboxSelectMultiple
    )
    decided_on = forms.DateField(label=_("决定日期"), widget=DayInput())
    why = _words(_("理由"), 2, required=False)

    def __init__(self, *args: Any, covers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covers"].choices = covers  # type: ignore[attr-defined]


class ExemptionMoveForm(forms.Form):
    """Another step, with its reason."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    move = forms.ChoiceField(label=_("办理"))
    why = _words(_("理由"), 2, required=False)

    def __init__(self, *args: Any, moves: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["move"].choices = moves  # type: ignore[attr-defined]


class ReaderForm(forms.Form):
    """Somebody who may read the application."""

    person = forms.ChoiceField(label=_("查阅人"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
