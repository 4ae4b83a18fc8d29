"""What a person fills in about a site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, Words

from .choices import CleanClass, PlotUse, RegionalAppraisal, SupplyMode, Tenure

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000


def _text(label: Any, most: int = 40, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


class SiteForm(forms.Form):
    """What plots and floors share; a new one says its zone, a revision why."""

    sets: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, zones: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if zones is not None:
            field = forms.ChoiceField(label=_("所在开发区或县区"), choices=[("", ""), *zones])
            self.fields = {"zone": field, **self.fields}
        else:
            self.fields["why"] = _text(_("修改原因"), MOST_WORDS, widget=Words(rows=2))
            self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields as the page sets them out."""
        return [(t, [self[n] for n in names if n in self.fields]) for t, names in self.sets]


class PlotForm(SiteForm):
    """A plot. Amounts are read exactly by the rules, not here."""

    name = forms.CharField(label=_("地块名称"), max_length=120)
    number = _text(_("宗地编号"), 60)
    park = _text(_("园区"), 60)
    use = forms.ChoiceField(label=_("用途"), choices=PlotUse.choices)
    area = _text(_("面积（亩）"), help_text=_("也可以写“2公顷”，会换算成亩。"))
    map_number = _text(_("审图号"), 60)
    price = _text(_("地价（万元/亩）"))
    supply_mode = forms.ChoiceField(
        label=_("供地方式"), required=False, choices=[("", ""), *SupplyMode.choices]
    )
    supply_years = forms.IntegerField(
        label=_("供地年限（年）"), required=False, min_value=1, max_value=70
    )
    standard = forms.BooleanField(label=_("标准地（带控制性指标出让）"), required=False)
    intensity = _text(_("投资强度（万元/亩）"))
    output = _text(_("亩均产值（万元/亩）"))
    tax = _text(_("亩均税收（万元/亩）"))
    energy = _text(_("单位能耗（吨标准煤/万元）"))
    appraisals = forms.MultipleChoiceField(
        label=_("已完成的区域评估"),
        required=False,
        choices=RegionalAppraisal.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    water = _text(_("供水能力（立方米/日）"))
    sewage = _text(_("污水处理能力（立方米/日）"))
    gas = _text(_("供气能力（立方米/日）"))
    power = _text(_("供电容量（千伏安）"))

    sets = (
        (_("地块"), ("zone", "park", "name", "number", "use", "area", "map_number")),
        (_("供应"), ("price", "supply_mode", "supply_years")),
        (_("标准地控制性指标"), ("standard", "intensity", "output", "tax", "energy")),
        (_("区域评估与配套"), ("appraisals", "water", "sewage", "gas", "power")),
        ("", ("why",)),
    )


class PlantForm(SiteForm):
    """A floor of a standard plant."""

    building = forms.CharField(label=_("楼栋"), max_length=120)
    floor = forms.CharField(label=_("楼层"), max_length=40)
    park = _text(_("园区"), 60)
    area = _text(_("面积（平方米）"))
    load = _text(_("楼面荷载（千牛/平方米）"))
    height = _text(_("层高（米）"))
    clean_class = forms.ChoiceField(label=_("洁净等级"), choices=CleanClass.choices)
    power = _text(_("供电容量（千伏安）"))
    rent = _text(_("租金（元/平方米·月）"))
    completed_on = forms.DateField(
        label=_("建成日期"),
        required=False,
        widget=DayInput(),
        help_text=_("没有建成的留空，不计入使用率。"),
    )

    sets = (
        (_("厂房"), ("zone", "park", "building", "floor", "completed_on")),
        (_("条件"), ("area", "load", "height", "clean_class", "power", "rent")),
        ("", ("why",)),
    )


class ReserveForm(forms.Form):
    """Whom a site is reserved for: the key of a project or an enterprise."""

    holder = forms.CharField(label=_("项目或企业"), max_length=80)
    why = _text(_("说明"), MOST_WORDS, widget=Words(rows=2))


class TakeForm(forms.Form):
    """A site is granted, let, or used by its owner."""

    holder = forms.CharField(
        label=_("项目或企业"), max_length=80, help_text=_("粘贴项目页或企业页的地址。")
    )
    tenure = forms.ChoiceField(label=_("使用方式"), choices=Tenure.choices)
    from_on = forms.DateField(label=_("起始日期"), widget=DayInput())
    until_on = forms.DateField(label=_("截止日期"), required=False, widget=DayInput())
    why = _text(_("说明"), MOST_WORDS, widget=Words(rows=2))


class ReleaseForm(forms.Form):
    """A site becomes free again; `seen` is the position of who held it on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(label=_("释放原因"), max_length=MOST_WORDS, widget=Words(rows=2))


class GeoForm(forms.Form):
    """A GeoJSON file for a zone; what was sent stays in the box between dry run and import."""

    zone = forms.ChoiceField(label=_("所在开发区或县区"))
    file = forms.FileField(label=_("GeoJSON 文件"), required=False)
    text = forms.CharField(label=_("或粘贴内容"), required=False, widget=Words(rows=6), strip=False)
    site = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    kept = ""

    def __init__(self, *args: Any, zones: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [("", ""), *zones]  # type: ignore[attr-defined]

    def keep(self, text: str) -> None:
        """Put the text of the file into the box that comes back."""
        self.kept = text
        self.data = {**self.data.dict(), "text": text}  # type: ignore[union-attr]
