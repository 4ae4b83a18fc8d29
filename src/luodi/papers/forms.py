"""What people fill in: a notice, a reason, a filed-back file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NoticeForm(forms.Form):
    """The words of a notice; headings are told by their labels 一、 and （一）."""

    title = forms.CharField(
        label=_("标题"), max_length=120, help_text=_("如：关于报送某月工作进展的通知")
    )
    addressees = forms.CharField(
        label=_("主送机关"), max_length=300, required=False, help_text=_("末尾的冒号不用写")
    )
    body = forms.CharField(
        label=_("正文"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("每段一行；以“一、”“（一）”开头的行按标题排版，不用标注格式。"),
    )
    attachments = forms.CharField(
        label=_("附件说明"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行一个附件名称，序号自动编排。"),
    )
    copy_to = forms.CharField(label=_("抄送"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)

    def words(self) -> dict[str, str]:
        """The cleaned words by field."""
        return {name: said for name, said in self.cleaned_data.items() if name != "version"}


class SeenForm(forms.Form):
    """A step on a paper: which state of it the person saw, and why where a reason is due."""

    seen = forms.IntegerField()
    why = forms.CharField(max_length=2_000, required=False)


class FiledForm(forms.Form):
    """The Word file edited outside."""

    seen = forms.IntegerField()
    file = forms.FileField(allow_empty_file=True)
