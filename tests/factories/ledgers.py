"""Somebody who brings project ledgers, looks at their dry runs and takes them in."""

from __future__ import annotations

from datetime import datetime, timedelta

from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import bring_ledger, take_ledger
from luodi.projects.queries import ledger_page

from .city import City
from .projects import ledger_csv, name_as_guessed


class Desk:
    """Somebody with ledgers."""

    def __init__(self, city: City, at: datetime, who: str = "office") -> None:
        self.city, self.at, self.by, self.days = city, at, city.people[who], 0

    @property
    def now(self):
        return {"by": self.by, "at": self.at + timedelta(days=self.days)}

    def bring(self, *lines, name="台账.csv", data=None) -> str:
        data = data or ledger_csv(*lines)
        key = bring_ledger(name=name, data=data, city=self.city.key, **self.now).key
        name_as_guessed(key, **self.now)
        return key

    def page(self, key):
        return ledger_page(key, viewer_of_person(self.by), Moment(self.now["at"]))

    def lines(self, key):
        return self.page(key).run.lines

    def take(self, key, odd=(), decided=None, token=None):
        token = token or self.page(key).run.token
        return take_ledger(
            ledger=key, token=token, odd=odd, decided=decided or {}, **self.now
        )  # fmt: skip
