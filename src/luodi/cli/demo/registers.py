"""The demo's registers: generated enterprises in pools, recognitions, a credit note, a case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from luodi.orgs.models import EnterpriseState
from luodi.registers.actions import enter_register, move_entry, set_goal

from .calendar import Event, china
from .people import Cast

POOLED = range(3, 40, 6)
RECOGNISED = {
    1: date(2024, 11, 8),
    4: date(2023, 7, 1),
    10: date(2025, 12, 5),
    16: date(2023, 12, 20),
}
PARKS = ("演示光电产业园", "演示陶瓷产业园")
NOTE = "【演示】生成的数据，不是真实企业。"


def register_events(cast: Cast) -> list[Event]:
    """Entered in February, gone on in June; in November a request for repair and an aid case."""
    firms = dict(
        EnterpriseState.objects.open().filter(city=cast.city).values_list("name", "of")
    )  # fmt: skip
    keep = _Keeper(cast, {n: firms[f"演示企业{n:02}号"] for n in range(1, 41)})
    return [
        Event(china(date(2026, 2, 12), 9), keep.enter),
        Event(china(date(2026, 6, 11), 9), keep.go_on),
        Event(china(date(2026, 11, 24), 9), keep.repair),
        Event(china(date(2026, 11, 19), 10), keep.ask_for_aid),
        Event(china(date(2026, 11, 20), 9), keep.refer),
    ]


class _Keeper:
    """Whoever keeps the zone's registers in the demo."""

    def __init__(self, cast: Cast, firms: dict[int, str]) -> None:
        self.cast, self.firms = cast, firms
        self.by = cast.people["zone"]
        self.pooled: list[str] = []
        self.case = ""

    def _enter(self, at: datetime, register: str, **more: Any) -> str:
        given = {"city": self.cast.city, "register": register, "by": self.by, "at": at}
        return enter_register(**given, **more).key

    def _move(self, at: datetime, entry: str, move: str, **given: Any) -> None:
        files = [("演示材料.txt", NOTE.encode())]
        move_entry(entry=entry, move=move, given=given, evidence=files, by=self.by, at=at)

    def enter(self, at: datetime) -> None:
        """Pools, high-tech enterprises whose recognition ends sooner or later, parks."""
        self.pooled = [
            self._enter(at, "small-to-large", about=self.firms[number]) for number in POOLED
        ]
        for number, from_on in RECOGNISED.items():
            entry = self._enter(at, "high-tech", about=self.firms[number])
            self._move(at, entry, "apply", tutor=self.by)
            self._move(at, entry, "recognise", number=f"演示{number:04}", from_on=from_on)
        set_goal(
            city=self.cast.city, register="high-tech", unit="", year=2027,
            details={"base_year": 2025, "base": 3, "target": 6, "source": NOTE},
            by=self.cast.people["office"], at=at,
        )  # fmt: skip
        for name in PARKS:
            unit = self.cast.units["开发区管委会"]
            self._enter(at, "green-parks", name=name, unit=unit)

    def go_on(self, at: datetime) -> None:
        """Two of the pool apply, one gets above the threshold, one leaves."""
        for entry in self.pooled[:2]:
            self._move(at, entry, "apply", tutor=self.by)
        self._move(at, self.pooled[0], "reach")
        self._move(at, self.pooled[-1], "leave", reason=NOTE)

    def ask_for_aid(self, at: datetime) -> None:
        """A firm asks the aid station for help itself, with what it has in hand."""
        self.case = enter_register(
            city=self.cast.city, register="ip-aid", matter="外观设计专利疑似被仿制",
            given={"level": "patent", "reason": f"{NOTE}网店出售与本企业外观设计相同的产品。"},
            evidence=[("演示材料.txt", NOTE.encode())], by=self.cast.people["firm"], at=at,
        ).key  # fmt: skip

    def refer(self, at: datetime) -> None:
        """The zone accepts it and refers it to the bureau whose matter it is."""
        unit = self.cast.units["市市场监管局"]
        given = {"referred_to": unit, "reason": "【演示】请核查并回告。"}
        move_entry(entry=self.case, move="accept", by=self.by, at=at)
        move_entry(entry=self.case, move="refer", given=given, by=self.by, at=at)

    def repair(self, at: datetime) -> None:
        """A minor note whose repair is asked for."""
        given = {"level": "minor", "from_on": date(2026, 9, 1), "reason": NOTE}
        entry = self._enter(at, "credit", about=self.firms[6], given=given)
        self._move(at, entry, "ask")
