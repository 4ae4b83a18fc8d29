"""What a person fills in about a request. Every form carries the position of the state it shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

from ..choices import Satisfied, Told

Choices = list[tuple[str, str]]
MOST_WORDS = 20_000
STEPS = 5


class MinuteInput(forms.DateTimeInput):
    """A day and a time, in the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


EVIDENCE_HINT = _("文件或照片，一次最多 9 个；提交被退回时要重新选择。")


def evidence_field(hint: Any = EVIDENCE_HINT) -> FilesField:
    """Files and photographs; what isn't taken is said by its name."""
    return FilesField(label=_("附件"), required=False, help_text=hint)


class AskForm(forms.Form):
    """An ask by the firm itself."""

    category = forms.ChoiceField(label=_("诉求类别"))
    title = forms.CharField(label=_("要解决什么"), max_length=120)
    text = forms.CharField(label=_("具体情况"), widget=Words(6), max_length=MOST_WORDS)
    evidence = evidence_field()
    anyway = forms.BooleanField(label=_("仍要提出"), required=False)

    def __init__(self, *args: Any, categories: Choices, same: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", ""), *categories]  # type: ignore[attr-defined]
        if not same:
            self.fields["anyway"].widget = forms.HiddenInput()


class NoteForm(AskForm):
    """An ask that staff enter for a firm, on a phone as well."""

    firm = forms.CharField(
        label=_("企业"),
        max_length=120,
        help_text=_("填企业名称或统一社会信用代码。"),
        widget=forms.TextInput({"list": "firms", "autocomplete": "off"}),
    )
    channel = forms.ChoiceField(label=_("来源"))
    received_at = forms.DateTimeField(
        label=_("接到时间"),
        required=False,
        widget=MinuteInput(),
        help_text=_("时限从接到时起算；不填就是现在。"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    caller_name = forms.CharField(label=_("联系人"), required=False, max_length=60)
    caller_phone = forms.CharField(label=_("联系电话"), required=False, max_length=30)
    field_order = (
        "firm", "channel", "category", "title", "text", "received_at", "caller_name",
        "caller_phone", "evidence", "anyway",
    )  # fmt: skip

    def __init__(self, *args: Any, channels: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = channels  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """A step without words. `seen` is the position of the state the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.units = list(units)


class TextForm(MoveForm):
    """Words to the firm, or of the firm."""

    text = forms.CharField(label=_("内容"), widget=Words(), max_length=MOST_WORDS)
    evidence = evidence_field()


class CallForm(MoveForm):
    """The offices that are called out."""

    lead = forms.ChoiceField(label=_("牵头单位"), required=False)
    called = forms.MultipleChoiceField(
        label=_("报到单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    task = forms.CharField(
        label=_("要办的事"), required=False, widget=Words(2), max_length=MOST_WORDS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", _("不变")), *self.units]  # type: ignore[attr-defined]
        self.fields["called"].choices = self.units  # type: ignore[attr-defined]


class TimetableForm(MoveForm):
    """Steps with dates, and why it can't be done in time; all of it goes to the firm."""

    reason = forms.CharField(label=_("为什么一时办不完"), widget=Words(2), max_length=MOST_WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, STEPS + 1):
            self.fields[f"step_{number}"] = forms.CharField(
                label=_("第 %s 步") % number, required=False, max_length=200
            )
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("第 %s 步完成日期") % number, required=False, widget=DayInput()
            )
        self.fields["evidence"] = evidence_field()

    @property
    def steps(self) -> list[tuple[str, date | None]]:
        """The steps as filled in; empty rows left out."""
        said = self.cleaned_data
        rows = [(said[f"step_{n}"], said[f"day_{n}"]) for n in range(1, STEPS + 1)]
        return [(text, day) for text, day in rows if text or day]


class RatingForm(MoveForm):
    """The firm's word on the answer."""

    satisfied = forms.ChoiceField(
        label=_("对答复"), choices=Satisfied.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("意见"),
        required=False,
        widget=Words(2),
        max_length=MOST_WORDS,
        help_text=_("不满意的请写明原因，将升级重办。"),
    )


class NotedRatingForm(RatingForm):
    """The firm's word as staff note it: how and when it was said."""

    how = forms.ChoiceField(label=_("企业怎样说的"), choices=[("", ""), *Told.choices])
    said_at = forms.DateTimeField(
        label=_("什么时候说的"),
        widget=MinuteInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("企业会收到消息；它自己评价后，以它自己的为准。"),
    )


class ReasonForm(MoveForm):
    """A reason in words."""

    why = forms.CharField(label=_("原因"), widget=Words(2), max_length=MOST_WORDS)
