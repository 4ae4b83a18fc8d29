"""What the office and the zones fill in about a bulletin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import FilesField, Words

from ..actions.bulletins import MOST_WORDS


class SeenForm(forms.Form):
    """A step without words: only which state the person looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CommentForm(forms.Form):
    """What a zone wants to have said beside its figures."""

    words = forms.CharField(
        label=_("本区说明"), required=False, widget=Words(rows=4), max_length=MOST_WORDS
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ContestForm(forms.Form):
    """An input that a zone contests, what it says is right, why, and the evidence."""

    subject = forms.ChoiceField(label=_("对哪一项有异议"))
    claimed = forms.CharField(label=_("应为"), required=False, max_length=60)
    reason = forms.CharField(label=_("理由"), widget=Words(rows=3), max_length=MOST_WORDS)
    evidence = FilesField(label=_("佐证材料"), required=False)

    def __init__(self, *args: Any, known: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, f"{label} · {shown or '—'}") for key, (label, shown) in known.items()]
        self.fields["subject"].choices = choices  # type: ignore[attr-defined]


class ContestAnswerForm(forms.Form):
    """The office's answer to a contest."""

    move = forms.ChoiceField(choices=[("uphold", _("认定成立")), ("reject", _("认定不成立"))])
    answer = forms.CharField(label=_("答复"), widget=Words(rows=2), max_length=MOST_WORDS)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
