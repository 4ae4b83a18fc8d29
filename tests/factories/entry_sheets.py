"""A small server with one form, as the entry sheet sees it: cells, a draft with versions, faults.

It serves the page under the product's own content policy and can be stopped and started again on
the same port. What it keeps is what an honest server would: the texts and who wrote them last.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.utils import translation

from factories.site import free_port

PAGE = """<!doctype html><html lang="{{ lang }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ title }}</title>
<link rel="stylesheet" href="/static/common/luodi.css">
<link rel="stylesheet" href="/static/common/grid.css"></head><body>
<header class="top"><span class="brand"><b>落地</b></span></header>
<div class="frame"><nav class="rail"></nav><main id="main">
<div class="head"><h1>{{ title }}</h1><div class="acts">
<form method="post" action="/submit" data-after-save><button id="hand-in">{{ submit }}</button></form>
</div></div>
{% include "common/grid.html" with source="/sheet.json?as="|add:who draft="/draft?as="|add:who %}
</main></div>
<script src="/static/common/luodi.js" type="module"></script>
<script src="/static/common/grid/grid.js" type="module"></script></body></html>"""
POLICY = "; ".join(
    f"{name} {' '.join(str(one) for one in sources)}"
    for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)


def layout(rows: int, columns: int) -> dict[str, Any]:
    """`rows` enterprises by `columns` figures, the last column in words; generated, as it says."""
    heads = [
        ("工业总产值", "万元"),
        ("营业收入", "万元"),
        ("用电量", "万千瓦时"),
        ("从业人员", "人"),
    ]
    kinds = [
        {"key": f"c{c}", "label": heads[c % 4][0] + ("" if c < 4 else f"（{c // 4}）"),
         "unit": heads[c % 4][1], "kind": "number", "group": f"第{c // 4 + 1}组"}
        for c in range(columns - 1)
    ]  # fmt: skip
    kinds.append({"key": f"c{columns - 1}", "label": "备注", "unit": "", "kind": "text"})
    return {
        "columns": kinds,
        "rows": [{"key": f"r{r}", "label": f"演示企业{r + 1:03}（生成）"} for r in range(rows)],
        "totals": {"label": "合计", "columns": ["c0", "c1"]},
    }


@dataclass
class Form:
    """One form: what was typed, by whom, since which version."""

    rows: int = 200
    columns: int = 40
    locked: dict[str, dict[str, str]] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    written: dict[str, tuple[int, str]] = field(default_factory=dict)
    explanations: dict[str, str] = field(default_factory=dict)
    version: int = 1
    posts: int = 0
    submitted: list[str] = field(default_factory=list)
    closed: str = ""
    signed_out: bool = False
    lock: Any = field(default_factory=threading.Lock)

    def faults(self) -> list[dict[str, Any]]:
        """Words in a figure's cell are wrong; output under revenue asks for an explanation."""
        found = []
        for cell, text in self.cells.items():
            plain = text.replace(",", "").replace(".", "").replace("-", "")
            if text and not cell.endswith(f":c{self.columns - 1}") and not plain.isdecimal():
                found.append(fault([cell], True, f"“{text}”不是数。", "number"))
        for r in range(self.rows):
            pair = [self.cells.get(f"r{r}:c{c}", "") for c in (0, 1)]
            if all(one.isdecimal() for one in pair) and int(pair[0]) > 2 * int(pair[1]):
                cells = [f"r{r}:c0", f"r{r}:c1"]
                found.append(fault(cells, False, "总产值超过营业收入的两倍，请说明。", "ratio"))
        return found

    def sheet(self) -> dict[str, Any]:
        return {
            **layout(self.rows, self.columns),
            "version": self.version,
            "cells": self.cells,
            "locked": self.locked,
            "faults": self.faults(),
            "explanations": self.explanations,
            "writable": not self.closed,
            "before": {"r0:c0": "480"},
        }

    def draft(self, who: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Merge what somebody typed; cells that another changed meanwhile are refused."""
        with self.lock:
            self.posts += 1
            if self.closed:
                return 409, {"sentence": self.closed}
            newer = {
                cell: by
                for cell, (version, by) in self.written.items()
                if version > asked["version"] and by != who
            }
            conflicts = {
                cell: {"typed": text, "by": who, "held": self.cells[cell], "held_by": newer[cell]}
                for cell, text in asked["cells"].items()
                if cell in newer and self.cells[cell] != text
            }
            typed = {c: t for c, t in asked["cells"].items() if c not in conflicts}
            assert not set(typed) & set(self.locked)
            if typed or asked["explanations"]:
                self.version += 1
            self.cells.update(typed)
            self.written.update(dict.fromkeys(typed, (self.version, who)))
            self.explanations.update(asked["explanations"])
            return 200, {
                "version": self.version,
                "merged": {cell: self.cells[cell] for cell in newer},
                "conflicts": conflicts,
                "faults": self.faults(),
                "saved": "已保存 12:03",
            }


def fault(cells: list[str], hard: bool, text: str, rule: str) -> dict[str, Any]:
    return {"cells": cells, "hard": hard, "text": text, "rule": rule}


class Handler(BaseHTTPRequestHandler):
    """One answer at a time; what a page may load is what the product's policy says."""

    form: Form
    protocol_version = "HTTP/1.0"  # a stopped server keeps no connection

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def answer(self, status: int, body: bytes, media: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": media,
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, status: int, said: dict[str, Any]) -> None:
        self.answer(status, json.dumps(said).encode(), "application/json")

    @property
    def who(self) -> str:
        return self.path.partition("as=")[2].split("&")[0]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/sheet.json":
            self.say(200, self.form.sheet())
        elif path.startswith("/static/"):
            self.static(path.removeprefix("/static/"))
        elif path in ("/", "/en"):
            self.page("en" if path == "/en" else "zh-hans")
        else:
            self.answer(404, b"", "text/plain")

    def static(self, name: str) -> None:
        found = finders.find(name)
        if not found:
            self.answer(404, b"", "text/plain")
            return
        media = mimetypes.guess_type(name)[0] or "text/plain"
        self.answer(200, Path(str(found)).read_bytes(), media)

    def page(self, language: str) -> None:
        with translation.override(language):
            html = (
                engines["django"]
                .from_string(PAGE)
                .render(
                    {
                        "title": "规模以上工业月报（演示）",
                        "submit": "提交",
                        "lang": language,
                        "who": self.who or "甲",
                    }
                )
            )
        headers = {"Content-Security-Policy": POLICY, "Set-Cookie": "csrftoken=x" + "1" * 31}
        self.answer(200, html.encode(), "text/html; charset=utf-8", **headers)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.form.signed_out:
            self.answer(302, b"", "text/plain", Location="/sign-in/")
        elif self.path.startswith("/draft"):
            assert self.headers["X-CSRFToken"]
            self.say(*self.form.draft(self.who, json.loads(body)))
        else:
            self.form.submitted.append(json.dumps(self.form.cells, sort_keys=True))
            self.answer(200, "已提交".encode(), "text/html; charset=utf-8")


@dataclass
class FormServer:
    """The form on a port of loopback; `stop` and `start` at will."""

    form: Form
    port: int = field(default_factory=free_port)
    server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        handler = type("FormHandler", (Handler,), {"form": self.form})
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


@contextmanager
def serving(form: Form) -> Iterator[FormServer]:
    """A form server for the length of a test."""
    one = FormServer(form)
    one.start()
    try:
        yield one
    finally:
        one.stop()
