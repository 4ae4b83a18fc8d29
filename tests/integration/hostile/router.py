"""Every address of the router with real keys in it, and the forms that stand on the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from factories.busy import Busy, kind_of
from luodi.ledger.flows import ITEM
from luodi.projects.flows import PROBLEM
from luodi.services.flows import REQUEST
from luodi.supervision.flows import LETTER, RECTIFICATION


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


BY_TOKEN = ("api_me", "api_indicators", "api_values", "api_filings", "api_filing", "api_draft",
            "api_submit")  # fmt: skip
"""Reached with a token, not with a session: tests/integration/api asks them about foreign keys."""

ROUTES = {p.name: p for p in patterns(get_resolver()) if p.name not in BY_TOKEN}
FLOWS = (ITEM, PROBLEM, LETTER, RECTIFICATION)
MOVES = sorted({move.name for flow in FLOWS for move in flow.moves} | {"apply", "recognise"})
FLOWS = (ITEM, PROBLEM, LETTER, RECTIFICATION, REQUEST)
MOVES = sorted({move.name for flow in FLOWS for move in flow.moves})


def addresses(name: str, busy: Busy, most: int = 3) -> list[str]:
    """Up to so many addresses of a route, each to another thing of the city."""
    wanted = ROUTES[name].pattern.converters
    if not wanted:
        return [reverse(name)]
    keys = busy.keys[kind_of(name)] if "key" in wanted else [""]
    found = []
    for n in range(most):
        values = {
            "key": keys[n % len(keys)] if keys else "0" * 16,
            "other": keys[(n + 1) % len(keys)] if keys else "0" * 16,
            "card": int(busy.keys["card"][n]),
            "message": int(busy.keys["message"][n]),
            "year": 2026 + n,
            "month": n + 1,
            "token": "0" * 43,
            "sha256": busy.keys["sha256"][n % len(busy.keys["sha256"])],
            "position": n + 1,
            "minute": 29_000_000,
            "start": 0,
            "end": 40 * (n + 1),
            "number": n + 1,
            "width": 900,
            "name": "x.txt",
            "finding": busy.keys["finding"][n % len(busy.keys["finding"])],
            "file": busy.keys["file"][n % len(busy.keys["file"])],
            "figure": "f1",
            "register": ("credit", "green-parks", "specialised")[n % 3],
            "view": ("segments", "firms", "x")[n % 3],
            "supply": int(busy.keys["supply"][n % len(busy.keys["supply"])]),
            "honour": int(busy.keys["honour"][0]),
            "event": int(busy.keys["promotion_event"][0]),
            "form": ("docx", "pdf", "x")[n % 3],
            "enterprise": busy.keys["enterprise"][n % len(busy.keys["enterprise"])],
            "problem": busy.keys["problem"][n % len(busy.keys["problem"])],
            "person": busy.city.people["zone_leader"],
            "measure": (busy.keys["rectification"] or ["x"])[0],
            "move": MOVES[n % len(MOVES)],
        }
        found.append(reverse(name, kwargs={arg: values[arg] for arg in wanted}))
    if name in {"move_item", "move_request", "move_my_request"}:
        found += [reverse(name, args=[key, move]) for key in keys[:most] for move in MOVES]
    return list(dict.fromkeys(found))


@dataclass
class Form:
    """A form as a page offers it: where it goes, and what it would send as it stands."""

    method: str
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """Collects the forms of a page; fields may name their form by `form=`."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.found, self.by_id = address, [], {}
        self.now: Form | None = None
        self.name = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {k: v or "" for k, v in attrs}
        if tag == "form":
            action = said.get("action") or said.get("hx-post") or self.address
            method = "post" if "hx-post" in said else said.get("method", "get").lower()
            self.now = Form(method, action)
            self.found.append(self.now)
            self.by_id[said.get("id", "")] = self.now
        form = self.by_id.get(said["form"]) if "form" in said else self.now
        name = said.get("name", "")
        if form is None or (not name and tag != "option"):
            return
        if tag in {"input", "button", "textarea"}:
            form.fields.setdefault(name, []).append(said.get("value", ""))
        elif tag == "select":
            form.fields.setdefault(name, [])
            self.name = name
        elif tag == "option" and self.name and said.get("value"):
            form.fields.setdefault(self.name, []).append(said["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        if tag == "select":
            self.name = ""
