"""What a person fills in about an evaluation of a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import Words

from ..choices import EvaluationScope, PlanVerdict

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000


def _words(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=Words(rows=rows), max_length=MOST_WORDS, **more)


def _verdict(**more: Any) -> forms.ChoiceField:
    blank = [("", "")] if not more.get("required", True) else []
    return forms.ChoiceField(label=_("判断"), choices=[*blank, *PlanVerdict.choices], **more)


class EvaluationSeenForm(forms.Form):
    """A step that needs nothing but the state it was decided from."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class EvaluationForm(forms.Form):
    """A new evaluation."""

    plan = forms.ChoiceField(label=_("规划"))
    kind = forms.ChoiceField(label=_("评估类别"), choices=EvaluationScope.choices)
    period = forms.CharField(
        label=_("评估期"), max_length=10, help_text=_("全年写 2026，上半年写 2026H1。")
    )

    def __init__(self, *args: Any, plans: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = plans  # type: ignore[attr-defined]


class SelfEvaluationForm(forms.Form):
    """What a unit makes of a row of its own; the row carries the unit that speaks."""

    subject = forms.ChoiceField(label=_("目标或举措"))
    verdict = _verdict()
    words = _words(_("情况和依据"))

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = rows  # type: ignore[attr-defined]


class OpinionForm(forms.Form):
    """What a third party says, with its paper."""

    institution = forms.CharField(
        label=_("第三方机构"), max_length=120, help_text=_("写机构名称，不写个人姓名。")
    )
    subject = forms.ChoiceField(label=_("目标或举措"), required=False)
    verdict = _verdict(required=False)
    words = _words(_("意见"))
    file = forms.FileField(label=_("书面意见"), allow_empty_file=True)

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = ("", _("整份规划"))
        self.fields["subject"].choices = [whole, *rows]  # type: ignore[attr-defined]


class EvaluationMoveForm(EvaluationSeenForm):
    """A step back, or publication held back, with its reason."""

    move = forms.ChoiceField(label=_("办理"))
    why = _words(_("理由"), 2, required=False)

    def __init__(self, *args: Any, moves: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["move"].choices = moves  # type: ignore[attr-defined]


class ConclusionForm(EvaluationSeenForm):
    """The conclusion, and the words that go to the public instead of it."""

    conclusion = _words(_("评估结论"), 5, required=False)
    public_words = _words(
        _("公开说明"), 3, required=False, help_text=_("公开版用这段话，不用上面的结论。")
    )


class AdjustmentForm(forms.Form):
    """A proposed change of a target or measure."""

    subject = forms.ChoiceField(label=_("目标或举措"))
    proposal = _words(_("怎样调整"), 2)
    reason = _words(_("为什么"), 2)

    def __init__(self, *args: Any, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = rows  # type: ignore[attr-defined]


class AdjustmentDecisionForm(EvaluationSeenForm):
    """What the leading group makes of a proposal."""

    agree = forms.ChoiceField(
        label=_("审议结果"), choices=[("yes", _("同意调整")), ("no", _("不予调整"))]
    )
    answer = _words(_("审议意见"), 2, required=False)


class AdjustmentLinkForm(EvaluationSeenForm):
    """The target of a later document that carries a change out."""

    replaced_by = forms.ChoiceField(label=_("调整后的目标"))

    def __init__(self, *args: Any, goals: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].choices = goals  # type: ignore[attr-defined]
