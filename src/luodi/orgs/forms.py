"""Appointing somebody, opening an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from .choices import Role
from .models import Account


class AppointForm(forms.Form):
    """A new person in a unit and a role."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    unit = forms.ChoiceField(label=_("单位"))
    role = forms.ChoiceField(label=_("岗位"), choices=Role.choices)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    contact = forms.BooleanField(label=_("联络员"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


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
