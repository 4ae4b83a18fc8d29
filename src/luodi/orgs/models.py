"""Cities, units, people, postings, accounts, and the packs in force."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from luodi.audit.models import Identity, Scoped, State, WorkingPaper, one_open

from .choices import Role, UnitKind


class Unit(Identity, Scoped):
    """A city, bureau, county, zone, task force or leading group. A city's own row is its root."""


class UnitState(State):
    """What a unit is called and where it belongs, for a while.

    `term_from` and `term_to` bound a task force; `aliases` are the short names documents use;
    `members` are the units a collective body (各县（市、区）人民政府) stands for.
    """

    identity_field = "of"

    of = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="states")
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    aliases = models.JSONField(default=list)
    members = models.JSONField(default=list)
    parent = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="child_states"
    )
    pack = models.CharField(max_length=40, blank=True, help_text="of a city: the pack it runs on")
    term_from = models.CharField(max_length=10, blank=True)
    term_to = models.CharField(max_length=10, blank=True)
    sentence = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [one_open("unit", "of")]


class PackEdition(State):
    """The content of a city's pack while it was in force: editing a file never changes the past."""

    identity_field = "city"

    city = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="pack_editions")
    digest = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        constraints = [one_open("pack_edition", "city")]


class Person(Identity, Scoped):
    """Somebody, known to the record by key alone."""


class PersonDetails(WorkingPaper):
    """Name and phone of a person: erasable, in no act."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="details")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    generated = models.BooleanField(default=False)


class Posting(State):
    """A person holds a role in a unit; `away` hands it to the stand-in (AB角)."""

    identity_field = "person"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(max_length=20, choices=Role.choices)
    title = models.CharField(max_length=60, blank=True)
    contact = models.BooleanField(default=False)
    stand_in = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="stands_in"
    )
    away = models.BooleanField(default=False)

    class Meta:
        constraints = [one_open("posting", "person", "unit", "role")]


class Membership(State):
    """A seat in a task force or leading group. Names stay in the erasable details."""

    identity_field = "person"

    organ = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    seat = models.CharField(max_length=30)
    post = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="seats")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [one_open("membership", "organ", "person")]


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **extra: Any) -> Account:
        account = self.model(username=username, **extra)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """What signs in. Its roles come from the postings of its person."""

    username = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []
