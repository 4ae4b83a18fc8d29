"""Steps on the entry sheet: where, what is saved, how long a key takes to be on the screen."""

from __future__ import annotations

import statistics

from playwright.sync_api import Page

PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
WATCH = """() => {
  window.spent = [];
  window.shifted = 0;
  document.addEventListener("keydown", (event) => {
    const begin = event.timeStamp;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => window.spent.push(performance.now() - begin);
      painted.port2.postMessage(0);
    });
  }, true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  window.framesOf = async (find) => {
    const pane = find();
    const times = [];
    let last = performance.now();
    for (let n = 0; n < 40; n += 1) {
      pane.scrollTop += 120;
      pane.scrollLeft += 60;
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    times.sort((a, b) => a - b);
    return `scrolling: a frame ${times[20].toFixed(0)} ms in the middle, ${times[38].toFixed(0)} at worst`;
  };
}"""


def opened(page: Page) -> float:
    """Wait for the sheet; milliseconds from the start of the navigation until it took keys."""
    page.wait_for_selector(".grid.ready", timeout=60000)
    return page.evaluate("() => performance.getEntriesByName('grid:ready')[0].startTime")


def watch(page: Page) -> None:
    """Begin to take times of keys, of frames, and of what jumps."""
    page.evaluate(WATCH)


def latencies(page: Page, keys: list[str]) -> tuple[float, float]:
    """Milliseconds from a key to its frame: the median, and what 95 % stay under."""
    page.evaluate("() => { window.spent.length = 0; }")
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(25)
    page.wait_for_timeout(200)
    spent = sorted(page.evaluate("() => window.spent"))
    return statistics.median(spent), spent[int(len(spent) * 0.95)]


def at(page: Page, r: int, c: int) -> None:
    """Put the hand on a cell."""
    page.locator(f"tbody tr >> nth={r} >> css=td >> nth={c}").click()


def saved(page: Page) -> None:
    """Wait until the server has everything."""
    page.wait_for_function(
        "() => !document.querySelector('[data-grid]').grid.store.unsaved", timeout=60000
    )
    page.locator(".grid-state.saved").wait_for(timeout=60000)
