// The annual sheet: more empty rows, and arrows to move between cells.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (!button) return;
  const rows = [...document.querySelectorAll(`tr[data-new="${CSS.escape(button.dataset.addRow)}"]`)];
  const fresh = rows[0].cloneNode(true);
  const from = `new-${button.dataset.addRow}-0`;
  const to = `new-${button.dataset.addRow}-${rows.length}`;
  for (const cell of fresh.querySelectorAll("input, select")) {
    cell.name = cell.name.replace(from, to);
    cell.value = cell.type === "hidden" ? cell.value.replace(from, to) : "";
  }
  rows.at(-1).after(fresh);
  fresh.querySelector("input:not([type=hidden])").focus();
});

document.addEventListener("keydown", (event) => {
  const cell = event.target;
  const down = event.key === "ArrowDown" || event.key === "Enter";
  if (!cell.matches("table.sheet input:not([type=checkbox])") || (!down && event.key !== "ArrowUp")) return;
  event.preventDefault();
  const place = [...cell.closest("tr").children].indexOf(cell.closest("td"));
  const rows = [...document.querySelectorAll("table.sheet tbody tr")];
  const next = rows[rows.indexOf(cell.closest("tr")) + (down ? 1 : -1)];
  next?.children[place]?.querySelector("input:not([type=hidden])")?.focus();
});
