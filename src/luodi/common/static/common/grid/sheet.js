// What the sheet holds: texts as typed, what is locked, what is wrong, and the steps taken.
// Cells are known by place (row, column) here and by "row key:column key" outside.

const MOST_STEPS = 200;

export class Sheet {
  constructor(said) {
    this.columns = said.columns;
    this.rows = said.rows;
    this.readonly = !said.writable;
    this.totals = said.totals || null;
    this.places = new Map();
    this.rows.forEach((row, r) => this.columns.forEach((column, c) => {
      this.places.set(this.idOf(r, c), [r, c]);
    }));
    this.texts = this.rows.map(() => this.columns.map(() => ""));
    this.locks = new Map(Object.entries(said.locked || {}));
    this.blank = new Set(said.blank || []);
    this.units = said.units || {};
    this.earlier = { before: said.before || {}, lastYear: said.last_year || {} };
    for (const [id, lock] of this.locks) this.#write(id, lock.typed);
    for (const [id, text] of Object.entries(said.cells || {})) this.#write(id, text);
    this.steps = [];
    this.undone = [];
    this.listeners = [];
    this.setFaults(said.faults || []);
    this.explanations = { ...said.explanations };
    this.conflicts = new Map();
    this.setConflicts(said.conflicts || {});
  }

  #write(id, text) {
    const place = this.places.get(id);
    if (place) this.texts[place[0]][place[1]] = String(text);
  }

  idOf(r, c) { return `${this.rows[r].key}:${this.columns[c].key}`; }
  text(r, c) { return this.texts[r][c]; }
  lockOf(r, c) { return this.locks.get(this.idOf(r, c)); }
  isBlank(r, c) { return this.blank.has(this.idOf(r, c)); }
  isClosed(r, c) { return this.readonly || this.isBlank(r, c) || Boolean(this.lockOf(r, c)); }

  unitOf(r, c) { return this.units[this.idOf(r, c)] || this.columns[c].unit || this.rows[r].unit || ""; }

  // "工业总产值（万元）" of a row; what is said twice is left out.
  nameOf(r, c, withRow = true) {
    const unit = this.unitOf(r, c);
    const name = withRow ? `${this.rows[r].label} ${this.columns[c].label}` : this.columns[c].label;
    return unit ? `${name}（${unit}）` : name;
  }

  // `listen((changes, mine) => …)`: changes are [{ r, c, text }]; mine if they have to be saved.
  listen(listener) { this.listeners.push(listener); }
  #tell(changes, mine) { if (changes.length) for (const listener of this.listeners) listener(changes, mine); }

  // One step of the person: what may be changed is; closed cells keep what they hold.
  put(changes) {
    const step = [];
    let closed = 0;
    for (const { r, c, text } of changes) {
      const before = this.texts[r][c];
      if (this.isClosed(r, c)) closed += Number(text !== before);
      else if (before !== text) step.push({ r, c, before, text });
    }
    if (step.length) {
      this.steps.push(step);
      if (this.steps.length > MOST_STEPS) this.steps.shift();
      this.undone = [];
      this.#apply(step);
    }
    return { changed: step.length, closed };
  }

  #apply(step) {
    for (const { r, c, text } of step) this.texts[r][c] = text;
    this.#tell(step, true);
  }

  undo() { return this.#back(this.steps, this.undone); }
  redo() { return this.#back(this.undone, this.steps); }

  #back(from, to) {
    const step = from.pop();
    if (!step) return null;
    const turned = step.map(({ r, c, before, text }) => ({ r, c, before: text, text: before }));
    to.push(turned);
    this.#apply(turned.filter(({ r, c }) => !this.isClosed(r, c)));
    return turned;
  }

  // What somebody else wrote: shown, not to be saved by us, not ours to undo.
  take(cells) {
    const changes = [];
    for (const [id, said] of Object.entries(cells)) {
      const place = this.places.get(id);
      const text = typeof said === "string" ? said : said.text;
      if (!place || this.texts[place[0]][place[1]] === text) continue;
      this.#write(id, text);
      changes.push({ r: place[0], c: place[1], text });
    }
    this.#tell(changes, false);
    return changes;
  }

  // Of two texts for one cell both are kept until somebody chooses: `typed` stands aside, `held` is
  // what the server keeps. { cell: { typed, by, held, held_by } }
  setConflicts(conflicts) {
    for (const [id, said] of Object.entries(conflicts)) if (this.places.has(id)) this.conflicts.set(id, said);
  }

  setFaults(faults) {
    this.faults = faults;
    this.faultsAt = new Map();
    for (const fault of faults) {
      fault.key ||= fault.rule;
      for (const id of fault.cells) {
        if (!this.faultsAt.has(id)) this.faultsAt.set(id, []);
        this.faultsAt.get(id).push(fault);
      }
    }
  }

  // The faults of a cell, hard ones first.
  faultsOf(r, c) {
    const here = this.faultsAt.get(this.idOf(r, c)) || [];
    return here.length > 1 ? [...here].sort((a, b) => Number(b.hard) - Number(a.hard)) : here;
  }

  // The next place with a fault or a conflict behind (or before) a place, in reading order.
  nextTrouble([r, c], by = 1) {
    const wide = this.columns.length;
    const all = [...this.faultsAt.keys(), ...this.conflicts.keys()]
      .map((id) => this.places.get(id))
      .filter(Boolean)
      .sort((a, b) => (a[0] - b[0]) * wide + a[1] - b[1]);
    if (by < 0) all.reverse();
    const here = r * wide + c;
    return all.find(([y, x]) => (y * wide + x - here) * by > 0) || all[0] || null;
  }
}
