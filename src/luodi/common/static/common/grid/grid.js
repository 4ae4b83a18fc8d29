// The entry sheet of a form: [data-grid] with the addresses of its cells and of its draft.
import { sumOf } from "./decimals.js";
import { Hand } from "./hand.js";
import { listenToKeys, listenToPointer } from "./keys.js";
import { printsWell } from "./print.js";
import { Sheet } from "./sheet.js";
import { Side } from "./side.js";
import { Store } from "./store.js";
import { Table } from "./table.js";
import { words } from "./words.js";

const STATES = new Set(["offline", "door", "refused", "conflict"]);

class Grid {
  constructor(root, said) {
    this.root = root;
    this.say = words(root);
    this.sheet = new Sheet(said);
    this.frame = root.querySelector("[data-frame]");
    this.news = root.querySelector("[data-news]");
    this.state = root.querySelector("[data-state]");
    this.#assemble(said);
    this.#listen();
    root.classList.add("ready");
    this.#fit();
    this.table.narrow.addEventListener("change", () => this.#fit());
    this.#faults();
    if (this.sheet.readonly) this.state.textContent = this.say("readonly");
    else this.tell(said.saved ? "saved" : "open", { time: said.saved });
    this.#moved();
    performance.mark("grid:ready");
  }

  #assemble(said) {
    const { sheet, say } = this;
    this.table = new Table(this.frame, sheet, say);
    this.store = new Store({
      address: this.root.dataset.draftAt, sheet, version: said.version,
      tell: (state, more) => this.tell(state, more),
      heard: (what) => this.#heard(what),
    });
    this.hand = new Hand({
      table: this.table, sheet, say,
      told: (sentence, more) => this.#told(sentence, more),
      moved: () => this.#moved(),
    });
    this.side = new Side({
      root: this.root, sheet, say, store: this.store,
      go: (place) => this.go(place),
      changed: () => this.#faults(),
    });
    listenToKeys(this.hand);
    listenToPointer(this.hand, this.table);
    printsWell(this.root, sheet);
  }

  #listen() {
    this.sheet.listen((changes, mine) => {
      this.table.paint(changes);
      const had = this.sheet.conflicts.size;
      if (mine) this.store.changed(changes);
      if (had !== this.sheet.conflicts.size) this.#faults();
      else this.#sum();
    });
    window.addEventListener("beforeunload", (event) => {
      this.hand.write();
      if (this.store.unsaved) event.preventDefault();
    });
    document.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.#trouble(event.shiftKey ? -1 : 1);
    });
    const deeds = {
      undo: () => this.hand.back(this.sheet.undo()),
      redo: () => this.hand.back(this.sheet.redo()),
      fill: () => this.hand.fill(true),
      trouble: () => this.#trouble(1),
      "by-row": () => this.#byRow(!this.frame.classList.contains("by-row")),
      previous: () => this.go([this.hand.place[0] - 1, this.hand.place[1]]),
      next: () => this.go([this.hand.place[0] + 1, this.hand.place[1]]),
    };
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-deed]");
      if (!button) return;
      this.hand.write();
      deeds[button.dataset.deed]();
    });
  }

  go(place) { this.hand.go(place); }

  #trouble(by) {
    const place = this.sheet.nextTrouble(this.hand.place, by);
    if (place) this.go(place);
    else this.#told(this.say("clean"));
  }

  // A form that needs everything saved first waits for it.
  async #submit(event) {
    const form = event.target;
    if (!form.matches("[data-after-save]") || event.defaultPrevented) return;
    this.hand.write();
    const { submitter } = event;
    if (this.store.unsaved) {
      event.preventDefault();
      if (await this.store.flush()) form.requestSubmit(submitter);
      else this.state.focus();
      return;
    }
    const hard = this.sheet.faults.filter((fault) => fault.hard);
    if (!hard.length) return;
    event.preventDefault();
    this.go(this.sheet.places.get(hard[0].cells[0]) || [0, 0]);
    this.#told(this.say("not-yet", { n: hard.length }));
  }

  // On a phone a wide sheet begins as cards.
  #fit() { this.#byRow(this.table.narrow.matches && this.table.table.offsetWidth > this.frame.clientWidth); }

  #byRow(on) {
    this.frame.classList.toggle("by-row", on);
    this.root.classList.toggle("by-row", on);
    const button = this.root.querySelector("[data-deed=by-row]");
    button.setAttribute("aria-pressed", String(on));
    button.textContent = this.say(on ? "whole" : "by-row");
    if (on) this.#labels();
    this.table.reveal(...this.hand.place);
  }

  // As a card a row names its cells itself.
  #labels() {
    const r = this.hand.place[0];
    this.table.cells[r].forEach((td, c) => {
      td.dataset.label = [this.sheet.nameOf(r, c, false), this.#earlier(r, c)].filter(Boolean).join("\n");
    });
  }

  // "上期 12.3 · 上年同期 11", as far as they are known.
  #earlier(r, c) {
    const id = this.sheet.idOf(r, c);
    const { before, lastYear } = this.sheet.earlier;
    return [before[id] && this.say("before", { n: before[id] }), lastYear[id] && this.say("last-year", { n: lastYear[id] })]
      .filter(Boolean).join(" · ");
  }

  #moved() {
    if (!this.hand) return; // it stands before the whole is put together
    if (this.frame.classList.contains("by-row")) this.#labels();
    const [r] = this.hand.place;
    this.root.querySelector("[data-row-name]").textContent = `${r + 1}/${this.hand.rows}  ${this.sheet.rows[r].label}`;
    this.#sum();
  }

  // What is picked, counted and summed as spreadsheets do at their foot.
  #sum() {
    const [top, left, bottom, right] = this.hand.range;
    const place = this.root.querySelector("[data-picked]");
    const count = (bottom - top + 1) * (right - left + 1);
    if (count === 1) { place.textContent = this.#earlier(top, left); return; }
    const texts = this.sheet.texts.slice(top, bottom + 1).flatMap((row) => row.slice(left, right + 1));
    const { sum, numbers } = sumOf(texts);
    place.textContent = this.say("picked", { n: count, m: numbers, sum: sum || "—" });
  }

  #told(sentence, more = false) {
    this.news.textContent = more ? `${this.news.textContent} ${sentence}` : sentence;
  }

  tell(name, { time = "", sentence = "" }) {
    const { state } = this;
    if (name === "saved") this.savedAt = time;
    const unsaved = this.store ? this.store.pending.size : 0;
    const text = [this.say(name, { time, n: unsaved, sentence }), STATES.has(name) ? sentence : ""].filter(Boolean).join(" ");
    if (state.textContent !== text) state.textContent = text;
    state.className = `grid-state ${name}`;
    this.root.querySelector("[data-door]").hidden = name !== "door";
    if (name === "conflict" || name === "refused") this.#faults();
  }

  #heard({ taken, said }) {
    for (const field of document.querySelectorAll("[data-draft-version]")) field.value = said.version;
    if (taken.length) this.#told(this.say("merged", { n: taken.length }));
    this.#faults();
  }

  #faults() {
    this.table.repaintTroubles();
    this.side?.paint();
    this.hand.refresh();
  }
}

async function open(root) {
  try {
    const answer = await fetch(root.dataset.cellsAt, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!answer.ok) throw new Error(String(answer.status));
    const said = await answer.json();
    root.grid = new Grid(root, said);
  } catch (trouble) {
    root.querySelector("[data-frame]").replaceChildren(root.querySelector("template[data-no-sheet]").content.cloneNode(true));
    if (!(trouble instanceof TypeError) || !/fetch/i.test(trouble.message)) throw trouble;
  }
}

document.querySelectorAll("[data-grid]").forEach(open);
