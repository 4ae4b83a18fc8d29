"""What a person fills in as an appraisal goes on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

MOST = 5_000


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=Words(rows=3), max_length=MOST, **more)


class StepForm(forms.Form):
    """A step of an appraisal: as the page had it, and a reason where one is asked for."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    why = _words(_("理由"), required=False)


class DecideForm(forms.Form):
    """The leading group's words."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    words = _words(_("审定意见"), required=False)


class ObjectionForm(forms.Form):
    """An objection: to what, why, and the figure taken for right."""

    unit = forms.CharField(max_length=40, widget=forms.HiddenInput)
    about = forms.ChoiceField(label=_("对什么有异议"), required=False)
    text = _words(_("异议和理由"), required=False)
    wanted = forms.CharField(
        label=_("认为正确的数（对数据有异议时填）"), required=False, max_length=40
    )
    evidence = FilesField(label=_("依据材料"), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = choices  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """What the office finds, or the unit's taking back."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    why = _words(_("理由"), required=False)


class CorrectionForm(forms.Form):
    """The right figure, by the office of the datum."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    figure = forms.CharField(label=_("更正后的数"), required=False, max_length=40)
    why = _words(_("更正依据"), required=False)


class TermForm(forms.Form):
    """A term of a zone's team."""

    unit = forms.ChoiceField(label=_("开发区"))
    scheme = forms.ChoiceField(label=_("年度考核方案"))
    title = forms.CharField(label=_("任期名称"), max_length=120)
    term_from = forms.DateField(label=_("任期开始"), widget=DayInput())
    term_to = forms.DateField(label=_("任期结束"), widget=DayInput())

    def __init__(
        self,
        *args: Any,
        zones: list[tuple[str, str]],
        schemes: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = zones  # type: ignore[attr-defined]
        self.fields["scheme"].choices = schemes  # type: ignore[attr-defined]


class TermChangeForm(forms.Form):
    """A correction of a term's name or days."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    title = forms.CharField(label=_("任期名称"), max_length=120)
    term_from = forms.DateField(label=_("任期开始"), widget=DayInput())
    term_to = forms.DateField(label=_("任期结束"), widget=DayInput())
    why = _words(_("更改原因"), required=False)
