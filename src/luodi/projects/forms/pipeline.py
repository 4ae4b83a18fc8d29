"""What a person fills in about a project."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

from ..choices import Origin, Signing
from ..rules import BENEFIT

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput())


def _text(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


class ProjectForm(forms.Form):
    """What is known of a project. Amounts are read exactly by the rules, not here."""

    name = forms.CharField(label=_("项目名称"), max_length=200)
    investor = _text(_("投资方"), 200)
    origin = forms.ChoiceField(label=_("来源类别"), choices=Origin.choices)
    source = _text(_("线索来源"), 200)
    mode = forms.ChoiceField(label=_("招商模式"), required=False)
    industry = _text(_("行业"), 60)
    lead = forms.ChoiceField(label=_("牵头单位"))
    zone = forms.ChoiceField(label=_("落地开发区或县区"), required=False)
    signing = forms.ChoiceField(label=_("签约形式"), choices=Signing.choices)
    investment = _text(_("总投资（万元）"), 40, help_text=_("也可以写“1.2亿元”，会换算成万元。"))
    output = _text(_("承诺年产值（万元）"), 40)
    land = _text(_("用地面积（亩）"), 40)
    code = _text(_("国家项目代码"), 40)
    planned_start = _day(_("计划开工日期"))
    planned_production = _day(_("计划投产日期"))
    planned_capacity = _day(_("计划达产日期"))

    def __init__(
        self, *args: Any, units: Choices, zones: Choices, modes: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("lead", units), ("zone", zones), ("mode", modes)):
            self.fields[name].choices = [("", ""), *choices]  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields as the page sets them out."""
        who = ("name", "investor", "origin", "source", "mode", "industry", "lead", "zone")
        what = ("signing", "investment", "output", "actual_output", "land", "code")
        when = ("planned_start", "planned_production", "planned_capacity")
        titled = ((_("项目"), who), (_("签约与规模"), what), (_("计划"), when))
        return [(title, [self[n] for n in names if n in self.fields]) for title, names in titled]


class NewForm(ProjectForm):
    """A new project. `looked_at` says which warnings the person has seen and passed over."""

    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    target = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class RevisionForm(ProjectForm):
    """Changes to a project; `seen` is the position of the state the page showed."""

    actual_output = _text(_("实际年产值（万元）"), 40)
    why = _text(_("修改原因"), MOST_WORDS, widget=Words(rows=3))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """A move along the pipeline."""

    to = forms.ChoiceField(label=_("移到"))
    happened_on = forms.DateField(label=_("发生日期"), required=False, widget=DayInput())
    why = forms.CharField(
        label=_("原因"),
        required=False,
        widget=Words(rows=3),
        max_length=MOST_WORDS,
        help_text=_("退回、终止或例外放行时必填。"),
    )
    actual_output = _text(
        _("实际年产值（万元）"), 40, help_text=_("与承诺年产值对照，据此计算达效率。")
    )
    evidence = FilesField(label=_("佐证材料"), required=False)
    override = forms.BooleanField(label=_("例外放行（条件不齐也移，留痕）"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, stages: Choices, may_override: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = stages  # type: ignore[attr-defined]
        if not may_override:
            del self.fields["override"]
        if BENEFIT not in dict(stages):
            del self.fields["actual_output"]
