/* The keyboard of the meeting screen. Without it the links at the foot do the same. */
const root = document.querySelector("[data-screens]");
const zones = root ? [...root.querySelectorAll(".screen")] : [];
let typed = "";
let timer = 0;

const now = () => Math.max(0, zones.findIndex((zone) => `#${zone.id}` === location.hash));

function show(place) {
  const zone = zones[Math.min(Math.max(place, 0), zones.length - 1)];
  if (zone) location.replace(`#${zone.id}`);
}

function jump(digit) {
  clearTimeout(timer);
  typed = (typed + digit).slice(-2);
  if (Number(typed) > zones.length) typed = digit;
  if (Number(typed) >= 1) show(Number(typed) - 1);
  timer = setTimeout(() => { typed = ""; }, 800);
}

const keys = {
  ArrowRight: () => show(now() + 1), ArrowDown: () => show(now() + 1),
  PageDown: () => show(now() + 1), " ": () => show(now() + 1),
  ArrowLeft: () => show(now() - 1), ArrowUp: () => show(now() - 1), PageUp: () => show(now() - 1),
  Home: () => show(0), End: () => show(zones.length - 1),
  Escape: () => { location.href = root.dataset.home; },
};

document.addEventListener("keydown", (event) => {
  if (!zones.length || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^[0-9]$/.test(event.key)) jump(event.key);
  else if (keys[event.key]) keys[event.key]();
  else return;
  event.preventDefault();
});
