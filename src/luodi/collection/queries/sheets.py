"""A filing as a sheet: rows, columns, what is typed, what is known, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Closed, NotAllowed
from luodi.indicators.models import Definition
from luodi.indicators.rules import has_own_figure, is_joined
from luodi.orgs.rules import Viewer

from ..models import Draft, Submission
from ..rules.cells import Checker, Fault, ReadCell, read_cells
from ..rules.layouts import Layout, Place, indicators_in
from ..rules.rights import responds
from .checks import checked, checker_of, definitions_of
from .filings import Standing, standing_of
from .forms import layout_of
from .known import Known, Locked, known_values, locked_cells, outranked


@dataclass(frozen=True)
class Sheet:
    """All that filling in a form needs. `typed` goes by cell, `row:column`."""

    standing: Standing
    layout: Layout
    places: dict[str, Place]
    definitions: dict[str, Definition]
    typed: dict[str, str]
    explanations: dict[str, str]
    conflicts: dict[str, Any]
    known: Known
    locked: dict[str, Locked]
    outranked: frozenset[str]
    checker: Checker
    version: int
    writable: bool
    moment: Moment

    @property
    def read(self) -> list[ReadCell]:
        """The figures in the cells that the respondent fills."""
        return self._looked_over[0]

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with the sheet as it is typed."""
        return self._looked_over[1]

    @cached_property
    def _looked_over(self) -> tuple[list[ReadCell], list[Fault]]:
        return look_over(self, self.typed)

    def measured_in(self, cell: str) -> str:
        """The unit of a cell."""
        place = self.places.get(cell)
        return self.definitions[place.indicator].measured_in if place else ""

    @property
    def joined(self) -> list[str]:
        """The indicators of the form that have January and February as one figure, where this
        form is about one of them."""
        period = self.standing.filing.period
        keys = indicators_in(self.standing.edition.layout)
        found = [self.definitions[key] for key in keys if key in self.definitions]
        return sorted(
            d.name for d in found if is_joined(d, period) or not has_own_figure(d, period)
        )


@dataclass(frozen=True)
class Typed:
    """What stands in the cells: the draft where it is the viewer's, else what was handed in."""

    cells: dict[str, str]
    explanations: dict[str, str]
    conflicts: dict[str, Any]
    version: int


def sheet_of(viewer: Viewer, key: str, moment: Moment) -> Sheet:
    """The sheet of one filing a viewer may read."""
    one = standing_of(viewer, key, moment)
    filing, edition = one.filing, one.edition
    own = responds(viewer, filing.unit, filing.enterprise)
    typed = typed_in(one, own and one.writable and not moment.is_past, moment)
    layout = layout_of(edition, filing.city, opening_of(one, moment), filing.unit)
    definitions = definitions_of(edition, filing.city, moment)
    places = _places(one, layout, definitions)
    known = known_values(places.values(), edition.purpose, moment)
    below = outranked(filing, places.values(), known)
    locked = locked_cells(filing, places.values(), known, below)
    checker = checker_of(edition, definitions)
    return Sheet(
        one,
        layout,
        places,
        definitions,
        {cell: said for cell, said in typed.cells.items() if cell not in locked},
        typed.explanations,
        typed.conflicts,
        known,
        locked,
        below,
        checker,
        typed.version,
        own and one.writable and one.takes_figures and not moment.is_past,
        moment,
    )


def opening_of(one: Standing, moment: Moment) -> Moment:
    """When a filing was opened: whose rows it has is settled then. An enterprise that closes or
    moves later keeps its row, and what was said of it."""
    return Moment(moment.at, one.filing.act_id)


def _places(
    one: Standing, layout: Layout, definitions: Mapping[str, Definition]
) -> dict[str, Place]:
    filing = one.filing
    found = layout.places(filing.unit, filing.enterprise, filing.period)
    return {
        place.cell: place
        for place in found
        if place.indicator in definitions
        and has_own_figure(definitions[place.indicator], place.period)
    }


def look_over(sheet: Sheet, typed: Mapping[str, str]) -> tuple[list[ReadCell], list[Fault]]:
    """The figures and the faults of a sheet whose cells hold `typed`."""
    one = sheet.standing
    return checked(
        typed, sheet.places, sheet.known, sheet.locked, one.edition, sheet.checker,
        one.filing.period, sheet.moment,
    )  # fmt: skip


def typed_in(one: Standing, drafting: bool, moment: Moment) -> Typed:
    """What was typed into a filing: the draft while it is drafted, else the last submission."""
    draft = Draft.objects.filter(filing=one.filing).first() if drafting else None
    if draft:
        return Typed(draft.cells, draft.explanations, draft.conflicts, draft.version)
    handed = submission_of(one, moment)
    return Typed(handed.cells, handed.explanations, {}, 0) if handed else Typed({}, {}, {}, 0)


def submission_of(one: Standing, moment: Moment, edition: int | None = None) -> Submission | None:
    """What was handed in with one edition, else with the one that stands."""
    rows = Submission.objects.at(moment).filter(filing=one.filing)
    return rows.filter(edition=one.standing_edition if edition is None else edition).first()


def require_writable(sheet: Sheet) -> None:
    """Refuse whoever isn't the respondent, and a filing that takes no figures now."""
    if not sheet.standing.takes_figures:
        raise Closed(_("这一期已经截止，不能再填。需要补报请联系报表的主管单位。"))
    if not sheet.standing.writable:
        raise Closed(_("这份报表已经报送，不能直接改；有错请办理更正，或请审核人退回。"))
    if not sheet.writable:
        raise NotAllowed(_("只有填报单位自己的人可以填这份报表。"))


def accepted_figures(sheet: Sheet, moment: Moment) -> list[ReadCell]:
    """The figures of the edition that was accepted last; none where none was.

    They are read by the definitions of the day they were handed in: a scale that was changed since
    loses none of them.
    """
    one = sheet.standing
    handed = submission_of(one, moment, one.state.accepted) if one.state.accepted else None
    if handed is None:
        return []
    then = Moment(moment.at, handed.act_id)
    definitions = definitions_of(one.edition, one.filing.city, then)
    places = _places(one, sheet.layout, definitions)
    asked = [place for cell, place in places.items() if cell not in sheet.locked]
    return read_cells(handed.cells, asked, checker_of(one.edition, definitions))[0]
