"""What a person fills in about an entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words
from luodi.common.languages import titled
from luodi.packs.schemas import RegisterRule

from .rules import level_word

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000
WRITTEN = {
    "reason": (_("原因"), ""),
    "reply": (_("告知企业的话"), _("企业在自己的页面上看得到。")),
}
DETAILS = ("level", "number", "from_on", "until_on", "tutor")


class GivenForm(forms.Form):
    """The fields a step asks for; `asks` in the rule's order, those of `also` may stay empty."""

    def __init__(
        self,
        *args: Any,
        rule: RegisterRule,
        asks: Sequence[str],
        also: Sequence[str] = (),
        people: Choices = [],  # noqa: B006
        units: Choices = [],  # noqa: B006
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if units:
            choices = [("", ""), *units]
            self.fields["referred_to"] = forms.ChoiceField(label=_("转办单位"), choices=choices)
        for name in dict.fromkeys((*asks, *also)):
            self.fields[name] = _field(name, rule, people, name in asks)
        if rule.many and "reason" in self.fields:
            self.fields["reason"].label = _("办理意见")

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, without the files and what belongs to the form itself."""
        names = (*DETAILS, "reason", "reply", "referred_to")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def _field(name: str, rule: RegisterRule, people: Choices, needed: bool) -> forms.Field:
    if name == "level":
        levels = [("", ""), *((level.key, titled(level)) for level in rule.levels)]
        return forms.ChoiceField(label=level_word(rule), choices=levels, required=needed)
    if name == "tutor":
        choices = [("", ""), *people]
        return forms.ChoiceField(label=_("辅导员"), choices=choices, required=needed)
    if name == "number":
        return forms.CharField(label=_("证书或文号"), max_length=60, required=needed)
    if name == "evidence":
        return FilesField(label=_("证明材料"), required=needed)
    if name in WRITTEN:
        label, help_text = WRITTEN[name]
        return forms.CharField(
            label=label, help_text=help_text, max_length=MOST_WORDS, widget=Words(rows=2),
            required=needed,
        )  # fmt: skip
    label = _("起始日期") if name == "from_on" else _("有效期至")
    help_text = _("不填的按规则推算。") if name == "until_on" and rule.years else ""
    return forms.DateField(label=label, required=needed, widget=DayInput(), help_text=help_text)


def _known_of(rule: RegisterRule) -> list[str]:
    """What may be known of an entry of a register."""
    return [name for name in DETAILS if rule.uses(name) and (name != "level" or rule.levels)]


class EntryForm(GivenForm):
    """A new entry: an enterprise by name or code, or a thing by its name and place.

    An enterprise that enters itself (`own`) gives what the register asks for and no more.
    """

    def __init__(
        self, *args: Any, rule: RegisterRule, homes: Choices, own: bool = False, **kwargs: Any
    ) -> None:
        also = [] if own else _known_of(rule)
        super().__init__(*args, rule=rule, asks=rule.asks, also=[*also, "evidence"], **kwargs)
        first: dict[str, forms.Field] = {}
        if own:
            pass
        elif rule.holds == "enterprise":
            hint = _("企业全称或统一社会信用代码；名称记不全的，写其中连续几个字。")
            first = {"firm": forms.CharField(label=_("企业"), max_length=120, help_text=hint)}
        else:
            choices = [("", ""), *homes] if len(homes) > 1 else homes
            first = {
                "name": forms.CharField(label=_("名称"), max_length=120),
                "unit": forms.ChoiceField(label=_("所在开发区、县区"), choices=choices),
            }
        if rule.many:
            hint = _("一句话写明是什么事，例如被侵犯的是哪项权利。")
            first["matter"] = forms.CharField(label=_("事由"), max_length=120, help_text=hint)
        self.fields = {**first, **self.fields}
        if rule.many and "reason" in self.fields:
            self.fields["reason"].label = _("情况说明")


class MoveForm(GivenForm):
    """One step of the flow."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReviseForm(GivenForm):
    """A correction of what is known."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(label=_("更正原因"), max_length=MOST_WORDS, widget=Words(rows=2))

    def __init__(self, *args: Any, rule: RegisterRule, **kwargs: Any) -> None:
        super().__init__(*args, rule=rule, asks=(), also=_known_of(rule), **kwargs)
        self.order_fields([*DETAILS, "why", "seen"])


class GoalForm(forms.Form):
    """A goal of a register: new with its place and year, or (`why`) a correction."""

    unit = forms.ChoiceField(label=_("范围"), required=False)
    year = forms.IntegerField(label=_("目标年份"), min_value=1990, max_value=2100)
    base_year = forms.IntegerField(label=_("基期年份"), min_value=1990, max_value=2100)
    base = forms.IntegerField(label=_("基数"), min_value=0, max_value=1_000_000)
    target = forms.IntegerField(label=_("目标数"), min_value=1, max_value=1_000_000)
    source = forms.CharField(
        label=_("出处"), max_length=300, help_text=_("文件名称和文号，或会议纪要。")
    )
    why = forms.CharField(label=_("更正或撤销原因"), max_length=MOST_WORDS, widget=Words(rows=2))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, places: Choices, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "year") if known else ("why", "seen"):
            del self.fields[name]
        if not known:
            self.fields["unit"].choices = places  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """A list to be brought onto a register."""

    stage = forms.ChoiceField(label=_("导入后所处的阶段"))
    file = forms.FileField(label=_("名单（Excel 或 CSV）"))

    def __init__(self, *args: Any, rule: RegisterRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(one.key, titled(one)) for one in rule.stages if not one.ended]
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]
        on = next((one.key for one in rule.stages if one.counts), rule.start)
        self.fields["stage"].initial = on
