"""Cities, units, people, postings, accounts, and the packs in force."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from luodi.audit.models import Identity, Scoped, State, WorkingPaper, one_open

from .choices import EnterpriseStanding, Role, SizeClass, UnitKind


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
    """The content of a pack while it was in force: editing a file never changes the past.

    `zone` is empty for the city's own edition. A zone's edition holds its whole stack: the city's
    packs with the zone's over them (see `actions.cities`). Which one holds for a row is decided in
    `queries.packs`, and nowhere else.
    """

    identity_field = "city"
    added = frozenset({"zone"})

    city = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="pack_editions")
    zone = models.CharField(max_length=40, blank=True, default="")
    digest = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        constraints = [one_open("pack_edition", "city", "zone")]

    @property
    def identity_key(self) -> str:
        """The city, or the zone whose edition this is: several end in one act, each by its key."""
        return self.zone or str(self.city_id)


class Person(Identity, Scoped):
    """Somebody, known to the record by key alone."""


class PersonDetails(WorkingPaper):
    """Name and phone of a person: erasable, in no act."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="details")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    generated = models.BooleanField(default=False)


class Caller(WorkingPaper):
    """Name and phone of who called about a subject without being known: erasable, in no act."""

    subject = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)


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


class Enterprise(Identity, Scoped):
    """A firm of the city. `enterprise` holds its own key, as on every row that is about it."""

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """Enterprises looked after by units now, wherever they were registered first."""
        now = EnterpriseState.objects.open().filter(EnterpriseState.shared_with(units))
        return Q(key__in=now.values("of"))


class EnterpriseState(State, Scoped):
    """What an enterprise is for a while: name, code, place, trade, size.

    `unit` is the unit that looks after it, a zone or a county; `zone` the same key where that is a
    zone. `county` is where it lies: zones are a cut across counties. `merged_into` is the key of
    the enterprise it is part of now.
    """

    identity_field = "of"
    added = frozenset({"merged_into"})

    of = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="states")
    name = models.CharField(max_length=120)
    credit_code = models.CharField(max_length=18, help_text="统一社会信用代码, GB 32100-2015")
    county = models.CharField(max_length=40, blank=True)
    industry_code = models.CharField(max_length=6, blank=True, help_text="GB/T 4754")
    industry = models.CharField(max_length=60, blank=True)
    size_class = models.CharField(max_length=12, choices=SizeClass.choices)
    cluster = models.CharField(max_length=60, blank=True, help_text="产业集群")
    standing = models.CharField(
        max_length=14, choices=EnterpriseStanding.choices, default=EnterpriseStanding.IN_BUSINESS
    )
    merged_into = models.CharField(max_length=40, blank=True)
    generated = models.BooleanField(default=False, help_text="demo data, no real firm")

    class Meta:
        constraints = [
            one_open("enterprise", "of"),
            one_open("credit_code", "city", "credit_code"),
        ]


class EnterprisePosting(State):
    """A person speaks for an enterprise. It is no posting in the unit that looks after it."""

    identity_field = "person"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="speaks_for")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="people")
    title = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [one_open("enterprise_posting", "person")]


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
