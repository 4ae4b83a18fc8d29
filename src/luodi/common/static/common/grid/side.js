// Beside the sheet: what has to be chosen, mended or explained, each with the way to its cell.
import { make } from "./words.js";

const TYPING = 800;
const MOST_PLACES = 20;

export class Side {
  // `go(place)` brings the hand there; `store` takes explanations and choices.
  constructor({ root, sheet, store, say, go, changed }) {
    Object.assign(this, { sheet, store, say, go, changed });
    this.conflicts = root.querySelector("[data-conflicts]");
    this.list = root.querySelector("[data-faults]");
    this.tally = root.querySelector("[data-tally]");
    this.items = new Map();
    this.paint();
  }

  paint() {
    this.#paintConflicts();
    this.#paintFaults();
    this.#paintTally();
  }

  placeName(id) {
    const [r, c] = this.sheet.places.get(id);
    return `${this.sheet.rows[r].label} · ${this.sheet.columns[c].label}`;
  }

  #paintTally() {
    const hard = this.sheet.faults.filter((fault) => fault.hard).length;
    const soft = [...new Set(this.sheet.faults.filter((fault) => !fault.hard).map((fault) => fault.key))];
    const open = soft.filter((key) => !this.sheet.explanations[key]?.trim()).length;
    const said = [];
    if (hard) said.push(this.say("hard-n", { n: hard }));
    if (open) said.push(this.say("soft-n", { n: open }));
    if (soft.length > open) said.push(this.say("explained-n", { n: soft.length - open }));
    const words = said.join(" · ") || this.say("clean");
    if (this.tally.textContent !== words) this.tally.textContent = words;
    this.tally.classList.toggle("bad", hard > 0);
  }

  // Lines are kept by what they say: a line in which somebody is writing stays as it is. What is
  // explained once stands in one line, however many cells it is about.
  #paintFaults() {
    const wanted = new Map();
    for (const fault of this.sheet.faults) {
      const line = fault.hard ? `${fault.key}|${fault.cells.join()}|${fault.text}` : fault.key;
      const known = wanted.get(line);
      wanted.set(line, known ? { ...known, all: [...known.all, fault] } : { ...fault, all: [fault] });
    }
    for (const [key, item] of this.items) {
      if (!wanted.has(key)) { item.remove(); this.items.delete(key); }
    }
    let last = null;
    const sorted = [...wanted].sort(([, a], [, b]) => Number(b.hard) - Number(a.hard));
    for (const [key, fault] of sorted) {
      if (!this.items.has(key)) this.items.set(key, this.#line(fault));
      const item = this.items.get(key);
      if (!fault.hard) this.#places(item, fault);
      const next = last ? last.nextSibling : this.list.firstChild;
      if (item !== next) this.list.insertBefore(item, next);
      last = item;
    }
    this.list.parentNode.classList.toggle("empty", !wanted.size);
  }

  #line(fault) {
    const item = make("li", fault.hard ? "hard" : "soft");
    if (fault.hard) item.append(this.#button(fault));
    else item.append(make("div"), this.#explanation(fault));
    return item;
  }

  // The cells of a line, unless it names the same ones already.
  #places(item, { all }) {
    const said = all.map((fault) => fault.cells.join() + fault.text).join("|");
    if (item.dataset.said === said) return;
    item.dataset.said = said;
    item.firstChild.replaceChildren(...all.slice(0, MOST_PLACES).map((fault) => this.#button(fault)));
    if (all.length > MOST_PLACES) item.firstChild.append(make("p", "soft", this.say("more", { n: all.length - MOST_PLACES })));
  }

  #button(fault) {
    const first = fault.cells.find((id) => this.sheet.places.has(id));
    const button = make("button", "quiet", "", { type: "button" });
    button.append(make("b", "", this.say(fault.hard ? "hard" : "soft")), " ");
    if (first) button.append(make("span", "place", this.placeName(first)));
    button.append(make("span", "text", fault.text));
    button.addEventListener("click", () => { if (first) this.go(this.sheet.places.get(first)); });
    return button;
  }

  #explanation(fault) {
    const label = make("label", "", this.say("explain"));
    const field = make("textarea", "", "", { rows: 2, maxlength: 500 });
    field.value = this.sheet.explanations[fault.key] || "";
    field.readOnly = this.sheet.readonly;
    let timer = 0;
    const send = () => {
      clearTimeout(timer);
      if (field.value === (this.sheet.explanations[fault.key] || "")) return;
      this.store.explain(fault.key, field.value);
      this.#paintTally();
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(send, TYPING);
    });
    field.addEventListener("change", send);
    label.append(field);
    return label;
  }

  #paintConflicts() {
    const { conflicts } = this.sheet;
    this.conflicts.hidden = !conflicts.size;
    if (!conflicts.size) { this.conflicts.replaceChildren(); return; }
    const focused = document.activeElement?.dataset?.conflict;
    const list = make("ul");
    for (const [id, conflict] of conflicts) list.append(this.#choice(id, conflict));
    this.conflicts.replaceChildren(
      make("h3", "", this.say("conflicts", { n: conflicts.size })),
      make("p", "soft", this.say("conflicts-why")), list,
    );
    if (conflicts.size > 1) this.conflicts.insertBefore(this.#allAtOnce(), list);
    if (focused) this.conflicts.querySelector(`[data-conflict="${CSS.escape(focused)}"]`)?.focus();
  }

  #choice(id, conflict) {
    const item = make("li");
    const place = this.sheet.places.get(id);
    const name = make("button", "quiet place", this.placeName(id), { type: "button" });
    name.addEventListener("click", () => this.go(place));
    const me = this.store.pending.has(id);
    item.append(
      name,
      this.#side(id, true, me ? this.say("mine") : conflict.by, this.store.mine(id)),
      this.#side(id, false, conflict.held_by || this.say("somebody"), conflict.held),
    );
    return item;
  }

  #side(id, mine, who, text) {
    const line = make("p", "side");
    const button = make("button", mine ? "" : "second", this.say("use"), {
      type: "button", "data-conflict": `${id}${mine ? "+" : "-"}`, "aria-label": `${this.say("use")} ${who} ${text}`,
    });
    button.addEventListener("click", () => this.#choose([id], mine));
    line.append(make("span", "who", who), make("span", "what", text || "—"), button);
    return line;
  }

  #allAtOnce() {
    const line = make("p", "all");
    for (const mine of [true, false]) {
      const button = make("button", "second", this.say(mine ? "all-mine" : "all-theirs"), { type: "button" });
      button.addEventListener("click", () => this.#choose([...this.sheet.conflicts.keys()], mine));
      line.append(button);
    }
    return line;
  }

  #choose(ids, mine) {
    const [place] = ids.map((id) => this.sheet.places.get(id));
    for (const id of ids) this.store.choose(id, mine);
    this.changed();
    const next = this.conflicts.querySelector("li button[data-conflict]");
    if (next) next.focus();
    else this.go(place);
  }
}
