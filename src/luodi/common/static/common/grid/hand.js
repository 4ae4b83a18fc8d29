// The hand on the sheet: where it is, what it has picked, what it writes.
// One text field stands in the present cell and holds its text picked out: typing, a Chinese input
// method and a screen reader find a field, and no first letter is lost.
import { readTsv, writeTsv } from "./tsv.js";
import { make } from "./words.js";

const OWN_FORMAT = "application/x-luodi-cells";

export class Hand {
  // `told(words)`: what happened, for the line of news; `moved()`: the place or picked cells changed.
  constructor({ table, sheet, say, told, moved }) {
    Object.assign(this, { table, sheet, say, told, moved });
    this.place = [0, 0];
    this.far = [0, 0]; // the other corner of what is picked
    this.mode = "go"; // go: keys move · type: typing replaced the text · edit: keys move inside it
    this.entryColumn = 0;
    this.field = make("textarea", "grid-field", "", {
      rows: 1, wrap: "off", spellcheck: "false", autocomplete: "off", autocapitalize: "off", enterkeyhint: "next",
      "aria-describedby": "grid-says",
    });
    this.bubble = make("div", "grid-bubble", "", { id: "grid-says" });
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("compositionstart", () => this.#typed());
    this.field.addEventListener("focusout", () => this.#left());
    this.table.scrolled = () => this.bubble.classList.toggle("away", !this.table.inSight(...this.place));
    this.picked = [];
    this.#stand(false);
  }

  get rows() { return this.sheet.rows.length; }
  get columns() { return this.sheet.columns.length; }
  get cell() { return this.table.cells[this.place[0]][this.place[1]]; }
  get text() { return this.sheet.text(...this.place); }

  // The corners of what is picked: [top, left, bottom, right], all inside.
  get range() {
    const [[r, c], [y, x]] = [this.place, this.far];
    return [Math.min(r, y), Math.min(c, x), Math.max(r, y), Math.max(c, x)];
  }

  go([r, c], { extend = false, focus = true, entry = false } = {}) {
    this.write();
    const to = [Math.max(0, Math.min(this.rows - 1, r)), Math.max(0, Math.min(this.columns - 1, c))];
    this.far = to;
    if (!extend) this.place = to;
    if (!entry) [, this.entryColumn] = this.place;
    this.#stand(focus);
    this.table.reveal(...to);
    if (!this.bubble.hidden) this.#turn();
  }

  // The words hang where there is room for them.
  #turn() {
    const { below, right } = this.table.roomAt(...this.place);
    this.bubble.classList.toggle("above", below < 120);
    this.bubble.classList.toggle("leftward", right < 280);
  }

  // Pick a rectangle; the hand stands at its first corner.
  pick([top, left], [bottom, right]) {
    this.write();
    this.place = [top, left];
    this.far = [bottom, right];
    this.#stand(true);
  }

  #stand(focus) {
    const { cell, field } = this;
    if (field.parentNode !== cell) {
      this.moving = true;
      const old = field.parentNode;
      old?.classList.remove("now");
      old?.closest("tr").classList.remove("now", "open");
      cell.append(field, this.bubble);
      cell.closest("tr").classList.add("now");
      cell.classList.add("now");
      this.moving = false;
    }
    this.dress();
    this.#paintPicked();
    if (focus) field.focus({ preventScroll: true });
    if (focus || document.activeElement === field) this.#rest();
    this.moved();
  }

  // What the field says about its cell.
  dress() {
    const [r, c] = this.place;
    const { field } = this;
    const column = this.sheet.columns[c];
    const closed = this.sheet.isClosed(r, c);
    if (this.mode === "go") field.value = this.text;
    field.readOnly = closed;
    field.inputMode = column.kind === "text" ? "text" : "decimal";
    field.setAttribute("aria-label", this.sheet.nameOf(r, c));
    field.setAttribute("aria-invalid", String(this.sheet.faultsOf(r, c).length > 0));
    this.#speak(r, c);
  }

  #speak(r, c) {
    const conflict = this.sheet.conflicts.get(this.sheet.idOf(r, c));
    const faults = this.sheet.faultsOf(r, c);
    this.bubble.replaceChildren();
    if (conflict) {
      this.bubble.append(make("p", "hard", this.say("conflict-here", { by: conflict.held_by || this.say("somebody"), text: conflict.held || "—" })));
    }
    for (const fault of faults) {
      const line = make("p", fault.hard ? "hard" : "soft");
      line.append(make("b", "", this.say(fault.hard ? "hard" : "soft")), ` ${fault.text}`);
      this.bubble.append(line);
    }
    const lock = this.sheet.lockOf(r, c);
    if (lock) {
      const line = make("p", "", this.say("locked-here", { source: lock.address ? "" : lock.source }));
      if (lock.address) line.append(make("a", "", lock.source, { href: lock.address, target: "_blank", rel: "noopener", tabindex: "-1" }));
      this.bubble.append(line);
    }
    this.bubble.hidden = !this.bubble.firstChild;
    this.#unbind();
    if (!this.bubble.hidden) this.#turn();
  }

  #paintPicked() {
    const [top, left, bottom, right] = this.range;
    const inside = (r, c) => r >= top && r <= bottom && c >= left && c <= right;
    const kept = [];
    for (const td of this.picked) {
      if (inside(td.r, td.c)) kept.push(td);
      else { td.classList.remove("picked"); td.removeAttribute("aria-selected"); }
    }
    this.picked = kept;
    if (kept.length === (bottom - top + 1) * (right - left + 1)) return;
    for (let r = top; r <= bottom; r += 1) {
      for (let c = left; c <= right; c += 1) {
        const td = this.table.cells[r][c];
        if (td.classList.contains("picked")) continue;
        td.classList.add("picked");
        td.setAttribute("aria-selected", "true");
        this.picked.push(td);
      }
    }
  }

  // The field at rest: the whole text picked out, so that typing replaces it.
  #rest() {
    this.field.value = this.text;
    this.field.select();
  }

  #typed() {
    if (this.mode === "go") this.#open("type");
  }

  #open(mode) {
    this.mode = mode;
    this.cell.classList.add("writing");
    this.#unbind();
  }

  // Only words that hang out of the row need it open; otherwise it stays a box of its own.
  #unbind() {
    const out = !this.bubble.hidden || this.cell.matches(".text.writing");
    this.cell.parentNode.classList.toggle("open", out);
  }

  edit() {
    if (this.sheet.isClosed(...this.place)) { this.refuse(); return; }
    this.#open("edit");
    const end = this.field.value.length;
    this.field.setSelectionRange(end, end);
  }

  refuse() {
    const lock = this.sheet.lockOf(...this.place);
    this.told(lock ? this.say("locked-here", { source: lock.source || "" }) : this.say("closed"));
  }

  // What stands in the field becomes the cell's text.
  write() {
    if (this.mode === "go") return;
    const [r, c] = this.place;
    const text = this.field.value;
    this.mode = "go";
    this.cell.classList.remove("writing");
    this.sheet.put([{ r, c, text }]);
  }

  cancel() {
    this.mode = "go";
    this.cell.classList.remove("writing");
    this.#rest();
  }

  #left() {
    if (!this.moving) this.write();
  }

  // Changes go through here so that the field shows what its cell holds.
  put(changes) {
    const done = this.sheet.put(changes);
    if (this.mode === "go") this.#rest();
    return done;
  }

  refresh() {
    this.dress();
    if (this.mode === "go" && document.activeElement === this.field) this.field.select();
  }

  #each(change) {
    const [top, left, bottom, right] = this.range;
    const changes = [];
    for (let r = top; r <= bottom; r += 1) {
      for (let c = left; c <= right; c += 1) changes.push({ r, c, text: change(r, c) });
    }
    return changes;
  }

  #announce({ changed, closed }, name, more = {}) {
    const said = [this.say(name, { n: changed, ...more })];
    if (closed) said.push(this.say("kept", { n: closed }));
    this.told(said.join(" "));
  }

  clear() { this.#announce(this.put(this.#each(() => "")), "cleared"); }

  // The same text into everything picked.
  fillWith(text) {
    this.mode = "go";
    this.cell.classList.remove("writing");
    this.#announce(this.put(this.#each(() => text)), "filled");
  }

  // The first row (or column) of what is picked goes down (or right); of one cell, its neighbour's.
  fill(down) {
    const [top, left, bottom, right] = this.range;
    const single = down ? top === bottom : left === right;
    if (single && (down ? top : left) === 0) return;
    const source = (down ? top : left) - Number(single);
    const of = down ? (_, c) => this.sheet.text(source, c) : (r) => this.sheet.text(r, source);
    this.#announce(this.put(this.#each(of)), "filled");
  }

  back(step) {
    if (!step) { this.told(this.say("no-step")); return; }
    const { r, c } = step[0];
    this.go([r, c]);
    this.told(this.say("stepped", { n: step.length }));
  }

  copy(event, cut = false) {
    const [top, left, bottom, right] = this.range;
    const rows = this.sheet.texts.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeTsv(rows));
    event.clipboardData.setData(OWN_FORMAT, writeTsv(rows, false));
    if (cut) this.clear();
    else this.told(this.say("copied", { n: rows.length * rows[0].length }));
  }

  paste(event) {
    event.preventDefault();
    const data = event.clipboardData;
    const rows = readTsv(data.getData(OWN_FORMAT) || data.getData("text/plain"));
    const [top, left, bottom, right] = this.range;
    if (rows.length === 1 && rows[0].length === 1) {
      this.#announce(this.put(this.#each(() => rows[0][0])), "pasted");
      return;
    }
    const changes = [];
    let outside = 0;
    rows.forEach((row, y) => row.forEach((text, x) => {
      if (top + y < this.rows && left + x < this.columns) changes.push({ r: top + y, c: left + x, text });
      else outside += Number(text !== "");
    }));
    const done = this.put(changes);
    const wide = Math.max(...rows.map((row) => row.length));
    const corner = [Math.min(this.rows, top + rows.length) - 1, Math.min(this.columns, left + wide) - 1];
    this.pick([top, left], corner);
    this.#announce(done, "pasted");
    if (outside) this.told(this.say("outside", { n: outside }), true);
  }
}
