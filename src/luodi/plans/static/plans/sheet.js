// The monthly sheet: drafts kept as they are typed, differences marked, parts taken over.

const IDLE = 2000;
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
const waiting = new Map();

const fieldsOf = (entry) => [...entry.querySelectorAll("input, textarea, select")]
  .filter((field) => field.name.startsWith(entry.dataset.entry) && field.type !== "file");

async function save(entry) {
  waiting.delete(entry);
  const body = new FormData();
  for (const field of fieldsOf(entry)) body.append(field.name, field.value);
  body.append("csrfmiddlewaretoken", token);
  const saved = entry.querySelector("[data-saved]");
  try {
    const answer = await fetch(entry.dataset.draft, { method: "POST", body, keepalive: true });
    if (answer.status === 409 && answer.headers.get("Content-Type")?.includes("json")) {
      showConflict(entry, await answer.json());
    } else if (answer.ok) {
      const said = await answer.json();
      entry.querySelector("[data-version]").value = said.version;
      saved.textContent = said.saved;
      const difference = entry.querySelector("[data-difference]");
      if (difference) difference.innerHTML = said.difference;
    } else {
      saved.textContent = "⚠";
    }
  } catch {
    saved.textContent = "⚠";
  }
}

// Somebody else's words are shown beside one's own; only an explicit click writes over them.
function showConflict(entry, said) {
  const box = entry.querySelector("[data-conflict]");
  box.replaceChildren();
  const sentence = document.createElement("p");
  sentence.textContent = said.sentence;
  const theirs = document.createElement("pre");
  theirs.textContent = said.text;
  const keep = document.createElement("button");
  keep.type = "button";
  keep.className = "second";
  keep.textContent = said.keep;
  keep.addEventListener("click", () => {
    entry.querySelector("[data-version]").value = said.version;
    box.hidden = true;
    save(entry);
  });
  box.append(sentence, theirs, keep);
  box.hidden = false;
}

function later(entry) {
  clearTimeout(waiting.get(entry));
  waiting.set(entry, setTimeout(() => save(entry), IDLE));
}

document.addEventListener("input", (event) => {
  const entry = event.target.closest("[data-entry]");
  if (!entry || !event.target.name.startsWith(entry.dataset.entry) || event.target.type === "file") return;
  later(entry);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const entry = button.closest("[data-entry]");
  const cell = entry.querySelector("[data-cell=text]");
  const part = button.closest(".part").querySelector("[data-part]").textContent.trim();
  cell.value = `${cell.value.trimEnd()}${cell.value ? "\n" : ""}${button.dataset.unit}：${part}`;
  later(entry);
});

window.addEventListener("pagehide", () => { for (const entry of waiting.keys()) save(entry); });
