// On paper a wide sheet is several tables, each with the head and the first column.
import { make } from "./words.js";

// CSS pixels: A4 across less its margins, the first column, a figure, a text.
const ROOM = 1010;
const FIRST = 170;
const WIDTH = { number: 92, text: 160 };

export function printsWell(root, sheet) {
  const clear = () => root.querySelector(".grid-paper")?.remove();
  window.addEventListener("beforeprint", () => {
    clear();
    const paper = make("div", "grid-paper");
    const widths = sheet.columns.map((column) => WIDTH[column.kind] || WIDTH.number);
    for (const part of parts(widths, ROOM - FIRST)) paper.append(tableOf(sheet, part));
    root.append(paper);
  });
  window.addEventListener("afterprint", clear);
}

// Places of the columns that go onto one page together.
export function parts(widths, room) {
  const all = [[]];
  let used = 0;
  widths.forEach((width, c) => {
    if (used + width > room && all.at(-1).length) { all.push([]); used = 0; }
    all.at(-1).push(c);
    used += width;
  });
  return all;
}

function tableOf(sheet, part) {
  const table = make("table");
  const head = table.createTHead().insertRow();
  head.append(make("th"));
  for (const c of part) {
    const { label, unit } = sheet.columns[c];
    head.append(make("th", "", unit ? `${label}（${unit}）` : label));
  }
  const body = table.createTBody();
  sheet.rows.forEach((row, r) => {
    const line = body.insertRow();
    line.append(make("th", "", row.label));
    for (const c of part) {
      line.append(make("td", sheet.columns[c].kind === "text" ? "" : "number", sheet.text(r, c)));
    }
  });
  return table;
}
