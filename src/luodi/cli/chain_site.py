"""A stored chain of 100,000 products and 170,000 supplies, and what its pages take.

To be imported after Django was started on some data folder.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luodi.audit.actions import Deed, perform
from luodi.chain.models import (
    ChainFirm,
    ChainFirmState,
    IndustrialChain,
    IndustrialChainState,
    Making,
    Product,
    ProductState,
    Segment,
    SegmentState,
    Supply,
)
from luodi.chain.queries import forget_maps, map_subject
from luodi.orgs.actions import appoint, found_city
from luodi.orgs.choices import Role, SizeClass, UnitKind
from luodi.orgs.models import Account, Enterprise, EnterpriseState, UnitState
from luodi.packs import resolve

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
MAKER = "system:bench"
ACCOUNT = "bench"
SEED = 7
PRODUCTS, SUPPLIES, FIRMS = 100_000, 170_000, 20_000
SEGMENTS, TECHNIQUES, APPLICATIONS, PLACES = 60, 40, 25, 31
LOCAL = 10
"""One firm of so many is of this place."""
STREAMS = ("upstream", "midstream", "downstream")
GOAL = 2.0
FIRST = ("overview",)
"""The pages whose first time after a change is measured in the short run too, beside the list."""


@dataclass(frozen=True)
class Site:
    """What was stored: the chain, a firm and a product of it, and how long storing took."""

    chain: str
    firm: str
    other: str
    product: str
    office: Account
    stored: float


def stored() -> Site:
    """A city with one chain of the whole size, written as facts in two acts."""
    units = [
        {"name": "示例市", "kind": UnitKind.CITY, "pack": "jincheng"},
        {"name": "示例开发区", "kind": UnitKind.ZONE},
    ]
    found_city(key="bench", pack=resolve("jincheng").content(), units=units, by=MAKER, at=BEGIN)
    person = appoint(
        name="示例-01", unit="bench", role=Role.OFFICE, by=MAKER, at=BEGIN, generated=True
    )
    office = Account.objects.create_user(ACCOUNT, ACCOUNT, person=person)
    began = time.process_time()
    made = _Made(Random(SEED))
    scope = {"city": "bench"}
    with perform("register_enterprises", by=MAKER, at=BEGIN, scope=scope) as deed:
        made.enterprises(deed)
    subjects = [map_subject("bench")]
    with perform("import_chain", by=MAKER, at=BEGIN, subjects=subjects, scope=scope) as deed:
        made.chain_rows(deed)
    took = time.process_time() - began
    firm, other = made.traders
    return Site(made.chain, firm, other, made.products[0], office, took)


class _Made:
    """Generated rows: everything in them says that it is."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.chain = "chain"
        self.segments = [f"segment{n}" for n in range(SEGMENTS)]
        self.products = [f"product{n}" for n in range(PRODUCTS)]
        self.firms = [f"firm{n}" for n in range(FIRMS)]
        self.local = {key: f"local-{key}" for key in self.firms[::LOCAL]}
        self.traders = ("", "")

    def enterprises(self, deed: Deed) -> None:
        """Every local firm in the register of enterprises."""
        zone = UnitState.objects.open().get(kind=UnitKind.ZONE).of_id
        for number, key in enumerate(self.local.values()):
            scope = {"city": "bench", "enterprise": key, "unit": zone}
            deed.write(Enterprise(key=key, **scope))
            deed.write(
                EnterpriseState(
                    of_id=key, name=f"生成的本地企业{number}", credit_code=f"GEN{number:015}",
                    size_class=SizeClass.values[0], generated=True, **scope,
                )
            )  # fmt: skip

    def chain_rows(self, deed: Deed) -> None:
        """One chain with its segments, products, firms, makers and supplies."""
        scope = {"city": "bench"}
        deed.write(IndustrialChain(key=self.chain, **scope))
        deed.write(IndustrialChainState(chain_id=self.chain, city="bench", name="生成的产业链"))
        for place, key in enumerate(self.segments):
            deed.write(Segment(key=key, chain_id=self.chain, **scope))
            stream = STREAMS[place * len(STREAMS) // SEGMENTS]
            state = {"name": f"生成的环节{place}", "stream": stream, "place": place}
            deed.write(SegmentState(segment_id=key, chain_id=self.chain, **state))
        for model, keys in ((Product, self.products), (ChainFirm, self.firms)):
            deed.write_many(model, ("key", "city"), [(key, "bench") for key in keys])
        for number, key in enumerate(self.firms):
            local = self.local.get(key, "")
            name = f"生成的{'本地' if local else '外地'}企业{number // LOCAL if local else number}"
            state = {"name": name, "local": local, "place": f"生成的地区{number % PLACES}"}
            deed.write(ChainFirmState(firm_id=key, city="bench", generated=True, **state))
        names = ("product_id", "segment_id", "name", "technique", "application")
        deed.write_many(ProductState, names, list(self._products()))
        deed.write_many(
            Making,
            ("firm_id", "product_id"),
            [(self.dice.choice(self.firms), product) for product in self.products],
        )
        names = ("buyer_id", "supplier_id", "product_id", "value", "share", "source")
        rows = list(self._supplies())
        self.traders = (str(rows[0][1]), str(rows[0][0]))
        deed.write_many(Supply, names, rows)

    def _products(self) -> Iterator[tuple[Any, ...]]:
        dice = self.dice
        for number, key in enumerate(self.products):
            technique = f"生成的路线{dice.randrange(TECHNIQUES)}" if number % 5 else ""
            application = f"生成的领域{dice.randrange(APPLICATIONS)}" if number % 7 else ""
            yield key, dice.choice(self.segments), f"生成的产品{number}", technique, application

    def _supplies(self) -> Iterator[tuple[Any, ...]]:
        dice, seen = self.dice, set()
        while len(seen) < SUPPLIES:
            known = dice.random() < 0.97 or not seen
            row = (dice.choice(self.firms), dice.choice(self.firms) if known else None,
                   dice.choice(self.products))  # fmt: skip
            if row in seen:
                continue
            seen.add(row)
            value = dice.randrange(10_000) if dice.random() < 0.9 else None
            share = dice.randrange(1, 5_000) if dice.random() < 0.5 else None
            yield (*row, value, share, "生成")


def pages(site: Site) -> dict[str, str]:
    """Every page of a chain by a name for the bench."""
    chain, firm = f"/chains/{site.chain}/", f"/chain-firms/{site.firm}/"
    views = {
        f"view_{name}": f"{chain}views/{name}/"
        for name in ("segments", "techniques", "applications", "regions", "firms")
    }
    return {
        "list": "/chains/",
        "overview": chain,
        **views,
        "gaps": f"{chain}gaps/",
        "wanted": "/chains/gaps/",
        "products": f"{chain}products/",
        "supplies": f"{chain}supplies/",
        "product": f"/chain-products/{site.product}/",
        "firms": "/chain-firms/",
        "firm": firm,
        "impact": f"{firm}?depth=5",
        "ways": f"{firm}?to={site.other}",
        "suppliers": "/chains/suppliers/?need=%E7%94%9F%E6%88%90%E7%9A%84%E4%BA%A7%E5%93%811234",
        "leaders": "/chains/leaders/",
        "import": "/chains/import/",
        "targets": "/chain-targets/",
        "new_target": "/chain-targets/new/",
    }


def shrink(quick: bool) -> None:
    """For the short run a third of everything, so that it ends in time; the size is printed."""
    global PRODUCTS, SUPPLIES, FIRMS
    if quick:
        PRODUCTS, SUPPLIES, FIRMS = PRODUCTS // 3, SUPPLIES // 3, FIRMS // 3


def store() -> tuple[str, ...]:
    """Store the chain; what `measure` has to know. For a process of its own."""
    site = stored()
    return site.chain, site.firm, site.other, site.product, f"{site.stored:.0f}"


def measure(quick: bool, *said: str) -> list[Figure]:
    """Each page once as the first after a change (nothing of the chain is in memory), then again.

    Seconds of this process's processor: what else runs on the machine doesn't count. For a
    process of its own, so that the memory is that of the pages.
    """
    site = Site(*said[:4], Account.objects.get(username=ACCOUNT), float(said[4]))
    client = Client(HTTP_HOST="localhost")
    client.force_login(site.office)
    client.get("/")
    before = peak()
    first, again, queries, weights = {}, {}, {}, {}
    for name, address in pages(site).items():
        if name in FIRST or not quick:
            forget_maps()
            first[name], _page, queries[name] = asked(client, address)
        again[name], page, asks = asked(client, address)
        queries[name] = max(queries.get(name, 0), asks)
        weights[name] = len(page.content) / 1024
    most = max(again, key=lambda name: again[name])
    coldest = max(first, key=lambda name: first[name])
    heavy, busy = max(weights, key=weights.__getitem__), max(queries, key=queries.__getitem__)
    size = (
        f"one chain of {PRODUCTS} products, {SUPPLIES} supplies, {FIRMS} firms stored in "
        f"{site.stored:.0f} s, seed {SEED}; {len(again)} pages"
    )
    each = ", ".join(f"{name} {took:.2f}" for name, took in again.items())
    cold = ", ".join(f"{name} {took:.2f}" for name, took in first.items())
    found = [
        _figure("chain_page_seconds", again[most], f"slowest: {most}; {each}", size, GOAL),
        _figure("chain_page_first_seconds", first[coldest], f"slowest: {coldest}; {cold}", size),
        _figure("chain_page_kb", weights[heavy], f"heaviest: {heavy}", size, unit="KB"),
        _figure("chain_page_queries", queries[busy], f"most: {busy}", size, unit="queries"),
        _figure("chain_pages_memory_mb", peak(), f"{before:.0f} MB before them", size, unit="MB"),
    ]
    if not quick:
        took, _page, _n = asked(client, f"{pages(site)['supplies']}?export=xlsx")
        said_of = f"all {SUPPLIES} supplies as an Excel file, {peak():.0f} MB"
        found.append(_figure("chain_sheet_seconds", took, said_of, size))
    return found


def _figure(
    name: str, value: float, yardstick: str, size: str, goal: float | None = None, unit: str = "s"
) -> Figure:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "yardstick": yardstick,
        "goal": goal,
        "size": size,
    }


def asked(client: Client, address: str) -> tuple[float, HttpResponse, int]:
    """Seconds of a page, the page, and its queries."""
    began = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    took = time.process_time() - began
    if response.status_code != 200:
        raise ValueError(f"{address} answered {response.status_code}")
    return took, response, len(queries)


def peak() -> float:
    """The most memory this process has held so far, in MB; not what its parent held before."""
    status = Path("/proc/self/status")
    if status.exists():
        said = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
        if said:
            return int(said[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
