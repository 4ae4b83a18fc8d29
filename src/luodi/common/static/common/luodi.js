// Small behaviours shared by all pages. Everything works without them, only slower.

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (typing(target)) target.focus();
  else target.click();
});

// Controls marked data-autosubmit send their form when changed.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  const marked = event.target.closest("[data-autosubmit]") || form?.closest("[data-autosubmit]");
  if (marked && form && event.target.name) form.requestSubmit();
});

// data-toggle="id" shows and hides.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle]");
  if (!button) return;
  const open = document.getElementById(button.dataset.toggle).classList.toggle("open");
  button.setAttribute("aria-expanded", String(open));
});

// data-check-all ticks every box of the nearest form.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-check-all]");
  if (!button) return;
  event.preventDefault();
  const boxes = [...button.closest("form").querySelectorAll("input[name=selected]")];
  const all = boxes.every((box) => box.checked);
  boxes.forEach((box) => { box.checked = !all; });
});

// A form whose sending needs a second look.
document.addEventListener("submit", (event) => {
  const words = event.submitter?.dataset.confirm;
  if (words && !window.confirm(words)) event.preventDefault();
});

// "s" on a figure opens its source; Escape closes it.
let last = null;
document.addEventListener("mouseover", (event) => {
  last = event.target.closest("[data-source]") || last;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".drawer")?.remove();
  if (event.key !== "s" || event.ctrlKey || event.metaKey || typing(event.target)) return;
  const figure = document.activeElement?.closest?.("[data-source]") || last;
  if (figure) openSource(figure.dataset.source);
});
document.addEventListener("click", (event) => {
  const figure = event.target.closest("[data-source]");
  if (figure && figure.tagName !== "A") openSource(figure.dataset.source);
  if (event.target.closest("[data-close-drawer]")) document.querySelector(".drawer")?.remove();
});

async function openSource(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  document.querySelector(".drawer")?.remove();
  const drawer = document.createElement("aside");
  drawer.className = "drawer";
  drawer.innerHTML = await answer.text();
  document.body.append(drawer);
  drawer.querySelector("button, a")?.focus();
}

// Columns of a list can be put away; which ones is remembered on this machine.
const showColumns = (table, away) => {
  const heads = [...table.querySelectorAll("thead tr:first-child th")];
  for (const row of table.querySelectorAll("tr:not(.group):not(.empty)")) {
    heads.forEach((head, place) => {
      const cell = row.cells[place];
      if (cell && head.dataset.column) cell.hidden = away.includes(head.dataset.column);
    });
  }
};

const offerColumns = (menu) => {
  const table = document.getElementById(menu.dataset.columnsOf);
  if (!table || !menu.hidden) return;
  const key = `columns:${table.id}`;
  let away = JSON.parse(localStorage.getItem(key) || "[]");
  for (const head of table.querySelectorAll("th[data-column]")) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !away.includes(head.dataset.column);
    box.addEventListener("change", () => {
      away = away.filter((name) => name !== head.dataset.column);
      if (!box.checked) away.push(head.dataset.column);
      localStorage.setItem(key, JSON.stringify(away));
      showColumns(table, away);
    });
    label.append(box, ` ${head.textContent.trim().replace(/ [↑↓]$/, "")}`);
    menu.append(label);
  }
  menu.hidden = false;
  showColumns(table, away);
};

const offerAll = () => document.querySelectorAll("[data-columns-of]").forEach(offerColumns);
offerAll();
document.addEventListener("htmx:afterSettle", offerAll);
