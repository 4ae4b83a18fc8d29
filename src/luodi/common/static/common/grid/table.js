// The sheet as a table: head and first column stay in sight, each cell says what it is.
// Rows have one height and columns known widths, so that where a cell stands is computed. Each row is
// laid out by itself (see grid.css): what happens in one cell never makes the browser measure them all.
import { sumOf } from "./decimals.js";
import { make } from "./words.js";

// The same widths stand in grid.css.
const WIDTH = { number: 112, text: 192 };
const FIRST = { wide: 232, narrow: 128, most: 400 };
const FITS = { number: 12, text: 12 };

const kindOf = (column) => (column.kind === "text" ? "text" : "number");

const isLong = (column, text) => text.length > FITS[kindOf(column)];

export class Table {
  constructor(frame, sheet, say) {
    Object.assign(this, { frame, sheet, say });
    this.narrow = matchMedia("(max-width: 760px)");
    this.table = make("table", "grid-table", "", {
      role: "grid", "aria-multiselectable": "true", "aria-labelledby": frame.dataset.labelledby,
      "aria-rowcount": sheet.rows.length + 1, "aria-colcount": sheet.columns.length + 1,
      "aria-readonly": sheet.readonly ? "true" : null,
    });
    this.cells = [];
    this.#widths();
    this.table.append(this.#head(), this.#body());
    if (sheet.totals) this.table.append(this.#foot());
    frame.replaceChildren(this.table);
    this.narrow.addEventListener("change", () => { this.#widths(); this.#heights(); });
    this.#heights();
    this.#follow();
    this.paintTotals();
  }

  // Where each column begins, and the width of the whole.
  #widths() {
    const room = this.frame.clientWidth;
    const widths = this.sheet.columns.map((column) => WIDTH[column.kind] || WIDTH.number);
    const spare = room - widths.reduce((sum, width) => sum + width, 0);
    const first = this.narrow.matches ? FIRST.narrow : Math.max(FIRST.wide, Math.min(FIRST.most, spare));
    this.table.style.setProperty("--first", `${first}px`);
    let left = first;
    this.lefts = widths.map((width) => { left += width; return left - width; });
    this.widths = widths;
    this.first = first;
    this.table.style.width = `${left}px`;
  }

  // Size and place of the frame are kept at hand: asking for them would make the browser lay out.
  #follow() {
    const { frame } = this;
    this.view = { width: frame.clientWidth, height: frame.clientHeight, top: frame.scrollTop, left: frame.scrollLeft };
    new ResizeObserver(() => {
      this.view.width = frame.clientWidth;
      this.view.height = frame.clientHeight;
    }).observe(frame);
    frame.addEventListener("scroll", () => {
      this.view.top = frame.scrollTop;
      this.view.left = frame.scrollLeft;
      this.scrolled?.();
    }, { passive: true });
  }

  #heights() {
    this.headHeight = this.table.tHead.offsetHeight;
    this.footHeight = this.table.tFoot?.offsetHeight || 0;
    this.rowHeight = this.table.tBodies[0].rows[0]?.offsetHeight || 1;
  }

  #head() {
    const head = make("thead", "", "", { role: "rowgroup" });
    const groups = this.sheet.columns.some((column) => column.group);
    if (groups) head.append(this.#groups());
    const row = make("tr", "", "", { role: "row", "aria-rowindex": 1 });
    row.append(make("th", "corner", this.say("rows"), { role: "columnheader", scope: "col", "aria-colindex": 1 }));
    this.heads = this.sheet.columns.map((column, c) => {
      const th = make("th", kindOf(column), "", {
        role: "columnheader", scope: "col", "aria-colindex": c + 2, "data-head": c, title: column.hint || null,
      });
      th.append(make("span", "name", column.label));
      if (column.unit) th.append(make("small", "", column.unit));
      row.append(th);
      return th;
    });
    head.append(row);
    return head;
  }

  #groups() {
    const row = make("tr", "groups", "", { role: "row" });
    row.append(make("td", "corner", "", { role: "presentation" }));
    let last = null;
    for (const column of this.sheet.columns) {
      const name = column.group || "";
      if (!last || last.textContent !== name) {
        last = make("th", name ? "group" : "", name, { role: "columnheader", scope: "colgroup" });
        row.append(last);
      }
      last.wide = (last.wide || 0) + (WIDTH[column.kind] || WIDTH.number);
      last.style.flexBasis = `${last.wide}px`;
    }
    return row;
  }

  // One row is made and copied: thousands of cells cost little that way.
  #body() {
    const body = make("tbody", "", "", { role: "rowgroup" });
    const pattern = make("tr", "", "", { role: "row" });
    pattern.append(make("th", "", "", { role: "rowheader", scope: "row", "aria-colindex": 1 }));
    this.sheet.columns.forEach((column, c) => {
      const td = make("td", kindOf(column), "", { role: "gridcell", "aria-colindex": c + 2 });
      td.append("");
      pattern.append(td);
    });
    this.sheet.rows.forEach((row, r) => {
      const tr = pattern.cloneNode(true);
      tr.setAttribute("aria-rowindex", r + 2);
      this.#name(tr.firstChild, row, r);
      const cells = [...tr.children].slice(1);
      cells.forEach((td, c) => {
        td.r = r;
        td.c = c;
        td.firstChild?.remove();
        td.append(this.sheet.text(r, c));
        const column = this.sheet.columns[c];
        if (this.sheet.isClosed(r, c)) this.#dress(td, column);
        else if (isLong(column, this.sheet.text(r, c))) td.classList.add("long");
      });
      this.cells.push(cells);
      body.append(tr);
    });
    return body;
  }

  #name(th, row, r) {
    if (row.label.length + (row.unit || "").length > (this.first - 44) / 15) th.classList.add("long");
    if (row.level) th.classList.add(`level-${row.level}`);
    th.dataset.row = r;
    th.title = [row.label, row.unit, row.note].filter(Boolean).join(" · ");
    th.append(make("span", "at", String(r + 1), { "aria-hidden": "true" }), make("span", "name", row.label));
    if (row.unit && !this.sheet.columns.every((column) => column.unit)) th.append(make("small", "", row.unit));
  }

  // The class says kind, lock, fault and conflict at once; hidden words say it to who can't see.
  #dress(td, column = this.sheet.columns[td.c]) {
    const { r, c } = td;
    const closed = this.sheet.isClosed(r, c);
    const faults = this.sheet.faultsAt.size ? this.sheet.faultsOf(r, c) : [];
    const conflict = this.sheet.conflicts?.size && this.sheet.conflicts.has(this.sheet.idOf(r, c));
    const names = [kindOf(column)];
    if (this.sheet.isBlank(r, c)) names.push("blank");
    else if (this.sheet.lockOf(r, c)) names.push("locked");
    if (isLong(column, this.sheet.text(r, c))) names.push("long");
    if (conflict) names.push("conflict");
    else if (faults.length) names.push(faults[0].hard ? "hard" : "soft");
    if (td.classList.contains("picked")) names.push("picked");
    if (td.classList.contains("now")) names.push("now");
    td.className = names.join(" ").trim();
    if (closed && !this.sheet.readonly) td.setAttribute("aria-readonly", "true");
    td.querySelector(".unseen")?.remove();
    if (faults.length) {
      td.setAttribute("aria-invalid", "true");
      td.append(make("span", "unseen", faults.map((fault) => fault.text).join(" ")));
    } else td.removeAttribute("aria-invalid");
  }

  #foot() {
    const foot = make("tfoot", "", "", { role: "rowgroup" });
    const row = make("tr", "", "", { role: "row" });
    row.append(make("th", "", this.sheet.totals.label || this.say("total"), { role: "rowheader", scope: "row" }));
    this.sums = this.sheet.columns.map((column) => {
      const td = make("td", kindOf(column), "", { role: "gridcell", "aria-readonly": "true" });
      row.append(td);
      return td;
    });
    foot.append(row);
    return foot;
  }

  paintTotals(columns = null) {
    if (!this.sheet.totals) return;
    this.sheet.columns.forEach((column, c) => {
      if (!this.sheet.totals.columns.includes(column.key) || (columns && !columns.has(c))) return;
      const { sum } = sumOf(this.sheet.texts.map((row) => row[c]));
      if (this.sums[c].textContent !== (sum || "—")) this.sums[c].textContent = sum || "—";
    });
  }

  // Texts changed at these places.
  paint(changes) {
    for (const { r, c, text } of changes) {
      const td = this.cells[r][c];
      td.firstChild.nodeValue = text;
      td.classList.toggle("long", isLong(this.sheet.columns[c], text));
    }
    this.paintTotals(new Set(changes.map(({ c }) => c)));
  }

  // Faults, conflicts and locks changed: cells that had or have one are dressed anew.
  repaintTroubles() {
    const before = this.troubled || new Set();
    this.troubled = new Set([...this.sheet.faultsAt.keys(), ...this.sheet.conflicts.keys()]);
    for (const id of new Set([...before, ...this.troubled])) {
      const place = this.sheet.places.get(id);
      if (place) this.#dress(this.cells[place[0]][place[1]]);
    }
  }

  // Bring a cell out from under the edges, the head and the first column.
  reveal(r, c) {
    const { frame } = this;
    if (frame.classList.contains("by-row")) {
      this.cells[r][c].scrollIntoView({ block: "nearest" });
      return;
    }
    const top = r * this.rowHeight;
    const high = this.#high;
    if (top < this.view.top) this.#scroll({ top });
    else if (top + this.rowHeight > this.view.top + high) this.#scroll({ top: top + this.rowHeight - high });
    const left = this.lefts[c] - this.first;
    const wide = this.view.width - this.first;
    if (left < this.view.left) this.#scroll({ left });
    else if (left + this.widths[c] > this.view.left + wide) this.#scroll({ left: left + this.widths[c] - wide });
  }

  #scroll(to) {
    Object.assign(this.view, to);
    if ("top" in to) this.frame.scrollTop = to.top;
    else this.frame.scrollLeft = to.left;
  }

  // Pixels for rows between head and foot.
  get #high() { return this.view.height - this.headHeight - this.footHeight; }

  // Pixels in sight below a cell and from its left edge to the right.
  roomAt(r, c) {
    return {
      below: this.#high + this.view.top - (r + 1) * this.rowHeight,
      right: this.view.width + this.view.left - this.lefts[c],
    };
  }

  inSight(r, c) {
    const { below, right } = this.roomAt(r, c);
    const left = this.lefts[c] - this.first - this.view.left;
    return below > -this.rowHeight && r * this.rowHeight >= this.view.top - this.rowHeight && right > 0 && left > -this.widths[c];
  }

  rowsInSight() { return Math.max(1, Math.floor(this.#high / this.rowHeight) - 1); }
}
