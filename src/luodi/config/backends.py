"""Signing in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luodi.orgs.models import Account


class AccountBackend(BaseBackend):
    """Name and password; an unknown name costs as much time as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **kwargs: Any
    ) -> Account | None:
        account = Account.objects.filter(username=username).first()
        if account is None:
            Account().set_password(password)
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """After too many wrong passwords."""
    return render(request, "common/locked.html", status=429)
