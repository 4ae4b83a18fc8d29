"""A chain comes in from a workbook, looked at first, in one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.queries import viewer_of_person

from ..choices import Stream
from ..models import ChainFirmState, Making, ProductState, SegmentState, Supply
from ..queries import map_subject
from ..queries.identity import Known, known_firms, meant
from ..queries.imports import ImportPlan, import_plan
from ..queries.shape import shape_of
from ..rules import shapes_chains
from ..rules.imports import STRUCTURE
from .adopting import Builder
from .firms import write_firm

SUPPLY_COLUMNS = ("share", "value", "value_scale", "source", "since_on", "until_on")


@dataclass(frozen=True)
class Imported:
    """How many lines were written, said what was known, and were left out."""

    written: int
    same: int
    left: int


def import_chain(
    *,
    city: str,
    chain: str,
    text: str,
    looked_at: str,
    by: str,
    at: datetime,
    generated: bool = False,
) -> Imported:
    """Take the lines of a chain's workbook that nothing speaks against; one act for all.

    `looked_at` is the token of the plan the person saw: `Conflict` where it would come out
    otherwise by now. Lines about one row are put together: the last one holds.
    """
    if not shapes_chains(viewer_of_person(by), city):
        raise NotAllowed(_("产业链由专班办公室导入。"))
    with perform("import_chain", by=by, at=at, scope={"city": city}) as deed:
        deed.lock()
        plan = import_plan(city, chain, text, Moment(at))
        if plan.token != looked_at:
            raise Conflict(_("产业链刚刚有了变化，导入的结果会不同；请再看一遍，内容还在。"))
        if not plan.good:
            raise Incomplete(_("没有可以导入的行。"))
        deed.touch(map_subject(city))
        _Writer(deed, city, Moment(at), generated).write(plan)
        deed.payload.update(written=len(plan.good), left=len(plan.refused))
    return Imported(len(plan.good), plan.same, len(plan.refused))


@dataclass
class _Writer:
    """Writes the good lines of a plan; what several lines say of one row is written once."""

    deed: Deed
    city: str
    moment: Moment
    generated: bool
    build: Builder = field(init=False)
    known: Known = field(init=False)
    makes: dict[tuple[str, str], str] = field(default_factory=dict)
    supplies: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    streams: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    names: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.build = Builder(self.deed, self.city, shape_of(self.city))
        self.known = known_firms(self.city, self.moment)

    def write(self, plan: ImportPlan) -> None:
        """All good lines: structure and firms as they come, the rest gathered first."""
        for line in plan.good:
            if line.kind == STRUCTURE:
                self._structure(line.columns)
            else:
                self._supply(line.columns)
        self._write_words()
        self._write_makes()
        self._write_supplies()
        self._write_names()

    def _structure(self, said: Mapping[str, Any]) -> None:
        product = self._product(said)
        if said["firm"]:
            self.makes[self._firm(said["firm"]), product] = said["capability"]

    def _product(self, said: Mapping[str, Any]) -> str:
        chain = self.build.chain(said["chain"])
        stream = said.get("stream", "")
        shape = self.build.shape
        known = shape.segments.get((chain, said["segment"]))
        segment = self.build.segment(chain, said["segment"], stream=stream or Stream.UNSAID)
        if known and stream and segment not in self.fresh:
            self.streams[segment] = stream
        if not known:
            self.fresh.add(segment)
        words = {n: said.get(n, "") for n in ("technique", "application")}
        before = shape.products.get((segment, said["product"]))
        product = self.build.product(segment, said["product"], **words)
        if before is None:
            self.fresh.add(product)
        elif any(words.values()) and product not in self.fresh:
            self.words.setdefault(product, {}).update({n: w for n, w in words.items() if w})
        return product

    def _firm(self, said: Mapping[str, Any]) -> str:
        found = meant(self.known, said["name"], said["credit_code"])
        if found.firm is None:
            columns = {n: said[n] for n in ("name", "credit_code", "place", "certificates")}
            columns["source"] = ""
            state = write_firm(
                deed=self.deed,
                city=self.city,
                said=columns,
                known=self.known,
                generated=self.generated,
            )
            return state.firm_id
        if found.renamed:
            self.names.setdefault(found.firm.firm_id, []).append(said["name"])
        return found.firm.firm_id

    def _supply(self, said: Mapping[str, Any]) -> None:
        product = self._product(said)
        supplier = self._firm(said["supplier"]) if said["supplier"] else ""
        columns = {name: said[name] for name in SUPPLY_COLUMNS}
        self.supplies[self._firm(said["buyer"]), supplier, product] = columns

    def _write_words(self) -> None:
        segments = SegmentState.objects.open().filter(segment__in=self.streams)
        for state in segments:
            if state.stream != self.streams[state.segment_id]:
                self.deed.replace(state, stream=self.streams[state.segment_id])
        for product in ProductState.objects.open().filter(product__in=self.words):
            self.deed.replace(product, **self.words[product.product_id])

    def _write_makes(self) -> None:
        there = {
            (row.firm_id, row.product_id): row
            for row in Making.objects.open().filter(firm__city=self.city)
        }
        for (firm, product), capability in self.makes.items():
            row = there.get((firm, product))
            if row is None:
                self.deed.write(Making(firm_id=firm, product_id=product, capability=capability))
            elif capability and row.capability != capability:
                self.deed.replace(row, capability=capability)

    def _write_supplies(self) -> None:
        there = {
            (row.buyer_id, row.supplier_id or "", row.product_id): row
            for row in Supply.objects.open().filter(buyer__city=self.city)
        }
        for (buyer, supplier, product), columns in self.supplies.items():
            row = there.get((buyer, supplier, product))
            if row is None:
                keys = {"buyer_id": buyer, "supplier_id": supplier or None, "product_id": product}
                self.deed.write(Supply(**keys, **columns))
            else:
                self.deed.replace(row, **columns)

    def _write_names(self) -> None:
        """Other names a code came with: the firm is found by them too."""
        for state in ChainFirmState.objects.open().filter(firm__in=self.names):
            more = [name for name in self.names[state.firm_id] if name != state.name]
            former = list(dict.fromkeys([*state.former_names, *more]))
            self.deed.replace(state, former_names=former)
