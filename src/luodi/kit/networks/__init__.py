"""Networks of activities: dates, float, the critical path, the expected end.

How it is used::

    network = compute(
        [
            Activity("land", "用地预审", "Land review", 10, "workday"),
            Activity("eia", "环评", "Environment", 30, after=(After("land"),)),
            Activity("start", "开工", "Start of works", 0, after=(After("eia", 5, "workday"),)),
        ],
        date(2026, 3, 2), calendar, today=date(2026, 4, 1),
    )                                      # or a Refusal: a cycle, an unknown predecessor
    network.end                            # the expected end
    network.spans["eia"].float             # days of its own kind it may slip
    network.critical, network.paths        # what can't slip; what the end date is made of

Float is counted in an activity's own days, so an activity of working days that ends on a Friday
and could end on the Sunday has none. Where natural and working days meet, what can't slip and
what the date is made of may differ: a permit due on Friday can hold up what starts on Saturday.
"""

from luodi.kit.networks.activities import MOST_DAYS, Activity, After, Count
from luodi.kit.networks.computing import MOST_PATHS, Network, Span, compute

__all__ = [
    "MOST_DAYS",
    "MOST_PATHS",
    "Activity",
    "After",
    "Count",
    "Network",
    "Span",
    "compute",
]
