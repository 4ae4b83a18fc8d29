"""A superior's table: what its cells probably are, what is known of them, the filled file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.common.refusals import Incomplete, NotFound
from luodi.documents.queries import content_of
from luodi.indicators.models import Definition, Indicator
from luodi.indicators.queries import declarations, readable
from luodi.kit.calendars import Period
from luodi.kit.formulas import Book, Table
from luodi.kit.grids.filling import fill
from luodi.kit.mapping import Mapped, Mapping, Named, Proposal, content
from luodi.kit.refusals import Refusal
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..choices import Look
from ..models import Form, TableRequest, TemplateState
from ..rules.templates import ASKED, known_cell
from .carrying import Last, last_edition
from .held import HeldRow, held_rows
from .proposing import indicators_known, proposal_for, subjects_known
from .workbooks import LIMITS


@dataclass(frozen=True)
class RequestRow:
    """A superior's table in words."""

    key: str
    title: str
    period: str
    file: str
    confirmed: bool

    @property
    def address(self) -> str:
        return reverse("table_request", args=[self.key])


@dataclass(frozen=True)
class CellRow:
    """A cell of a table: what the table says, what it is held for, what to look at.

    `look` and `before` are of a newer edition: why it is looked at, and where it stood.
    """

    said: str
    cell: Mapped
    reasons: tuple[str, ...]
    look: Look | None = None
    before: str = ""


@dataclass(frozen=True)
class RequestPage:
    """A superior's table: what its cells are, what is known, what has to be asked.

    `last` is the edition a table takes after that nobody has confirmed yet; `held` are the figures
    it came with.
    """

    row: RequestRow
    request: TableRequest
    state: TemplateState
    cells: Sequence[CellRow]
    indicators: Sequence[Named]
    subjects: Sequence[Named]
    written: dict[str, str]
    asked: Sequence[Mapped]
    refused: Sequence[tuple[Mapped, str]]
    form: str
    last: Last | None
    held: Sequence[HeldRow]

    @property
    def looked_at(self) -> list[CellRow]:
        """The cells of a newer edition that a person has to confirm."""
        return [row for row in self.cells if row.look]

    @property
    def settled(self) -> list[CellRow]:
        """The others."""
        return [row for row in self.cells if not row.look]


def table_requests(viewer: Viewer, moment: Moment) -> list[RequestRow]:
    """The tables that were brought, the latest first."""
    rows = visible(TableRequest.objects.at(moment), viewer).select_related("file")
    found = list(rows.order_by("-act"))
    states = TemplateState.objects.at(moment).filter(template__in={r.template_id for r in found})
    by_template = {state.template_id: state for state in states}
    return [_row(request, by_template[request.template_id]) for request in found]


def _row(brought: TableRequest, state: TemplateState) -> RequestRow:
    return RequestRow(
        brought.key, state.title, period_label(brought.period), brought.file.name,
        bool(state.mapping),
    )  # fmt: skip


def request_for(viewer: Viewer, key: str, moment: Moment) -> tuple[TableRequest, TemplateState]:
    """One table and what its cells are, or `NotFound`."""
    rows = visible(TableRequest.objects.at(moment).filter(key=key), viewer)
    request = rows.select_related("file").first()
    states = TemplateState.objects.at(moment)
    state = states.filter(template=request.template_id).first() if request else None
    if not request or not state:
        raise NotFound(_("没有这张上级表，或者不在您的查看范围内。"))
    return request, state


def request_page(viewer: Viewer, key: str, moment: Moment) -> RequestPage:
    """Everything the page of a table shows."""
    request, state = request_for(viewer, key, moment)
    proposal = proposal_for(request.file.name, content_of(request.file), request.city, moment)
    mapping = Mapping.read(state.mapping) if state.mapping else None
    last = None if mapping else last_edition(viewer, request, proposal, moment)
    written, asked, refused = known_in(viewer, request, mapping.cells if mapping else (), moment)
    form = Form.objects.filter(city=request.city, code=ASKED + key).first()
    return RequestPage(
        _row(request, state), request, state, _cells(proposal, mapping, last),
        indicators_known(request.city, moment), subjects_known(request.city, moment),
        written, asked, [(cell, why.says(language())) for cell, why in refused],
        form.key if form else "", last,
        held_rows(request, mapping, proposal.table.sheet, moment) if mapping else (),
    )  # fmt: skip


def held_in(viewer: Viewer, key: str, moment: Moment) -> list[HeldRow]:
    """The figures that a confirmed table came with, against what is known."""
    request, state = request_for(viewer, key, moment)
    proposal = proposal_for(request.file.name, content_of(request.file), request.city, moment)
    return held_rows(request, Mapping.read(state.mapping), proposal.table.sheet, moment)


def _cells(proposal: Proposal, mapping: Mapping | None, last: Last | None) -> list[CellRow]:
    """Every cell with what is proposed, what was carried over, or what was confirmed."""
    english = language() == "en"
    confirmed = {cell.address: cell for cell in mapping.cells} if mapping else {}
    looks = last.carried.looks if last else {}
    if last:
        confirmed = last.carried.cells
    rows = []
    for guess in proposal.guesses:
        cell, reasons = guess.cell, [doubt[english] for doubt in guess.doubts]
        if guess.indicator and not guess.sure:
            reasons.insert(0, guess.indicator.en if english else guess.indicator.zh)
        look = looks.get(guess.address)
        if mapping or last:
            blank = replace(cell, indicator="", subject="")
            cell, reasons = confirmed.get(guess.address, blank), reasons if look else []
        before = last.carried.before.get(guess.address, "") if last else ""
        rows.append(CellRow(f"{cell.label} · {cell.head}", cell, tuple(reasons), look, before))
    return rows


def known_in(
    viewer: Viewer, brought: TableRequest, cells: Iterable[Mapped], moment: Moment
) -> tuple[dict[str, str], list[Mapped], list[tuple[Mapped, Refusal]]]:
    """(texts by address, cells to be asked for, cells that can't be filled and why)."""
    cells = list(cells)
    book = Book.of(declarations(brought.city, moment))
    if isinstance(book, Refusal):
        return {}, [], [(cell, book) for cell in cells]
    gone = [cell for cell in cells if cell.indicator not in book]
    cells = [cell for cell in cells if cell.indicator in book]
    book, table = _figures(viewer, brought, cells, book, moment)
    period = Period.parse(brought.period)
    written, asked, refused = content(cells, lambda cell: known_cell(cell, period, book, table))
    lost = Refusal("template.no_indicator", _("指标已不在目录里"), "The indicator is gone")
    return written, asked, refused + [(cell, lost) for cell in gone]


def _figures(
    viewer: Viewer, brought: TableRequest, cells: list[Mapped], book: Book, moment: Moment
) -> tuple[Book, Table]:
    """The values the cells rest on, of this year and the two before, one query a purpose; with
    the book at the finest scale among definitions and values."""
    period = Period.parse(brought.period)
    needed = {key for cell in cells for key in (cell.indicator, *_below(cell.indicator, book))}
    codes = dict(
        Indicator.objects.filter(city=brought.city, code__in=needed).values_list("key", "code")
    )
    rows = Definition.objects.at(moment).filter(indicator__in=codes)
    purposes = dict(rows.values_list("indicator", "purpose"))
    known: list[tuple[tuple[str, str, str], int, int]] = []
    units = {cell.subject for cell in cells}
    for purpose in set(purposes.values()):
        keys = [key for key, said in purposes.items() if said == purpose]
        found = readable(viewer, moment, purpose).filter(
            indicator__in=keys, unit__in=units, enterprise="",
            period__gte=f"{period.year - 2:04}", period__lt=f"{period.year + 1:04}",
        )  # fmt: skip
        fields = ("indicator", "unit", "period", "amount", "scale")
        for key, unit, when, amount, scale in found.values_list(*fields):
            known.append(((codes[key], unit, when), amount, scale))
    finest: dict[str, int] = {}
    for (code, *_rest), _amount, scale in known:
        finest[code] = max(scale, finest.get(code, 0))
    book = book.finer(finest)
    figures = {place: n * 10 ** (book[place[0]].scale - scale) for place, n, scale in known}
    return book, Table(figures)


def _below(code: str, book: Book) -> tuple[str, ...]:
    declared = book.get(code)
    if declared is None:
        return ()
    below = book.used_by(declared.formula) if declared.formula is not None else ()
    return (*below, declared.growth_by) if declared.growth_by else below


def filled_file(viewer: Viewer, key: str, moment: Moment) -> tuple[str, bytes]:
    """(name, bytes) of the superior's own file with what is known; its format untouched."""
    request, state = request_for(viewer, key, moment)
    if not state.mapping:
        raise Incomplete(_("请先核对表里每一格是什么，再下载。"))
    mapping = Mapping.read(state.mapping)
    written, _asked, _refused = known_in(viewer, request, mapping.cells, moment)
    data = content_of(request.file)
    sheet = proposal_for(request.file.name, data, request.city, moment).table.sheet
    filled = fill(data, {sheet.name: written}, LIMITS)
    if isinstance(filled, Refusal):
        raise Incomplete(filled.says(language()), filled.code)
    return request.file.name, filled.data


def find_table(key: str) -> Found | None:
    """A superior's table as a subject: what a figure that came in with it points at."""
    found = TableRequest.objects.filter(key=key).select_related("file").first()
    if found is None:
        return None
    title = f"{period_label(found.period)} · {found.file.name}"
    scope = {"city": found.city, "unit": found.unit}
    return Found(
        title, reverse("table_request", args=[key]), _("上级表"), scope=scope, searched=False
    )
