"""What a person fills in about who serves a project, and what was seen on the spot."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, FilesInput, Words

from ..choices import Seeing, Serving
from .pipeline import MOST_WORDS, Choices


class MemberForm(forms.Form):
    """Naming somebody."""

    person = forms.ChoiceField(label=_("人员"))
    part = forms.ChoiceField(label=_("承担"), choices=Serving.choices)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """A record from the spot; the page fills in the place where a telephone tells it."""

    kind = forms.ChoiceField(label=_("类别"), choices=Seeing.choices)
    visited_on = forms.DateField(label=_("日期"), required=False, widget=DayInput())
    evidence = FilesField(
        label=_("照片"),
        required=False,
        widget=FilesInput({"accept": "image/jpeg,image/png,application/pdf"}),
    )
    text = forms.CharField(
        label=_("看到的情况"), required=False, widget=Words(rows=3), max_length=MOST_WORDS
    )
    place = forms.CharField(label=_("地点"), required=False, max_length=120)
    latitude = forms.CharField(label=_("纬度"), required=False, max_length=30)
    longitude = forms.CharField(label=_("经度"), required=False, max_length=30)
