// Findings by keyboard: the same keys as in the reading room, and what a decision brings up next.

const all = () => [...document.querySelectorAll("#findings .finding")];
const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

let now = decodeURIComponent(location.hash).replace("#f-", "");

const current = () => all().find((one) => one.dataset.finding === now);

function go(finding, scroll = true) {
  if (!finding) return;
  now = finding.dataset.finding;
  all().forEach((one) => one.classList.toggle("now", one === finding));
  finding.focus({ preventScroll: true });
  if (scroll) finding.scrollIntoView({ block: "nearest" });
}

function move(by) {
  const place = all().findIndex((one) => one.dataset.finding === now);
  go(all()[Math.min(all().length - 1, Math.max(0, place + by))]);
}

function press(what) {
  const button = current()?.querySelector(`[data-do="${what}"]`);
  button?.click();
  return Boolean(button);
}

function dismiss() {
  const reason = current()?.querySelector(".dismiss");
  if (!reason) return;
  reason.open = true;
  reason.querySelector("textarea").focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press("accept"),
  x: dismiss,
  i: () => press("item"),
  u: () => press("undo"),
  o: () => press("source"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const open = event.target.closest?.(".dismiss[open]");
    if (open) { open.open = false; go(current()); return; }
    if (press("cancel")) return;
  }
  if (typing(event.target) || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("focusin", (event) => {
  const finding = event.target.closest?.("#findings .finding");
  if (!finding || finding.dataset.finding === now) return;
  now = finding.dataset.finding;
  all().forEach((one) => one.classList.toggle("now", one === finding));
});

// After a decision the next undecided one comes up; a form that came takes the cursor.
let decided = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  document.getElementById("notices").replaceChildren();
  decided = event.detail.elt.matches?.("form.accept, .dismiss form, .item-form") ?? false;
});
document.addEventListener("htmx:afterSettle", () => {
  const card = current();
  if (!card) return;
  const field = card.querySelector(".item-form select, .item-form input:not([type=hidden])");
  if (field) { card.classList.add("now"); field.focus(); return; }
  const place = all().indexOf(card);
  const next = decided && !card.classList.contains("undecided")
    ? all().slice(place + 1).find((one) => one.classList.contains("undecided")) : null;
  decided = false;
  go(next || card);
});

if (now) go(current());
