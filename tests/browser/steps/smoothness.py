"""How smooth the reading room is: what is sent, when it is drawn, how fast keys and scrolling are."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise

LOADED = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const sent = [page, ...performance.getEntriesByType("resource")];
  return {
    answer: page.responseEnd, paint: paint?.startTime ?? 0, ready: page.loadEventEnd,
    bytes: sent.reduce((sum, one) => sum + one.transferSize, 0),
    nodes: document.getElementsByTagName("*").length,
  };
}"""
IDLE = """() => new Promise((done) => {
  requestIdleCallback(() => requestAnimationFrame(() => done(performance.now())));
})"""
KEYS = """async (times) => {
  const taken = [];
  for (let n = 0; n < times; n += 1) {
    const key = n % 10 === 9 ? "k" : "j";
    const began = performance.now();
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    taken.push(performance.now() - began);
  }
  return taken;
}"""
SCROLL = """async ([selector, frames]) => {
  const pane = document.querySelector(selector);
  const stamps = [];
  const step = pane.clientHeight * 0.6;
  pane.scrollTop = 0;
  await new Promise((next) => requestAnimationFrame(next));
  for (let n = 0; n <= frames; n += 1) {
    pane.scrollTop += step;
    stamps.push(await new Promise((next) => requestAnimationFrame(next)));
  }
  return stamps;
}"""


@dataclass(frozen=True)
class Figures:
    """Milliseconds, bytes and counts as seen in the browser."""

    answer_ms: float
    first_paint_ms: float
    interactive_ms: float
    sent_kb: float
    dom_nodes: float
    key_p50_ms: float
    key_p95_ms: float
    source_frame_p50_ms: float
    source_frame_p95_ms: float
    cards_frame_p50_ms: float
    cards_frame_p95_ms: float

    def lines(self) -> str:
        return "\n".join(f"{one.name:22} {getattr(self, one.name):10.1f}" for one in fields(self))


def part(values: list[float], share: float) -> float:
    """The value that this share of the values doesn't pass."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def frames(page, pane: str, count: int = 100) -> list[float]:
    """Times between frames while a pane scrolls by more than half its height in each."""
    return [after - before for before, after in pairwise(page.evaluate(SCROLL, [pane, count]))]


def measure(person, address: str, presses: int = 100) -> Figures:
    """Open the room and use it; a press counts from the key to the frame that shows it."""
    page = person.page
    page.goto(address, wait_until="load")
    interactive = page.evaluate(IDLE)
    loaded = page.evaluate(LOADED)
    keys = page.evaluate(KEYS, presses)
    source, cards = frames(page, ".source"), frames(page, ".side")
    return Figures(
        answer_ms=loaded["answer"],
        first_paint_ms=loaded["paint"],
        interactive_ms=interactive,
        sent_kb=loaded["bytes"] / 1024,
        dom_nodes=loaded["nodes"],
        key_p50_ms=part(keys, 0.5),
        key_p95_ms=part(keys, 0.95),
        source_frame_p50_ms=part(source, 0.5),
        source_frame_p95_ms=part(source, 0.95),
        cards_frame_p50_ms=part(cards, 0.5),
        cards_frame_p95_ms=part(cards, 0.95),
    )
