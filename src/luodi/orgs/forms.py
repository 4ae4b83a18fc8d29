"""Appointing somebody, opening an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from .choices import Role, SizeClass
from .models import Account, EnterpriseState
from .queries import code_sentence
from .rules import code_fault, plain_code

POSTS = [choice for choice in Role.choices if choice[0] != Role.ENTERPRISE]


class AppointForm(forms.Form):
    """A new person in a unit and a role."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    unit = forms.ChoiceField(label=_("单位"))
    role = forms.ChoiceField(label=_("岗位"), choices=POSTS)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    contact = forms.BooleanField(label=_("联络员"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class EnterpriseForm(forms.Form):
    """What the register says of an enterprise; the code is checked to the last character."""

    name = forms.CharField(label=_("企业名称"), max_length=120)
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=40)
    unit = forms.ChoiceField(label=_("所在开发区、县区"))
    county = forms.ChoiceField(label=_("坐落县（市、区）"), required=False)
    industry_code = forms.RegexField(
        r"^[A-Ta-t]?\d{0,4}$",
        label=_("行业代码"),
        required=False,
        help_text=_("国民经济行业分类代码，如 C3982。"),
        error_messages={"invalid": _("行业代码是一个字母加至多 4 位数字，如 C3982。")},
    )
    industry = forms.CharField(label=_("行业"), max_length=60, required=False)
    size_class = forms.ChoiceField(label=_("规模"), choices=SizeClass.choices)
    cluster = forms.CharField(label=_("产业集群"), max_length=60, required=False)

    def __init__(
        self,
        *args: Any,
        homes: list[tuple[str, str]],
        counties: list[tuple[str, str]],
        state: EnterpriseState | None = None,
        **kwargs: Any,
    ) -> None:
        if state:
            kwargs["initial"] = {name: getattr(state, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = homes  # type: ignore[attr-defined]
        self.fields["county"].choices = [("", "—"), *counties]  # type: ignore[attr-defined]

    def clean_credit_code(self) -> str:
        code = plain_code(self.cleaned_data["credit_code"])
        if fault := code_fault(code):
            raise forms.ValidationError(code_sentence(fault))
        return code

    def details(self) -> dict[str, str]:
        """What was typed, as `orgs.actions.register_enterprise` takes it."""
        return dict(self.cleaned_data)


class MergerForm(forms.Form):
    """The enterprise that another one was merged into."""

    into = forms.CharField(
        label=_("合并后的企业"), max_length=120, help_text=_("填企业全称或统一社会信用代码。")
    )
    why = forms.CharField(label=_("原因"), max_length=200)


class ListForm(forms.Form):
    """A list of enterprises as a spreadsheet."""

    file = forms.FileField(label=_("名录文件（.xlsx、.xls、.csv）"))


class SpeakerForm(forms.Form):
    """Somebody who speaks for an enterprise."""

    credit_code = forms.CharField(label=_("企业的统一社会信用代码"), max_length=40)
    name = forms.CharField(label=_("姓名"), max_length=60)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    phone = forms.CharField(
        label=_("手机号"),
        max_length=30,
        required=False,
        help_text=_("没有账号的企业凭它收短信验证码提出诉求。"),
    )


class PhoneForm(forms.Form):
    """The mobile number of somebody who speaks for an enterprise."""

    person = forms.ChoiceField(label=_("企业人员"))
    phone = forms.CharField(
        label=_("手机号"), max_length=30, required=False, help_text=_("留空就是删去。")
    )
    why = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class AccountForm(forms.Form):
    """A user name and a first password for a person who has none yet."""

    person = forms.ChoiceField(label=_("人员"))
    username = forms.RegexField(
        r"^[\w.\-]{3,40}$",
        label=_("用户名"),
        error_messages={"invalid": _("用户名用 3 到 40 个字母、数字、点或横线。")},
    )
    password = forms.CharField(label=_("初始密码"), widget=forms.PasswordInput)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if Account.objects.filter(username=username).exists():
            raise forms.ValidationError(_("这个用户名已经有人用了，请换一个。"))
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
