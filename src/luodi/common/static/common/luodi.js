// Small behaviours shared by all pages. Everything works without them, only slower.

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (typing(target)) target.focus();
  else target.click();
});

// Controls marked data-autosubmit send their form when changed.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  const marked = event.target.closest("[data-autosubmit]") || form?.closest("[data-autosubmit]");
  if (marked && form) form.requestSubmit();
});

// data-toggle="id" shows and hides.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle]");
  if (!button) return;
  const open = document.getElementById(button.dataset.toggle).classList.toggle("open");
  button.setAttribute("aria-expanded", String(open));
});

// data-check-all ticks every box of the nearest form.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-check-all]");
  if (!button) return;
  event.preventDefault();
  const boxes = [...button.closest("form").querySelectorAll("input[name=selected]")];
  const all = boxes.every((box) => box.checked);
  boxes.forEach((box) => { box.checked = !all; });
});

// A form whose sending needs a second look.
document.addEventListener("submit", (event) => {
  const words = event.submitter?.dataset.confirm;
  if (words && !window.confirm(words)) event.preventDefault();
});

// "s" on a figure opens its source; Escape closes it.
let last = null;
document.addEventListener("mouseover", (event) => {
  last = event.target.closest("[data-source]") || last;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".drawer")?.remove();
  if (event.key !== "s" || event.ctrlKey || event.metaKey || typing(event.target)) return;
  const figure = document.activeElement?.closest?.("[data-source]") || last;
  if (figure) openSource(figure.dataset.source);
});
document.addEventListener("click", (event) => {
  const figure = event.target.closest("[data-source]");
  if (figure && figure.tagName !== "A") openSource(figure.dataset.source);
  if (event.target.closest("[data-close-drawer]")) document.querySelector(".drawer")?.remove();
});

async function openSource(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  document.querySelector(".drawer")?.remove();
  const drawer = document.createElement("aside");
  drawer.className = "drawer";
  drawer.innerHTML = await answer.text();
  document.body.append(drawer);
  drawer.querySelector("button, a")?.focus();
}
