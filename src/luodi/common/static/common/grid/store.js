// Keeps the draft on the server: as typed, in the order typed, until the server has it.
// What the server hasn't acknowledged stays in `pending`; nothing leaves it for any other reason.

const IDLE = 500;
const RETRIES = [1000, 2000, 5000, 10000, 20000];
const LAST_CALL = 60000;

const tokenNow = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1]
  || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
const clock = () => new Date().toTimeString().slice(0, 5);

export class Store {
  // `tell(state, { time, sentence })`: state is saved, saving, offline, door, refused or conflict.
  constructor({ address, sheet, version, tell, heard }) {
    Object.assign(this, { address, sheet, version, tell, heard });
    this.pending = new Map();
    this.explained = new Map();
    this.flying = null;
    this.failures = 0;
    this.timer = 0;
    this.waiting = [];
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.hurry(); });
    window.addEventListener("pagehide", () => this.lastCall());
  }

  get unsaved() { return this.pending.size + this.explained.size + (this.flying ? 1 : 0); }

  changed(changes) {
    for (const { r, c, text } of changes) this.pending.set(this.sheet.idOf(r, c), text);
    this.later(IDLE);
  }

  explain(key, text) {
    this.sheet.explanations[key] = text;
    this.explained.set(key, text);
    this.later(IDLE);
  }

  // Of two texts for one cell the person, who has seen both, chose one: it is sent anew.
  choose(id, mine) {
    const text = mine ? this.mine(id) : this.sheet.conflicts.get(id).held;
    this.sheet.conflicts.delete(id);
    this.sheet.take({ [id]: text });
    this.pending.set(id, text);
    this.later(0);
  }

  mine(id) { return this.pending.get(id) ?? this.sheet.conflicts.get(id).typed; }

  later(wait) {
    clearTimeout(this.timer);
    this.#busy();
    this.timer = setTimeout(() => this.send(), wait);
  }

  // Come back to the page or the network: send what waits, hear what others did.
  hurry() {
    if (!document.hidden && !this.sheet.readonly) this.later(0);
  }

  #busy() {
    if (this.unsaved && !this.failures) this.tell("saving", {});
  }

  // Resolves to true when everything is with the server, false when it can't be now.
  flush() {
    return new Promise((done) => {
      this.waiting.push(done);
      this.later(0);
    });
  }

  #body() {
    const cells = {};
    for (const [id, text] of this.flying.cells) cells[id] = text;
    return JSON.stringify({
      version: this.version, cells, explanations: Object.fromEntries(this.flying.explained),
    });
  }

  #post(body, more = {}) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": tokenNow() };
    return fetch(this.address, { method: "POST", body, headers, redirect: "manual", ...more });
  }

  async send() {
    clearTimeout(this.timer);
    if (this.flying) return;
    const mine = [...this.pending].filter(([id]) => !this.sheet.conflicts.has(id));
    this.flying = { cells: new Map(mine), explained: new Map(this.explained) };
    for (const id of this.flying.cells.keys()) this.pending.delete(id);
    this.explained.clear();
    if (mine.length || this.flying.explained.size) this.#busy();
    let answer = null;
    let said = {};
    try {
      answer = await this.#post(this.#body());
      const speaks = answer.headers.get("Content-Type")?.includes("json");
      said = speaks ? await answer.json() : {};
    } catch {
      answer = null;
    }
    this.#hear(answer, said);
  }

  #hear(answer, said) {
    const { flying } = this;
    this.flying = null;
    if (answer?.ok && "version" in said) this.#accepted(said, flying);
    else {
      this.#takeBack(flying);
      this.#refused(answer, said);
    }
  }

  // Unsent again, except where something newer was typed meanwhile.
  #takeBack(flying) {
    for (const [id, text] of flying.cells) if (!this.pending.has(id)) this.pending.set(id, text);
    for (const [key, text] of flying.explained) if (!this.explained.has(key)) this.explained.set(key, text);
  }

  #learn(said) {
    this.version = said.version;
    const others = Object.entries(said.merged || {})
      .filter(([id]) => !this.pending.has(id) && !this.sheet.conflicts.has(id));
    const taken = this.sheet.take(Object.fromEntries(others));
    if (said.faults) this.sheet.setFaults(said.faults);
    for (const [key, text] of Object.entries(said.explanations || {})) {
      if (!this.explained.has(key)) this.sheet.explanations[key] = text;
    }
    this.heard({ taken, said });
  }

  #accepted(said, flying) {
    this.failures = 0;
    for (const [id, conflict] of Object.entries(said.conflicts || {})) {
      if (!this.pending.has(id)) this.pending.set(id, flying.cells.get(id) ?? conflict.typed);
      this.sheet.setConflicts({ [id]: conflict });
    }
    this.#learn(said);
    const left = [...this.pending.keys()].some((id) => !this.sheet.conflicts.has(id));
    if (left || this.explained.size) this.later(IDLE);
    else if (this.sheet.conflicts.size) this.#settle("conflict", {});
    else this.#settle("saved", { time: /\d+:\d+/.exec(said.saved)?.[0] || clock() });
  }

  #refused(answer, said) {
    const nameless = answer?.status === 401 || (answer?.status === 403 && !said.sentence);
    const door = nameless || answer?.type === "opaqueredirect";
    const busy = answer?.status === 409 && said.code === "Conflict";
    const away = !answer || answer.status >= 500 || answer.status === 429 || busy;
    if (!away) {
      this.#settle(door ? "door" : "refused", { sentence: said.sentence || "" });
      return;
    }
    const wait = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
    this.failures += 1;
    this.#settle("offline", {});
    this.timer = setTimeout(() => this.send(), wait);
  }

  #settle(state, more) {
    this.tell(state, more);
    const done = state === "saved";
    this.waiting.splice(0).forEach((answer) => answer(done));
  }

  // The page goes: what is small enough is sent without waiting for the answer.
  lastCall() {
    if (!this.pending.size && !this.explained.size) return;
    const mine = [...this.pending].filter(([id]) => !this.sheet.conflicts.has(id));
    this.flying ||= { cells: new Map(mine), explained: new Map(this.explained) };
    const body = this.#body();
    if (body.length < LAST_CALL) this.#post(body, { keepalive: true }).catch(() => {});
  }
}
