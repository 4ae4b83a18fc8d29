"""The JSON of a compiled source: the contract of DESIGN.md section 5, schema "luodi.compiled/1"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from luodi.kit.commitments import Heading, Measure, Organ, Policy, Project
from luodi.kit.compiled.compiling import Compiled, Document
from luodi.kit.layout import Layout
from luodi.kit.outlines import Box, Head, Table
from luodi.kit.problems import Problem, Span
from luodi.kit.targets import Indicator

SCHEMA = "luodi.compiled/1"


def to_json(compiled: Compiled) -> dict[str, Any]:
    """The contract's object for one source."""
    writer = _Writer(compiled.layout)
    return {
        "schema": SCHEMA,
        "source": _source_json(compiled),
        "documents": [writer.document(one) for one in compiled.documents],
        "findings": [finding_json(one) for one in compiled.findings],
    }


def _source_json(compiled: Compiled) -> dict[str, Any]:
    """The source; `ocr` only where lines were recognised: confidence 0 to 1, page from 0."""
    source: dict[str, Any] = {
        "name": compiled.name,
        "sha256": compiled.sha256,
        "chars": compiled.size,
    }
    if compiled.ocr:
        source["ocr"] = [
            {
                "span": list(line.span),
                "confidence": round(line.confidence, 3),
                "page": line.page,
                "box": [round(side, 4) for side in line.box],
            }
            for line in compiled.ocr
        ]
    return source


def finding_json(finding: Problem) -> dict[str, Any]:
    """A finding as the contract writes it."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "spans": [list(span) for span in finding.spans],
    }


class _Writer:
    """Writes the items of one source; knows the layout, to say where an item is cut."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.paragraphs = layout.paragraphs

    def at(self, span: Span) -> dict[str, Any]:
        """`span`, and `parts` where page furniture cuts it."""
        parts = self.layout.parts(span)
        place: dict[str, Any] = {"span": list(span)}
        if len(parts) > 1:
            place["parts"] = [list(part) for part in parts]
        return place

    def document(self, one: Document) -> dict[str, Any]:
        head = one.head
        return {
            "title": head.title,
            "number": head.number or None,
            "issuer": head.issuer or None,
            "date": head.date or None,
            "kind": head.kind or None,
            "notice": self.notice(head),
            "span": list(one.span),
            "outline": [self.heading(item) for item in one.outline],
            "measures": [self.measure(item) for item in one.measures],
            "indicators": [self.indicator(item) for item in one.indicators],
            "projects": [self.project(item) for item in one.projects],
            "organs": [self.organ(item) for item in one.organs],
            "systems": [
                {"name": item.name, "status": item.status, **self.at(item.span)}
                for item in one.systems
            ],
            "policies": [self.policy(item) for item in one.policies],
            "boxes": [self.box(item) for item in one.boxes],
            "tables": [self.table(item) for item in one.tables],
        }

    def notice(self, head: Head) -> dict[str, Any] | None:
        if not head.notice:
            return None
        notice = head.notice
        return {
            "title": notice.title,
            "addressees": notice.addressees or None,
            **self.at(notice.span),
        }

    def heading(self, item: Heading) -> dict[str, Any]:
        return {
            "level": item.level,
            "label": item.label,
            "title": item.title,
            **self.at(item.span),
        }

    def measure(self, item: Measure) -> dict[str, Any]:
        return {
            "label": item.label,
            "title": item.title,
            "path": list(item.path),
            "units": [{"name": unit.name, "role": unit.role} for unit in item.units],
            "deadline": item.deadline or None,
            **self.at(item.span),
        }

    def indicator(self, item: Indicator) -> dict[str, Any]:
        row = {
            "name": item.name,
            "entity": item.entity or None,
            "value": item.value,
            "unit": item.unit,
            "comparator": item.comparator,
            "period": item.period or None,
            "kind": item.kind,
            "nature": item.nature or None,
        }
        if item.value_to:
            row["value_to"] = item.value_to
        for key in ("base", "basis", "scope", "doubt"):
            if said := getattr(item, key):
                row[key] = said
        return row | self.at(item.span)

    def project(self, item: Project) -> dict[str, Any]:
        money = {"value": item.value, "unit": item.unit} if item.value else None
        return {
            "name": item.name,
            "investment": money,
            "box": item.box or None,
            **self.at(item.span),
        }

    def policy(self, item: Policy) -> dict[str, Any]:
        return {
            "name": item.name,
            "articles": item.articles,
            "aspects": item.aspects or None,
            **self.at(item.span),
        }

    def organ(self, item: Organ) -> dict[str, Any]:
        return {
            "name": item.name,
            "term": {"from": item.since or None, "to": item.until or None},
            "members": [
                {"role": one.role, "name": one.name, "post": one.post} for one in item.members
            ],
            **self.at(item.span),
        }

    def box(self, item: Box) -> dict[str, Any]:
        items = ["\n".join(self.paragraphs[n].text for n in one) for one in item.items]
        place = self.at(self.hull(item.at))
        return {"label": item.label, "title": item.title, "items": items, **place}

    def hull(self, at: Sequence[int]) -> Span:
        """The hull of some paragraphs."""
        spans = [self.paragraphs[n].span for n in at]
        return min(start for start, _ in spans), max(end for _, end in spans)

    def table(self, item: Table) -> dict[str, Any]:
        hull = self.hull(item.at)
        return {
            "label": item.label,
            "title": item.title,
            "header": list(item.header),
            "rows": [list(row) for row in item.rows],
            "problems": list(item.problems),
            **self.at(hull),
        }
