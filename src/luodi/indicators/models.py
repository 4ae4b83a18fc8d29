"""Definitions, targets and values. A value is an integer at its definition's scale."""

from django.db import models
from django.db.models import Q

from luodi.audit.models import Act, Identity, Scoped, State, one_open

from .choices import Comparator, Counts, Direction, Measure, OverUnits, Pace, Prices, Purpose


class Indicator(Identity, Scoped):
    """Something that is measured. `code` is the pack's name for it, or that of a plan's target."""

    code = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="indicator_code_once")]


class Definition(State):
    """What an indicator means for a while (口径).

    `valid_from` is the first period the version holds for ('' for all); the version a figure is
    read by is the last one known that holds for its period. `comparable` says whether the series
    compares across that change. `combined`: February's figure stands for 1—2月, and January has
    none. Where `prices` are comparable, growth is never computed from the figures: `growth_by`
    names the indicator that states it. The unit and the purpose of an indicator never change.
    """

    identity_field = "indicator"
    added = frozenset(
        {"name_en", "scope", "answers", "measure", "counts", "direction", "over_units", "formula"}
        | {"numerator", "denominator", "valid_from", "comparable", "confirmed"}
        | {"combined", "prices", "growth_by"}
    )

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True, default="")
    measured_in = models.CharField(max_length=20, help_text="亿元, %, 家 …")
    scale = models.PositiveSmallIntegerField(default=0, help_text="decimal places kept")
    period_kind = models.CharField(max_length=10, default="month")
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.DISPATCH)
    meaning = models.TextField(blank=True)
    scope = models.TextField(blank=True, default="", help_text="whom and what it counts")
    answers = models.CharField(max_length=40, blank=True, default="", help_text="key of the unit")
    measure = models.CharField(max_length=8, choices=Measure.choices, default=Measure.FLOW)
    counts = models.CharField(max_length=14, choices=Counts.choices, default=Counts.IN_PERIOD)
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.NONE)
    over_units = models.CharField(max_length=8, choices=OverUnits.choices, default=OverUnits.NONE)
    formula = models.CharField(max_length=500, blank=True, default="")
    numerator = models.CharField(max_length=200, blank=True, default="")
    denominator = models.CharField(max_length=200, blank=True, default="")
    valid_from = models.CharField(max_length=10, blank=True, default="")
    comparable = models.BooleanField(default=True)
    confirmed = models.BooleanField(default=True, help_text="stands in a text, not an assumption")
    source = models.CharField(max_length=200, blank=True)
    combined = models.BooleanField(default=False, help_text="January and February as one figure")
    prices = models.CharField(max_length=10, choices=Prices.choices, default=Prices.CURRENT)
    growth_by = models.CharField(
        max_length=80, blank=True, default="", help_text="code of the indicator that states growth"
    )

    class Meta:
        constraints = [one_open("definition", "indicator")]


class Target(Identity, Scoped):
    """A goal of a plan, tied to its sentence."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    document = models.CharField(max_length=40, blank=True, db_index=True)
    sentence = models.CharField(max_length=120, blank=True, help_text="sha256:start:end")
    entity = models.CharField(max_length=120, blank=True, help_text="whose goal, as written")


class TargetState(State):
    """What the goal is; changed only by an adopted amendment. Amounts are integers at `scale`."""

    identity_field = "target"

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="states")
    amount = models.BigIntegerField()
    amount_to = models.BigIntegerField(null=True)
    scale = models.PositiveSmallIntegerField(default=0)
    comparator = models.CharField(max_length=2, choices=Comparator.choices)
    period = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [one_open("target", "target")]


class Trajectory(State):
    """From where a goal is to be reached, whose series counts, and at what pace.

    It says how the goal is looked at and can be changed with a reason; the goal itself can't.
    """

    identity_field = "target"

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="trajectories")
    unit = models.CharField(max_length=40, blank=True, help_text="whose series is measured")
    baseline = models.BigIntegerField(null=True)
    scale = models.PositiveSmallIntegerField(default=0)
    baseline_period = models.CharField(max_length=10, blank=True)
    pace = models.CharField(max_length=8, choices=Pace.choices, default=Pace.LINEAR)

    class Meta:
        constraints = [one_open("trajectory", "target")]


class TargetPart(State, Scoped):
    """A part of a goal: of `unit` ('' for the whole), in `period`. All parts make the whole."""

    identity_field = "target"

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="parts")
    period = models.CharField(max_length=10)
    amount = models.BigIntegerField()
    scale = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [one_open("target_part", "target", "unit", "period")]

    @property
    def identity_key(self) -> str:
        """The place among the parts: what an act that ends this row seals."""
        return "/".join((self.target_id, self.unit, self.period))


class Asked(State, Scoped):
    """A unit is asked for an indicator because of a subject (a measure): once, whoever asks."""

    identity_field = "indicator"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="asked")
    subject = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [one_open("asked", "indicator", "unit", "subject")]


class Value(State, Scoped):
    """A figure: of `unit` or `enterprise`, about `period`, known from one act until another.

    A revision is a new row and ends the one before, so what was known on a day is a plain filter.
    One purpose is one series: each has an open row of its own.
    """

    identity_field = "indicator"

    # Every index is paid for by each of a million rows: those of the wider columns are left out.
    city = models.CharField(max_length=40)
    unit = models.CharField(max_length=40, blank=True, default="")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="values", db_index=False
    )
    until = models.ForeignKey(
        Act, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    period = models.CharField(max_length=10)
    amount = models.BigIntegerField()
    scale = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    origin = models.CharField(max_length=80, help_text="the report or filing it came with")

    class Meta:
        constraints = [
            one_open("value", "indicator", "unit", "enterprise", "period", "purpose"),
        ]
        indexes = [
            models.Index(fields=["indicator", "unit", "period", "-since"]),
            models.Index(fields=["origin"], name="value_by_origin"),
            models.Index(fields=["until"], name="value_ended", condition=Q(until__isnull=False)),
        ]

    @property
    def identity_key(self) -> str:
        """The cell: what an act that ends this row seals."""
        cell = (self.indicator_id, self.unit, self.enterprise, self.period, self.purpose)
        return "/".join(cell)
