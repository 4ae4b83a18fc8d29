"""What a person fills in about visits, meetings with firms, who looks after a firm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, FilesInput, Words

from ..choices import VisitKind
from .requests import evidence_field

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000


class Camera(FilesInput):
    """Opens the camera of a telephone at once; elsewhere it is a choice of pictures."""

    def __init__(self) -> None:
        super().__init__({"accept": "image/*", "capture": "environment"})


def photo_field() -> FilesField:
    """What is photographed on the spot."""
    return FilesField(
        label=_("现场拍照"),
        required=False,
        widget=Camera(),
        help_text=_("手机上直接打开相机；企业看不到。"),
    )


class VisitForm(forms.Form):
    """A visit, planned or made: with words on what was seen it is made."""

    firm = forms.CharField(
        label=_("企业"),
        max_length=120,
        help_text=_("填企业名称或统一社会信用代码。"),
        widget=forms.TextInput({"list": "firms", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("种类"), choices=VisitKind.choices)
    purpose = forms.CharField(label=_("事由"), max_length=200)
    on = forms.DateField(label=_("日期"), widget=DayInput())
    led_by = forms.ChoiceField(label=_("带队领导"), required=False)
    summary = forms.CharField(
        label=_("走访情况"),
        required=False,
        widget=Words(6),
        max_length=MOST_WORDS,
        help_text=_("已经去过的写在这里；不写就是计划。企业看不到。"),
    )
    photos = photo_field()
    evidence = evidence_field()
    wish = forms.CharField(
        label=_("企业意愿"),
        required=False,
        widget=Words(2),
        max_length=MOST_WORDS,
        help_text=_("企业自己要求来的，写明谁、怎样提出；不计入无事不扰次数。"),
    )
    beyond = forms.CharField(
        label=_("超次原因"), required=False, widget=Words(2), max_length=MOST_WORDS
    )

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["led_by"].choices = [("", ""), *leaders]  # type: ignore[attr-defined]


class LogForm(forms.Form):
    """What came of a planned visit."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(label=_("日期"), widget=DayInput())
    summary = forms.CharField(label=_("走访情况"), widget=Words(6), max_length=MOST_WORDS)
    photos = photo_field()
    evidence = evidence_field()


class WhyForm(forms.Form):
    """A reason."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(label=_("原因"), widget=Words(2), max_length=MOST_WORDS)


class ProblemForm(forms.Form):
    """A problem found on the spot: a supervised item of a unit, or a request of the firm."""

    title = forms.CharField(label=_("是什么问题"), max_length=120)
    text = forms.CharField(
        label=_("具体情况"), required=False, widget=Words(), max_length=MOST_WORDS
    )
    category = forms.ChoiceField(label=_("诉求类别"), required=False)
    lead = forms.ChoiceField(
        label=_("直接交办给"),
        required=False,
        help_text=_("选了单位就进督办台账；不选就作为企业诉求办理。"),
    )
    due_on = forms.DateField(label=_("办理时限"), required=False, widget=DayInput())

    def __init__(self, *args: Any, categories: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", ""), *categories]  # type: ignore[attr-defined]
        self.fields["lead"].choices = [("", ""), *units]  # type: ignore[attr-defined]


class DrawForm(forms.Form):
    """How many firms are drawn, for what, when."""

    count = forms.IntegerField(label=_("抽几家"), min_value=1, max_value=1000)
    purpose = forms.CharField(label=_("检查事项"), max_length=200)
    on = forms.DateField(label=_("日期"), widget=DayInput())


class GatheringForm(forms.Form):
    """A meeting with firms, and who came."""

    kind = forms.ChoiceField(label=_("种类"))
    title = forms.CharField(label=_("活动名称"), max_length=120)
    held_on = forms.DateField(label=_("日期"), widget=DayInput())
    place = forms.CharField(label=_("地点"), required=False, max_length=120)
    firms = forms.MultipleChoiceField(label=_("到场企业"), required=False)

    def __init__(self, *args: Any, kinds: Choices, firms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["firms"].choices = firms  # type: ignore[attr-defined]


class AttendeesForm(forms.Form):
    """Firms that came too."""

    firms = forms.MultipleChoiceField(label=_("到场企业"))

    def __init__(self, *args: Any, firms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["firms"].choices = firms  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """What a firm asks at a meeting, in one line."""

    firm = forms.ChoiceField(label=_("企业"))
    category = forms.ChoiceField(label=_("诉求类别"))
    line = forms.CharField(label=_("一句话诉求"), max_length=500)
    anyway = forms.BooleanField(label=_("仍要提出"), required=False)

    def __init__(
        self, *args: Any, firms: Choices, categories: Choices, same: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["firm"].choices = firms  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", ""), *categories]  # type: ignore[attr-defined]
        if not same:
            self.fields["anyway"].widget = forms.HiddenInput()


class SponsorForm(forms.Form):
    """The leader who looks after a firm."""

    person = forms.ChoiceField(label=_("包联领导"))

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", ""), *leaders]  # type: ignore[attr-defined]
