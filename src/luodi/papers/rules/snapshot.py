"""The shape of a frozen composition, checked when it is frozen; its digest.

A content is a head and blocks. A block is a heading, a paragraph or a table; a paragraph and a
cell hold runs; a run is text, or a figure that names where it comes from. The same content
always has the same digest: the SHA-256 of its canonical JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from luodi.audit.rules import canonical, sha256
from luodi.common.refusals import Mendable, Refusal

PERIODICALS = ("progress_report", "bulletin")
MOST_BLOCKS = 5_000
MOST_TEXT = 200_000
HARMFUL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What neither XML nor a reader's eye can take: control and direction marks."""


class Piece(BaseModel):
    """A frozen part that knows no other fields than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __init__(self, **fields: Any) -> None:
        """Raises `Refusal` where a field isn't of the shape: what people typed never crashes."""
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise _refusal(error) from error


class Words(Piece):
    """Plain text. `face` 1 or 2 sets a run-in heading of that level."""

    kind: Literal["text"] = "text"
    text: str = Field(max_length=MOST_TEXT)
    face: int = Field(default=0, ge=0, le=2)


class Figure(Piece):
    """A number as shown. `source` is a subject key or an address; `id` its place in the paper."""

    kind: Literal["figure"] = "figure"
    id: str = Field(default="", max_length=12)
    value: str = Field(min_length=1, max_length=60)
    unit: str = Field(default="", max_length=20)
    source: str = Field(min_length=1, max_length=200)
    label: str = Field(min_length=1, max_length=200)

    @property
    def text(self) -> str:
        """Value and unit as the paper shows them."""
        return f"{self.value}{self.unit}"


Run = Annotated[Words | Figure, Field(discriminator="kind")]


class Heading(Piece):
    """A heading as printed, label and all. Level 1 一、, 2 （一）, 3 for `1.`"""

    kind: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=4)
    text: str = Field(min_length=1, max_length=400)
    source: str = Field(default="", max_length=200)


class Paragraph(Piece):
    """Runs, and whose words they are: the office's, or a unit's (its key and name)."""

    kind: Literal["paragraph"] = "paragraph"
    runs: tuple[Run, ...] = Field(min_length=1)
    voice: Literal["office", "unit"] = "office"
    unit: str = Field(default="", max_length=40)
    unit_name: str = Field(default="", max_length=120)
    source: str = Field(default="", max_length=200)


class Table(Piece):
    """A captioned table; each cell is a tuple of runs, each row as wide as the head."""

    kind: Literal["table"] = "table"
    caption: str = Field(default="", max_length=200)
    head: tuple[str, ...] = Field(min_length=1, max_length=20)
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


Block = Annotated[Heading | Paragraph | Table, Field(discriminator="kind")]


class Head(Piece):
    """Head and tail matter: what stands around the text. The number comes with the signature."""

    title: str = Field(min_length=1, max_length=200)
    masthead: str = Field(default="", max_length=80)
    office: str = Field(min_length=1, max_length=120)
    year: int = Field(ge=1949, le=2200)
    period: str = Field(default="", max_length=10)
    report_to: str = Field(default="", max_length=200)
    copy_to: str = Field(default="", max_length=200)
    addressees: str = Field(default="", max_length=400)
    attachments: tuple[str, ...] = Field(default=(), max_length=40)


class Content(Piece):
    """A whole paper but its number and date."""

    layout: Literal["luodi.paper/1"] = "luodi.paper/1"
    kind: Literal[
        "progress_report", "notice", "correction_note", "brief", "bulletin", "minutes",
        "warning_letter", "talk_notice", "appraisal_notice", "appraisal_bulletin",
        "grading_notice", "grading_bulletin", "evaluation_report",
    ]  # fmt: skip
    head: Head
    blocks: tuple[Block, ...] = Field(min_length=1, max_length=MOST_BLOCKS)

    @property
    def is_periodical(self) -> bool:
        """True for a numbered issue with office and day below its head, false for a letter."""
        return self.kind in PERIODICALS


def text(said: str, face: int = 0) -> Words:
    """A text run."""
    return Words(text=said, face=face)


def figure(label: str, value: object, source: str, unit: str = "") -> Figure:
    """A figure run; a negative number is shown with a true minus sign."""
    shown = re.sub(r"^-(?=\d)", "\u2212", str(value))
    return Figure(label=label[:200], value=shown, unit=unit, source=source)


def runs_of(content: Content) -> Iterator[Words | Figure]:
    """All runs in reading order."""
    for block in content.blocks:
        if isinstance(block, Paragraph):
            yield from block.runs
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from cell


def figures_of(content: Content) -> dict[str, Figure]:
    """Every figure by its id, in reading order."""
    return {run.id: run for run in runs_of(content) if isinstance(run, Figure)}


def freeze(content: Content) -> tuple[dict[str, Any], int]:
    """The JSON to be frozen and how many harmful characters were taken out of it.

    Figures are numbered f1, f2, … in reading order. Raises `Refusal` where a row is wider or
    narrower than its head, or where what is left doesn't fit the shape.
    """
    plain, removed = clean(content.model_dump(mode="json"))
    for number, run in enumerate(_figures_in(plain), start=1):
        run["id"] = f"f{number}"
    checked = read(plain)
    for block in checked.blocks:
        if isinstance(block, Table) and any(len(row) != len(block.head) for row in block.rows):
            raise Mendable(_("表格“%s”有的行与表头列数不同，没有定稿。") % block.caption)
    return checked.model_dump(mode="json"), removed


def read(plain: Mapping[str, Any]) -> Content:
    """A stored content as its typed self. Raises `Refusal` where it isn't of the shape."""
    try:
        return Content.model_validate(dict(plain))
    except ValidationError as error:
        raise _refusal(error) from error


def _refusal(error: ValidationError) -> Refusal:
    """The first fault as a sentence."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    said = {"place": place, "why": first["msg"]}
    return Mendable(_("文稿内容不合格式（%(place)s：%(why)s），没有定稿。") % said)


def digest(plain: Mapping[str, Any]) -> str:
    """The digest of a content."""
    return sha256(canonical(plain))


def clean(value: Any) -> tuple[Any, int]:
    """A JSON value without harmful characters, and how many there were."""
    if isinstance(value, str):
        bare = HARMFUL.sub("", value)
        return bare, len(value) - len(bare)
    if isinstance(value, dict):
        pairs = {key: clean(inner) for key, inner in value.items()}
        return {k: v for k, (v, _n) in pairs.items()}, sum(n for _v, n in pairs.values())
    if isinstance(value, list | tuple):
        items = [clean(inner) for inner in value]
        return [v for v, _n in items], sum(n for _v, n in items)
    return value, 0


def _figures_in(plain: Any) -> Iterator[dict[str, Any]]:
    if isinstance(plain, dict):
        if plain.get("kind") == "figure":
            yield plain
        for inner in plain.values():
            yield from _figures_in(inner)
    elif isinstance(plain, list):
        for inner in plain:
            yield from _figures_in(inner)
