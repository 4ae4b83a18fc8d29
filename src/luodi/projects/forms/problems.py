"""What a person fills in about a problem of a project."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import FilesField, Words

from .pipeline import MOST_WORDS


class ProblemForm(forms.Form):
    """A problem to be raised."""

    title = forms.CharField(label=_("问题"), max_length=200)
    content = forms.CharField(
        label=_("情况和需要协调的事项"),
        required=False,
        widget=Words(rows=4),
        max_length=MOST_WORDS,
    )
    evidence = FilesField(label=_("附件"), required=False)


class ProblemMoveForm(forms.Form):
    """Declining a problem, taking it up again, or withdrawing it."""

    why = forms.CharField(label=_("原因"), widget=Words(rows=2), max_length=MOST_WORDS)
    seen = forms.IntegerField(widget=forms.HiddenInput)
