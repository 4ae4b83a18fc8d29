"""What people fill in about letters. Every form carries the state it was opened with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luodi.common.fields import DayInput, FilesField, Words

from ..choices import LetterKind

MOST_WORDS = 20_000
Choices = list[tuple[str, str]]


class MomentInput(forms.DateTimeInput):
    """A day and a time, in the browser's own way."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class NewLetterForm(forms.Form):
    """Kind and causes of a letter drafted by hand."""

    kind = forms.ChoiceField(label=_("函件种类"), choices=LetterKind.choices)
    subjects = forms.MultipleChoiceField(
        label=_("针对的亮灯事项"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subjects"].choices = subjects  # type: ignore[attr-defined]


class LetterWordsForm(forms.Form):
    """The office's own words of a letter; an empty field takes the words offered."""

    title = forms.CharField(label=_("标题"), max_length=200, required=False)
    opening = forms.CharField(
        label=_("开头"), required=False, widget=Words(3), max_length=MOST_WORDS
    )
    demand = forms.CharField(
        label=_("要求"), required=False, widget=Words(4), max_length=MOST_WORDS
    )
    closing = forms.CharField(
        label=_("结尾"), required=False, widget=Words(2), max_length=MOST_WORDS
    )
    copy_to = forms.CharField(label=_("抄送"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)

    def words(self) -> dict[str, str]:
        """The cleaned words by field."""
        return {name: said for name, said in self.cleaned_data.items() if name != "version"}


class TalkForm(forms.Form):
    """Who talks to the unit, when and where."""

    talker = forms.ChoiceField(label=_("约谈人"))
    held_at = forms.DateTimeField(label=_("约谈时间"), widget=MomentInput())
    place = forms.CharField(label=_("约谈地点"), max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, talkers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["talker"].choices = [("", ""), *talkers]  # type: ignore[attr-defined]


class TalkRecordForm(forms.Form):
    """What was said at the talk, and what the unit promised."""

    held_at = forms.DateTimeField(label=_("约谈时间"), widget=MomentInput())
    place = forms.CharField(label=_("约谈地点"), max_length=200)
    record = forms.CharField(label=_("约谈记录"), widget=Words(), max_length=MOST_WORDS)
    commitments = forms.CharField(
        label=_("表态与承诺"), widget=Words(3), max_length=MOST_WORDS, required=False
    )
    files = FilesField(label=_("附件"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class LetterMoveForm(forms.Form):
    """A step of a letter, with what it needs."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("原因"), required=False, max_length=MOST_WORDS)
    text = forms.CharField(label=_("内容"), required=False, max_length=MOST_WORDS)
    until = forms.DateField(label=_("整改期限"), required=False)
    looked_on = forms.DateField(label=_("复查日期"), required=False)
    files = FilesField(label=_("佐证材料"), required=False)


class RectificationForm(forms.Form):
    """One measure and its day."""

    measure = forms.CharField(label=_("整改措施"), max_length=400, widget=Words(2))
    due_on = forms.DateField(label=_("完成时限"), widget=DayInput())


class RectificationMoveForm(forms.Form):
    """A step of a measure."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(required=False, max_length=MOST_WORDS)
    files = FilesField(required=False)
