"""The one way to do a list: columns over rows, filtered, sorted, grouped, exported.

A module declares its columns in `tables.py` and hands over rows it has already read. Rendering
is plain string building: a thousand rows must not cost more than a thousand rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .moments import LOCAL
from .periods import period_label

DASH = "—"
LIGHT_ORDER = {"red": 0, "yellow": 1, "none": 2, "green": 3, "done": 4}
LIGHT_SHAPES = {"red": "●", "yellow": "▲", "green": "■", "done": "✓", "none": "○"}


def light_words() -> dict[str, str]:
    """The word beside each light's shape."""
    return {
        "red": _("超期"),
        "yellow": _("临期"),
        "green": _("正常"),
        "done": _("办结"),
        "none": _("未设时限"),
    }


def light_html(light: str, why: str = "") -> str:
    """A light by shape, word and colour, with its reason on hover."""
    word = light_words().get(light, light)
    return (
        f'<span class="light light-{escape(light)}" title="{escape(why)}">'
        f'<i aria-hidden="true">{LIGHT_SHAPES.get(light, "○")}</i> {escape(word)}</span>'
    )


def standing_html(light: str, words: str) -> str:
    """A light's shape beside the words that say how the thing stands: for what has no limit."""
    return (
        f'<span class="light light-{escape(light)}">'
        f'<i aria-hidden="true">{LIGHT_SHAPES.get(light, "○")}</i> {escape(words)}</span>'
    )


def lamp_html(light: str, why: str = "") -> str:
    """A light's shape in its colour; word and reason on hover and for screen readers."""
    word = light_words().get(light, light)
    return (
        f'<span class="light light-{escape(light)}" role="img" '
        f'aria-label="{escape(word)}" title="{escape(why)}">{LIGHT_SHAPES.get(light, "○")}</span>'
    )


@dataclass(frozen=True)
class Column:
    """One column. `value` gives what is shown, filtered, sorted and exported.

    kind: text, nowrap (a text on one line), number, date, period (value is the key of a period),
    light (value is a kit verdict or (light, reason)), standing (the same pair, said by its
    reason), html (safe).
    filter: "" none, "text" contains, "choice" one of what stands in the column.
    href: the address a cell leads to; '' for none.
    """

    key: str
    label: Any
    value: Callable[[Any], Any]
    kind: str = "text"
    filter: str = ""
    href: Callable[[Any], str] | None = None
    wide: bool = False
    group: bool = False


@dataclass
class Table:
    """Columns over rows as asked for by a page's query parameters."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    params: Mapping[str, str] = field(default_factory=dict)
    empty: Any = ""
    select: Callable[[Any], str] | None = None
    """Where given, each row has a check box with this value, named `selected`."""
    among: bool = False
    """One of several on its page: its parameters carry its name, so that each has its own."""
    portion: int = 0
    """So many rows on a page where it is given; the sheet holds them all."""

    def __post_init__(self) -> None:
        self.all_rows = list(self.rows)
        self.shown = self._sorted(self._filtered(self.all_rows))

    @property
    def wants_sheet(self) -> bool:
        """True where the page was asked for as an Excel file."""
        return self._said("export") == "xlsx"

    @property
    def parts(self) -> int:
        """How many pages the rows fill; one where they aren't parted."""
        return max(1, -(-len(self.shown) // self.portion)) if self.portion else 1

    @property
    def part(self) -> int:
        """Which of them is shown, from one on; the nearest there is to what the address asks."""
        said = self._said("page")
        asked = int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 1
        return min(max(asked, 1), self.parts)

    @property
    def before(self) -> int:
        """How many rows stand on the pages before."""
        return (self.part - 1) * self.portion

    @property
    def on_page(self) -> list[Any]:
        """The rows of this page."""
        if self.parts == 1:
            return self.shown
        return self.shown[self.before : self.before + self.portion]

    @property
    def turns(self) -> list[tuple[str, Any]]:
        """The pages one can turn to: address and words."""
        now, last = self.part, self.parts
        offered = [
            (1, _("第一页"), now > 2),
            (now - 1, _("上一页"), now > 1),
            (now + 1, _("下一页"), now < last),
            (last, _("最后一页"), now < last - 1),
        ]
        return [(self.address(page=str(n)), words) for n, words, there in offered if there]

    @property
    def form(self) -> str:
        """The id of the form that holds the filters."""
        return f"filters-{self.name}" if self.among else "filters"

    def parameter(self, name: str) -> str:
        """What this table calls a parameter of the page's address."""
        return f"{self.name}.{name}" if self.among else name

    def _said(self, name: str) -> str:
        return self.params.get(self.parameter(name), "")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a filter leaves as it is: the page's other parameters, sorting and grouping."""
        own = {self.parameter(f"f_{c.key}") for c in self.columns}
        own |= {self.parameter("export"), self.parameter("page")}
        return [(k, self.params[k]) for k in self.params if k not in own and self.params[k]]

    @property
    def cleared(self) -> str:
        """This page's address without what this table was asked for."""
        own = {self.parameter("sort"), self.parameter("group")}
        return "?" + urlencode([(k, v) for k, v in self.kept if k not in own])

    @property
    def sheet(self) -> str:
        """The address of this table as an Excel file."""
        return self.address(export="xlsx")

    def _filtered(self, rows: list[Any]) -> list[Any]:
        for column in self.columns:
            wanted = self._said(f"f_{column.key}").strip() if column.filter else ""
            if wanted:
                rows = [row for row in rows if self._passes(column, row, wanted)]
        return rows

    def _passes(self, column: Column, row: Any, wanted: str) -> bool:
        said = plain(column, row)
        return said == wanted if column.filter == "choice" else wanted.lower() in said.lower()

    def _sorted(self, rows: list[Any]) -> list[Any]:
        key = self._said("sort")
        column = next((c for c in self.columns if c.key == key.lstrip("-")), None)
        if column:
            rows = sorted(rows, key=lambda row: sort_key(column, row), reverse=key[0] == "-")
        group = self._group()
        return sorted(rows, key=lambda row: sort_key(group, row)) if group else rows

    def _group(self) -> Column | None:
        wanted = self._said("group")
        return next((c for c in self.columns if c.group and c.key == wanted), None)

    def address(self, **changes: str) -> str:
        """This page's query string with some parameters changed; empty ones dropped.

        What is sorted, grouped or exported anew begins at the first page.
        """
        own = {self.parameter(name): value for name, value in {"page": "", **changes}.items()}
        params = {**{k: self.params[k] for k in self.params}, **own}
        return "?" + urlencode({k: v for k, v in params.items() if v})

    @property
    def groupings(self) -> list[tuple[str, Any, bool]]:
        """The columns the list may be grouped by: address, label, and whether it is now."""
        now = self._group()
        return [
            (self.address(group="" if c is now else c.key), c.label, c is now)
            for c in self.columns
            if c.group
        ]

    @property
    def html(self) -> SafeString:
        """The whole table."""
        body = self._body()
        mark = '<th class="pick"></th>' if self.select else ""
        return mark_safe(
            f'<table class="ledger" id="table-{escape(self.name)}"><thead><tr>{mark}'
            f"{''.join(self._head(c) for c in self.columns)}</tr>{self._filters()}</thead>"
            f"<tbody>{body}</tbody></table>"
        )

    def _head(self, column: Column) -> str:
        now = self._said("sort")
        down = now == column.key
        arrow = " ↑" if down else " ↓" if now == f"-{column.key}" else ""
        address = escape(self.address(sort=f"-{column.key}" if down else column.key))
        shape = f"{column.kind}{' wide' if column.wide else ''}"
        return (
            f'<th class="{shape}" data-column="{column.key}">'
            f'<a href="{address}">{escape(str(column.label))}{arrow}</a></th>'
        )

    def _filters(self) -> str:
        if not any(c.filter for c in self.columns) or len(self.all_rows) < 2:
            return ""
        mark = "<th></th>" if self.select else ""
        return f'<tr class="filters">{mark}{"".join(self._filter(c) for c in self.columns)}</tr>'

    def _filter(self, column: Column) -> str:
        if not column.filter:
            return "<th></th>"
        name, now = self.parameter(f"f_{column.key}"), self._said(f"f_{column.key}")
        label = escape(str(column.label))
        if column.filter == "text":
            return (
                f'<th><input form="{self.form}" name="{name}" value="{escape(now)}" '
                f'aria-label="{label}"></th>'
            )
        said = sorted(_words(column, self.all_rows))
        options = "".join(
            f"<option{' selected' if text == now else ''}>{escape(text)}</option>"
            for text in said
            if text != DASH
        )
        return (
            f'<th><select form="{self.form}" name="{name}" aria-label="{label}">'
            f'<option value=""></option>{options}</select></th>'
        )

    def _body(self) -> str:
        width = len(self.columns) + bool(self.select)
        if not self.shown:
            said = str(self.empty) if not self.all_rows else _("没有符合筛选条件的行。")
            return f'<tr class="empty"><td colspan="{width}">{escape(said)}</td></tr>'
        out, last, group = [], None, self._group()
        opened = [(column, opening(column)) for column in self.columns]
        for row in self.on_page:
            if group:
                now = plain(group, row)
                if now != last:
                    out.append(f'<tr class="group"><th colspan="{width}">{escape(now)}</th></tr>')
                last = now
            out.append(self._row(row, opened))
        return "".join(out)

    def _row(self, row: Any, opened: Sequence[tuple[Column, str]]) -> str:
        mark = ""
        if self.select:
            value = escape(self.select(row))
            label = escape(_("选中"))
            mark = (
                f'<td class="pick"><input type="checkbox" name="selected" value="{value}" '
                f'aria-label="{label}"></td>'
            )
        return f"<tr>{mark}{''.join([f'{tag}{inner(c, row)}</td>' for c, tag in opened])}</tr>"

    def matrix(self) -> tuple[list[str], list[list[Any]]]:
        """Head and rows as plain values, for a sheet: what is on the screen, and all of it."""
        head = [str(c.label) for c in self.columns]
        return head, [[exported(c, row) for c in self.columns] for row in self.shown]


def _words(column: Column, rows: Iterable[Any]) -> set[str]:
    """What stands in a column; texts that come again and again are put into words once."""
    if column.kind != "text":
        return {plain(column, row) for row in rows}
    texts: set[str] = set()
    others: dict[int, Any] = {}
    for row in rows:
        value = column.value(row)
        if type(value) is str:
            texts.add(value)
        else:
            others[id(value)] = value
    return set(map(shown, texts)).union(map(shown, others.values()))


def plain(column: Column, row: Any) -> str:
    """A cell as plain text; a dash where there is nothing."""
    value = column.value(row)
    if column.kind == "light":
        return light_words().get(light_of(value)[0], DASH)
    if column.kind == "standing":
        return shown(light_of(value)[1])
    if column.kind == "period" and value:
        return period_label(value)
    return shown(value)


def shown(value: Any) -> str:
    """A value in words: dates on the office's clock, a true minus, a dash for nothing."""
    if value is None or value == "":
        return DASH
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{value:,}".replace("-", "\u2212")
    return str(value)


def light_of(value: Any) -> tuple[str, str]:
    """Light and reason from a verdict or a pair."""
    if isinstance(value, tuple):
        return value
    return str(value.light), str(value.sentence)


def sort_key(column: Column, row: Any) -> tuple[int, Any]:
    """What a column sorts by: nothing last, lights by gravity."""
    value = column.value(row)
    if value is None or value == "":
        return (1, "")
    if column.kind in ("light", "standing"):
        return (0, LIGHT_ORDER.get(light_of(value)[0], 9))
    return (0, value if isinstance(value, int | Decimal | date | datetime) else str(value))


def exported(column: Column, row: Any) -> Any:
    """A cell as a sheet takes it: numbers stay numbers, dates stay dates."""
    value = column.value(row)
    if column.kind == "number" and isinstance(value, int | float | Decimal):
        return float(value) if isinstance(value, Decimal) else value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return "" if value is None else plain(column, row)


def opening(column: Column) -> str:
    """The tag that opens each cell of a column."""
    shape = f"{column.kind}{' wide' if column.wide else ''}"
    return f'<td class="{shape}" data-label="{escape(str(column.label))}">'


def inner(column: Column, row: Any) -> str:
    """What stands in a cell as HTML, everything from outside escaped."""
    value = column.value(row)
    if column.kind == "light":
        said = light_html(*light_of(value))
    elif column.kind == "standing":
        said = standing_html(*light_of(value))
    elif column.kind == "html" and isinstance(value, SafeString):
        said = str(value)
    else:
        said = escape(plain(column, row))
    address = column.href(row) if column.href else ""
    return f'<a href="{escape(address)}">{said}</a>' if address else said
