"""What a person fills in about the site of a project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.sites.choices import CleanClass

from ..choices import Pairing, Wanted
from .pipeline import MOST_WORDS, Choices

Named = tuple[str, str]


def _number(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=40, required=False)


class NeedForm(forms.Form):
    """What a project needs of a site. Amounts are read exactly by the rules, not here."""

    wanted = forms.ChoiceField(label=_("载体类型"), choices=Wanted.choices)
    zone = forms.ChoiceField(label=_("意向区域"), required=False)
    land = _number(_("用地面积（亩）"))
    price = _number(_("地价上限（万元/亩）"))
    space = _number(_("厂房面积（平方米）"))
    rent = _number(_("租金上限（元/平方米·月）"))
    load = _number(_("楼面荷载（千牛/平方米）"))
    height = _number(_("层高（米）"))
    clean_class = forms.ChoiceField(
        label=_("洁净等级"), required=False, choices=[("", ""), *CleanClass.choices]
    )
    power = _number(_("供电容量（千伏安）"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, zones: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [("", _("不限")), *zones]  # type: ignore[attr-defined]


class PairForm(forms.Form):
    """A project of a batch and a site that are kept together or apart."""

    project = forms.ChoiceField(label=_("项目"))
    site = forms.ChoiceField(label=_("载体"))
    pairing = forms.ChoiceField(label=_("怎样"), choices=Pairing.choices)
    why = forms.CharField(label=_("理由"), max_length=MOST_WORDS, required=False)

    def __init__(
        self, *args: Any, projects: Iterable[Named], sites: Iterable[Named], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("project", projects), ("site", sites)):
            self.fields[name].choices = [("", ""), *choices]  # type: ignore[attr-defined]
