// What the component says, from the page's catalogue: words(root)("saved", { time: "12:03" }).

export function words(root) {
  const all = {};
  for (const one of root.querySelector("template[data-words]").content.children) {
    all[one.dataset.word] = one.textContent;
  }
  return (name, values = {}) => (all[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

// An element with a class and text; attributes that are false or null are left out.
export function make(tag, className = "", text = "", attributes = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  return element;
}
