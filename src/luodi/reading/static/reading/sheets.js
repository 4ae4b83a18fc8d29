// The pages of the original: what is marked on a page comes when the page does; zoom; page number.
import { bringMarks, keepLight } from "./marks.js";

const pane = () => document.querySelector(".source.sheets");
const sheets = () => [...document.querySelectorAll(".sheet")];
const STEPS = [50, 75, 100, 125, 150, 200, 300];

// Marks are fetched once for each page that comes into sight.
const coming = new Map();
function marksOn(sheet) {
  if (!coming.has(sheet)) coming.set(sheet, fetchMarks(sheet));
  return coming.get(sheet);
}

async function fetchMarks(sheet) {
  const answer = await fetch(sheet.dataset.marks, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  sheet.querySelector(".paper").insertAdjacentHTML("beforeend", await answer.text());
  keepLight();
}

// The page on which an offset of the text stands.
function sheetAt(offset) {
  return sheets().find((one) => Number(one.dataset.start) <= offset && offset < Number(one.dataset.end));
}

bringMarks(async (offset) => {
  const sheet = sheetAt(offset);
  if (sheet) await marksOn(sheet);
  return sheet;
});

function watch() {
  const field = document.getElementById("at-page");
  const seen = new Set();
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) marksOn(entry.target);
  }, { root: pane(), rootMargin: "50% 0px" });
  const shown = new IntersectionObserver((entries) => {
    for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](Number(entry.target.dataset.page));
    if (seen.size && document.activeElement !== field) field.value = Math.min(...seen);
  }, { root: pane(), rootMargin: "-30% 0px -60% 0px" });
  for (const sheet of sheets()) { near.observe(sheet); shown.observe(sheet); }
}

function zoom(by) {
  const place = STEPS.indexOf(Number.parseInt(document.getElementById("zoom").textContent, 10));
  const step = STEPS[Math.min(STEPS.length - 1, Math.max(0, place + by))];
  const frame = pane();
  const middle = (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight;
  frame.style.setProperty("--zoom", step / 100);
  document.getElementById("zoom").textContent = `${step}%`;
  for (const picture of frame.querySelectorAll("img")) picture.sizes = `${Math.round(picture.clientWidth)}px`;
  frame.scrollTop = middle * frame.scrollHeight - frame.clientHeight / 2;
  localStorage.setItem("sheets:zoom", step);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-zoom]");
  if (button) zoom(Number(button.dataset.zoom));
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (event.key === "+" || event.key === "=") zoom(1);
  if (event.key === "-") zoom(-1);
});
document.addEventListener("change", (event) => {
  if (event.target.id !== "at-page") return;
  document.getElementById(`page-${event.target.value}`)?.scrollIntoView({ block: "start" });
});

// When the room comes anew its pages are others.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "room" && pane()) { coming.clear(); watch(); }
});

watch();
const kept = STEPS.indexOf(Number(localStorage.getItem("sheets:zoom") || 100)) - STEPS.indexOf(100);
if (kept && kept > -3) zoom(kept);
const asked = new URLSearchParams(location.search).get("at");
if (asked) {
  const sheet = sheetAt(Number(asked.split("-")[0]));
  sheet?.scrollIntoView({ block: "start" });
  if (sheet) marksOn(sheet).then(() => document.getElementById("at")?.scrollIntoView({ block: "center" }));
}
