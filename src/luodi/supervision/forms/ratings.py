"""What a zone fills in about a department, and the office about a period."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import Words

from ..actions.ratings import MOST_WORDS


class RatingForm(forms.Form):
    """A mark and words for one department of one item."""

    department = forms.CharField(widget=forms.HiddenInput, max_length=40)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    score = forms.IntegerField(label=_("评分"), min_value=0, max_value=100)
    words = forms.CharField(
        label=_("评语"), required=False, widget=Words(rows=2), max_length=MOST_WORDS
    )


class PublishForm(forms.Form):
    """The period whose results are published."""

    period = forms.CharField(max_length=10)
