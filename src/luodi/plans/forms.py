"""What is typed on the pages of this module, cleaned."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from .rules.sheets import read_day


class WrittenDay(forms.CharField):
    """A day as a date or in words that a date can be read from (6月底前)."""

    def __init__(self, year: int | None = None, **options: Any) -> None:
        self.year = year
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> date | None:
        """The day, None for an empty cell; words without a date are an error."""
        text = super().clean(value)
        if not text:
            return None
        day = read_day(text, year=self.year)
        if day is None:
            raise forms.ValidationError(
                _("读不出日期：“%(text)s”。请写成 2026-06-30 或“6月底前”。") % {"text": text}
            )
        return day


class DeadlineForm(forms.Form):
    """One deadline for several measures."""

    due_on = forms.DateField(required=False)
    written = forms.CharField(max_length=60, required=False)


class DoneForm(forms.Form):
    """When something was done, and why one may say so."""

    done_on = forms.DateField(required=False)
    why = forms.CharField(max_length=400, required=False)


class StepForm(forms.Form):
    """One line of the annual plan, under the prefix of its key or of its measure."""

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due"] = WrittenDay(year=year, required=False)

    title = forms.CharField(max_length=300, required=False)
    person = forms.CharField(max_length=60, required=False)
    version = forms.IntegerField(required=False)


class WordsForm(forms.Form):
    """One report of the sheet, under the prefix of its key."""

    text = forms.CharField(max_length=20000, required=False)
    problem = forms.CharField(max_length=8000, required=False)
    nothing_new = forms.CharField(max_length=300, required=False)
    claimed = forms.IntegerField(min_value=0, max_value=100, required=False)
    version = forms.IntegerField(min_value=0, required=False)


def first_error(form: forms.Form) -> str:
    """The first sentence a form has to say, empty where it is fine."""
    return next((str(said) for errors in form.errors.values() for said in errors), "")
