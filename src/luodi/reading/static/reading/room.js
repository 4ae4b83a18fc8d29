// The reading room: what a card says and where the source says it light up together; keys.

const room = () => document.getElementById("room");
const cards = () => [...document.querySelectorAll("#cards .card, .findings .card")];
const marksOf = (token) => [...document.querySelectorAll(`.source mark[data-t~="${token}"]`)];
const innermost = (mark) => mark.dataset.t.split(" ").filter((token) => cardOf(token)).at(-1);
const cardOf = (token) => document.querySelector(`.side [data-token="${token}"]`);
const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

let now = "";

function light(token, name) {
  document.querySelectorAll(`.source mark.${name}`).forEach((mark) => mark.classList.remove(name));
  if (token) marksOf(token).forEach((mark) => mark.classList.add(name));
}

function scrollInto(element, pane) {
  const place = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const inside = place.top >= frame.top + 40 && place.bottom <= frame.bottom - 24;
  if (!inside) pane.scrollBy({ top: place.top - frame.top - frame.height / 3 });
}

function go(token, { source = true, card = true } = {}) {
  now = token;
  document.querySelectorAll(".side .card.now").forEach((one) => one.classList.remove("now"));
  const chosen = cardOf(token);
  light(token, "now");
  if (!chosen) return;
  chosen.classList.add("now");
  chosen.focus({ preventScroll: true });
  if (card) chosen.scrollIntoView({ block: "nearest" });
  const mark = marksOf(token)[0];
  if (source && mark) scrollInto(mark, document.querySelector(".source"));
}

function move(by) {
  const all = cards();
  if (!all.length) return;
  const place = all.findIndex((one) => one.dataset.token === now);
  const next = all[Math.min(all.length - 1, Math.max(0, place + by))] || all[0];
  go(next.dataset.token);
}

function press(what) {
  const card = cardOf(now);
  const button = card?.querySelector(`[data-do="${what}"]`);
  if (button) button.click();
  return Boolean(button);
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press("accept"),
  e: () => press("edit"),
  x: () => press("reject"),
  u: () => press("undo") || document.querySelector('[data-do="undo-last"]')?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && press("cancel")) return;
  if (typing(event.target) || !room() || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("mouseover", (event) => {
  const card = event.target.closest?.(".side .card");
  const mark = event.target.closest?.(".source mark");
  light(card?.dataset.token || (mark && innermost(mark)) || "", "near");
});

document.addEventListener("click", (event) => {
  if (event.target.closest("button, a, input, select, textarea, label")) return;
  const mark = event.target.closest(".source mark");
  const card = event.target.closest(".side .card");
  if (mark && innermost(mark)) go(innermost(mark), { source: false });
  else if (card) go(card.dataset.token, { card: false });
});

document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.(".side .card");
  if (card && card.dataset.token !== now) {
    now = card.dataset.token;
    document.querySelectorAll(".side .card.now").forEach((one) => one.classList.remove("now"));
    card.classList.add("now");
    light(now, "now");
  }
});

// After a decision the next card that is left comes up; elsewhere the card stays in view.
let decided = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  decided = Boolean(event.detail.elt.matches?.('[data-do="accept"], [data-do="reject"]'));
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.target.closest?.("#room")) return;
  const card = event.target.closest?.(".side .card");
  if (card?.classList.contains("editing")) {
    card.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    light(card.dataset.token, "now");
  } else if (decided) {
    decided = false;
    const all = cards();
    const place = all.findIndex((one) => one.dataset.token === now);
    const next = all.slice(place + 1).find((one) => one.classList.contains("undecided"));
    go((next || all[place])?.dataset.token || "");
  } else if (now) go(now, { source: false });
});

// When the whole room comes anew, both panes stay where they were.
let scrolled = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "room") return;
  scrolled = [...document.querySelectorAll(".pane")].map((pane) => pane.scrollTop);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (!document.querySelector(".pane") || !scrolled.length) return;
  document.querySelectorAll(".pane").forEach((pane, n) => { pane.scrollTop = scrolled[n]; });
  scrolled = [];
  if (now) go(now, { source: false });
});

// A step on several cards names the one to come back to.
document.addEventListener("cards-changed", (event) => {
  const card = event.detail?.card;
  if (card) now = `c${card}`;
});

// An address with a place opens at it.
const asked = document.getElementById("at");
if (asked) scrollInto(asked, document.querySelector(".source"));
