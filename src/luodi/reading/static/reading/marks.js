// What is lit in the source, as words of the text or as boxes on its pages.

const lit = { now: [], near: [] };
const tokens = { now: "", near: "" };
const found = (token) => [...document.querySelectorAll(`.source [data-t~="${token}"]`)];

export const markOf = (token) => document.querySelector(`.source [data-t~="${token}"]`);

export function light(token, name) {
  tokens[name] = token;
  lit[name].forEach((mark) => mark.classList.remove(name));
  lit[name] = token ? found(token) : [];
  lit[name].forEach((mark) => mark.classList.add(name));
}

// What came anew is lit as what it replaces was.
export function keepLight() {
  for (const name of Object.keys(tokens)) light(tokens[name], name);
}

// Pages bring their marks when they come into sight, or when one of them is asked for.
let fetchMarks = null;
export function bringMarks(how) { fetchMarks = how; }

export async function shownMark(token, offset) {
  if (!fetchMarks) return null;
  const sheet = await fetchMarks(offset);
  return markOf(token) || sheet;
}
