"""What a person fills in about an entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words
from luodi.common.languages import titled
from luodi.packs.schemas import RegisterRule

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000
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
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in dict.fromkeys((*asks, *also)):
            self.fields[name] = _field(name, rule, people, name in asks)

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, without the files and what belongs to the form itself."""
        names = (*DETAILS, "reason")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def _field(name: str, rule: RegisterRule, people: Choices, needed: bool) -> forms.Field:
    if name == "level":
        levels = [("", ""), *((level.key, titled(level)) for level in rule.levels)]
        return forms.ChoiceField(label=_("级别"), choices=levels, required=needed)
    if name == "tutor":
        choices = [("", ""), *people]
        return forms.ChoiceField(label=_("辅导员"), choices=choices, required=needed)
    if name == "number":
        return forms.CharField(label=_("证书或文号"), max_length=60, required=needed)
    if name == "evidence":
        return FilesField(label=_("证明材料"), required=needed)
    if name == "reason":
        words = Words(rows=2)
        return forms.CharField(
            label=_("原因"), max_length=MOST_WORDS, widget=words, required=needed
        )
    label = _("起始日期") if name == "from_on" else _("有效期至")
    help_text = _("不填的按规则推算。") if name == "until_on" and rule.years else ""
    return forms.DateField(label=label, required=needed, widget=DayInput(), help_text=help_text)


class EntryForm(GivenForm):
    """A new entry: an enterprise by name or code, or a thing by its name and place."""

    def __init__(self, *args: Any, rule: RegisterRule, homes: Choices, **kwargs: Any) -> None:
        also = [n for n in DETAILS if n != "level" or rule.levels]
        super().__init__(*args, rule=rule, asks=rule.asks, also=[*also, "evidence"], **kwargs)
        first: dict[str, forms.Field]
        if rule.holds == "enterprise":
            hint = _("企业全称或统一社会信用代码；名称记不全的，写其中连续几个字。")
            first = {"firm": forms.CharField(label=_("企业"), max_length=120, help_text=hint)}
        else:
            choices = [("", ""), *homes] if len(homes) > 1 else homes
            first = {
                "name": forms.CharField(label=_("名称"), max_length=120),
                "unit": forms.ChoiceField(label=_("所在开发区、县区"), choices=choices),
            }
        self.fields = {**first, **self.fields}


class MoveForm(GivenForm):
    """One step of the flow."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReviseForm(GivenForm):
    """A correction of what is known."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(label=_("更正原因"), max_length=MOST_WORDS, widget=Words(rows=2))

    def __init__(self, *args: Any, rule: RegisterRule, **kwargs: Any) -> None:
        also = [name for name in DETAILS if name != "level" or rule.levels]
        super().__init__(*args, rule=rule, asks=(), also=also, **kwargs)
        self.order_fields([*DETAILS, "why", "seen"])


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
