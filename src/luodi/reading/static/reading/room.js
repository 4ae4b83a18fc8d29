// The reading room: what a card says and where the source says it light up together; keys.
// All events are heard at the document: a thousand cards cost no more than one.
import { markOf, keepLight, light, shownMark } from "./marks.js";

const side = () => document.getElementById("side");
const source = () => document.querySelector(".source");
const cardOf = (token) => document.querySelector(`#side [data-token="${token}"]`);
const cardIn = (element) => element.closest?.("#side .card");
const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
const base = location.pathname;

let now = "";

function scrollInto(element, pane) {
  const place = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const inside = place.top >= frame.top + 40 && place.bottom <= frame.bottom - 24;
  const aside = place.left < frame.left || place.right > frame.right;
  if (!inside) pane.scrollBy({ top: place.top - frame.top - frame.height / 3 });
  if (aside) pane.scrollBy({ left: place.left - frame.left - 12 });
}

function choose(token) {
  cardOf(now)?.classList.remove("now");
  now = token;
  light(token, "now");
  const card = cardOf(token);
  card?.classList.add("now");
  return card;
}

function go(token, { inSource = true, card = true } = {}) {
  const chosen = choose(token);
  if (!chosen) return;
  chosen.focus({ preventScroll: true });
  if (card) chosen.scrollIntoView({ block: "nearest" });
  if (chosen.matches(".doubtful.undecided")) unfold(chosen);
  if (inSource) showInSource(token, chosen);
}

async function showInSource(token, card) {
  const mark = markOf(token) || (await shownMark(token, Number(card.dataset.start)));
  if (mark && now === token) scrollInto(mark, source());
}

// Cards stand beside each other, with heads between them.
function next(card, by, wanted = ".card") {
  for (let one = card; one; ) {
    one = by > 0 ? one.nextElementSibling : one.previousElementSibling;
    if (one?.matches(wanted)) return one;
  }
  return null;
}

function move(by) {
  const card = cardOf(now);
  const to = card ? next(card, by) : side().querySelector(".card");
  if (to) go(to.dataset.token);
}

// Steps go out one after the other, so that what is taken back is what was done last.
let pending = Promise.resolve();
function queue(step) {
  pending = pending.then(step).catch(() => {});
  return pending;
}

// What is done with a card goes to its address; the answer is the card as it stands then.
function send({ dataset: { token, pk } }, verb, what, values = {}) {
  const address = `${base}cards/${pk}/${what && `${what}/`}`;
  return queue(() => {
    const card = cardOf(token);
    return card && window.htmx.ajax(verb, address, { source: card, target: card, swap: "outerHTML", values });
  });
}

// A step on the whole document, by the form that its button stands in.
function sendWhole(what) {
  const button = document.querySelector(`[data-do="${what}"]`);
  if (!button || button.disabled) return;
  queue(() => window.htmx.ajax("POST", new URL(button.form.action).pathname, { source: button.form, swap: "none" }));
}

// The inside of a folded card comes when it is first unfolded; the card itself stays as it is.
async function unfold(card) {
  const details = card.querySelector("details");
  if (!details) return;
  details.open = true;
  if (details.querySelector(".body") || details.dataset.coming) return;
  details.dataset.coming = "1";
  const answer = await fetch(`${base}cards/${card.dataset.pk}/`, { headers: { "HX-Request": "true" } });
  delete details.dataset.coming;
  if (!answer.ok) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = parsed.querySelector(".body");
  if (body && !details.querySelector(".body")) details.append(body);
}

function fold(card) {
  const details = card.querySelector("details");
  if (details?.open) details.open = false;
  else unfold(card);
}

const DEEDS = {
  accept: (card) => { decide(card, "accept"); },
  reject: (card) => { decide(card, "reject"); },
  undo: (card) => send(card, "POST", "undo"),
  merge: (card) => send(card, "POST", "merge"),
  edit: (card) => send(card, "GET", "edit"),
  split: (card) => send(card, "GET", "split"),
  show: (card) => send(card, "GET", ""),
  lead: (card) => send(card, "POST", "lead", { name: card.querySelector(".lead-line select")?.value || "" }),
};
const deciding = () => Boolean(document.querySelector('[data-do="undo-last"]'));

// The next card that is left comes up at once; the answer follows.
function decide(card, what) {
  if (card.matches(what === "accept" ? ".accepted" : ".rejected")) { move(1); return; }
  const to = next(card, 1, ".card.undecided") || next(card, 1);
  send(card, "POST", what);
  card.classList.remove("undecided");
  if (to) go(to.dataset.token);
}

function press(what) {
  const card = cardOf(now);
  if (!card?.dataset.pk || !deciding() || card.matches(".editing")) return;
  DEEDS[what](card);
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press("accept"),
  e: () => press("edit"),
  x: () => press("reject"),
  l: () => press("lead"),
  o: () => cardOf(now)?.dataset.pk && fold(cardOf(now)),
  u: () => sendWhole("undo-last"),
  A: () => sendWhole("accept-certain"),
  v: () => document.querySelector('.switch a:not([aria-current])')?.click(),
};

document.addEventListener("keydown", (event) => {
  const card = cardIn(event.target);
  if (event.key === "Escape" && card?.matches(".editing")) { DEEDS.show(card); return; }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    card?.querySelector("form button:not([type=button])")?.click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || !side() || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

const tokenAt = (element) => {
  const card = cardIn(element);
  if (card) return card.dataset.token;
  const tokens = element.closest?.(".source [data-t]")?.dataset.t.split(" ") || [];
  return tokens.filter(cardOf).at(-1) || "";
};

let near = "";
document.addEventListener("mouseover", (event) => {
  const token = tokenAt(event.target);
  if (token === near) return;
  near = token;
  light(token, "near");
});

document.addEventListener("click", (event) => {
  const card = cardIn(event.target);
  const button = event.target.closest("button[data-do]");
  if (card && button && button.dataset.do in DEEDS) {
    choose(card.dataset.token);
    DEEDS[button.dataset.do](card);
    return;
  }
  if (event.target.closest("button, a, input, select, textarea, label")) return;
  if (card && event.target.closest("summary")) {
    event.preventDefault();
    go(card.dataset.token, { card: false });
    fold(cardOf(card.dataset.token));
  } else if (card) go(card.dataset.token, { card: false });
  else if (tokenAt(event.target)) go(tokenAt(event.target), { inSource: false });
});

document.addEventListener("focusin", (event) => {
  const card = cardIn(event.target);
  if (card && card.dataset.token !== now) choose(card.dataset.token);
});

// After an answer the present card is marked again, and what is to be filled in has the focus.
let moveOn = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  const saves = form.matches?.(".editing form") && event.detail.requestConfig.parameters.accept;
  moveOn = saves ? form.closest(".card").dataset.token : moveOn;
});
document.addEventListener("htmx:afterSettle", (event) => {
  const card = cardIn(event.target) || (event.target.matches?.("#side") && cardOf(now));
  if (!card) return;
  if (card.classList.contains("editing")) {
    choose(card.dataset.token);
    const field = card.querySelector("[data-doubt]") || card.querySelector("input:not([type=hidden])");
    field?.focus();
    field?.select?.();
  } else if (moveOn === card.dataset.token) {
    moveOn = "";
    const to = next(card, 1, ".card.undecided");
    go((to || card).dataset.token);
  } else if (card.dataset.token === now) go(now, { inSource: false });
});

// A step on more than one card says what to fetch anew; both panes stay where they were.
document.addEventListener("cards-changed", (event) => {
  const { cards, part } = event.detail;
  if (cards.length) choose(`c${cards[0]}`);
  const changed = cards.map((pk) => cardOf(`c${pk}`)).filter(Boolean);
  if (part === "room") window.htmx.trigger("#room", "room-changed");
  else if (part === "side" || changed.length < cards.length) fetchSide();
  else changed.forEach((card) => send(card, "GET", ""));
});

const fetchSide = () => window.htmx.ajax("GET", location.pathname + location.search, {
  source: "#side", target: "#side", swap: "outerHTML",
});

let scrolled = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!["room", "side"].includes(event.detail.target.id)) return;
  scrolled = [...document.querySelectorAll(".pane")].map((pane) => pane.scrollTop);
});
document.addEventListener("htmx:afterSwap", () => {
  if (!scrolled.length) return;
  document.querySelectorAll(".pane").forEach((pane, n) => { pane.scrollTop = scrolled[n]; });
  scrolled = [];
  keepLight();
  if (now) go(now, { inSource: false });
});

// An address with a place opens at it; otherwise the review begins with the first that is left.
const asked = document.getElementById("at");
if (asked) scrollInto(asked, source());
else if (deciding() && !location.search.includes("at=") && matchMedia("(min-width: 761px)").matches) {
  const first = side().querySelector("#cards .card.undecided");
  if (first) go(first.dataset.token);
}
