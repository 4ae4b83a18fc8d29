"""Defining a form: what it asks, of whom, by when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.indicators.choices import Purpose
from luodi.kit.calendars import KINDS
from luodi.orgs.choices import UnitKind

from .choices import RowKind
from .queries.forms import kind_words

COUNTS = [("day", _("日")), ("workday", _("个工作日"))]
AREA = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})


class EditionForm(forms.Form):
    """An edition of a form. Rows, columns and checks are written as lines."""

    title = forms.CharField(label=_("报表名称"), max_length=200)
    code = forms.CharField(label=_("代码"), max_length=80, required=False)
    table_number = forms.CharField(label=_("表号"), max_length=40, required=False)
    authority = forms.CharField(label=_("制定机关"), max_length=120, required=False)
    approval = forms.CharField(label=_("批准文号"), max_length=120, required=False)
    valid_from = forms.DateField(
        label=_("有效期自"), required=False, widget=forms.DateInput({"type": "date"})
    )
    valid_to = forms.DateField(
        label=_("有效期至"), required=False, widget=forms.DateInput({"type": "date"})
    )
    source = forms.CharField(label=_("来源"), max_length=200, required=False)
    purpose = forms.ChoiceField(label=_("用途"), choices=Purpose.choices)
    period_kind = forms.ChoiceField(label=_("报告期"))
    opens_number = forms.IntegerField(
        label=_("期后第几日开始填报"),
        min_value=1,
        max_value=366,
        required=False,
        help_text=_("空着表示由人手工开始。"),
    )
    opens_count = forms.ChoiceField(label=_("开始按"), choices=COUNTS, required=False)
    due_number = forms.IntegerField(
        label=_("期后第几日截止"), min_value=1, max_value=366, required=False
    )
    due_count = forms.ChoiceField(label=_("截止按"), choices=COUNTS, required=False)
    warn_number = forms.IntegerField(
        label=_("截止前几个工作日提醒"), min_value=1, max_value=60, required=False
    )
    review_levels = forms.TypedChoiceField(
        label=_("审核"), choices=[(1, _("一级")), (2, _("两级"))], coerce=int
    )
    units = forms.MultipleChoiceField(label=_("填报单位"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("填报单位的类别"), choices=UnitKind.choices, required=False
    )
    zones = forms.MultipleChoiceField(
        label=_("由其企业填报"), required=False, help_text=_("选开发区或县：其在营企业各填一份。")
    )
    row_kind = forms.ChoiceField(label=_("行"), choices=RowKind.choices)
    row_units = forms.MultipleChoiceField(
        label=_("行按哪类单位"), choices=UnitKind.choices, required=False
    )
    rows = forms.CharField(
        label=_("固定行"),
        widget=AREA,
        required=False,
        strip=False,
        help_text=_("一行一条：代码 | 名称 | 指标代码"),
    )
    columns = forms.CharField(
        label=_("列"),
        widget=AREA,
        strip=False,
        help_text=_("一行一条：代码 | 名称 | 指标代码 | 时期（本期、上期、上年同期）"),
    )
    checks = forms.CharField(
        label=_("审核公式"),
        widget=AREA,
        required=False,
        strip=False,
        help_text=_("一行一条：编号 | 硬或软 | 公式 | 说明，例如 c1 | 硬 | [sales] <= [output]"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(label=_("修订原因"), max_length=400, required=False)

    def __init__(
        self,
        *args: Any,
        units: list[tuple[str, str]],
        zones: list[tuple[str, str]],
        revises: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {"units": units, "zones": zones}
        choices["period_kind"] = [(kind, kind_words(kind)) for kind in reversed(KINDS)]
        for name, given in choices.items():
            field = self.fields[name]
            field.choices = given  # type: ignore[attr-defined]
        del self.fields["code" if revises else "why"]
