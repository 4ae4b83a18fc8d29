// Own words are kept while they are typed: a form marked data-own-words is sent to that address.

for (const form of document.querySelectorAll("form[data-own-words]")) {
  const said = form.querySelector("[data-saved]");
  let waiting = 0;
  let underway = 0;
  let last = Promise.resolve(true);

  const send = async () => {
    const answer = await fetch(form.dataset.ownWords, {
      method: "POST", body: new FormData(form), headers: { "HX-Request": "true" },
    }).catch(() => null);
    if (answer?.ok) {
      const { version, saved } = await answer.json();
      form.querySelector("[name=version]").value = version;
      const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
      said.textContent = `${saved} ${time}`;
      said.classList.remove("field-error");
    } else {
      said.innerHTML = answer ? await answer.text() : "";
      if (!answer) said.textContent = form.dataset.offline ?? "✕";
      said.classList.add("field-error");
    }
    underway -= 1;
    return Boolean(answer?.ok);
  };

  // One at a time: each carries the version the one before gave.
  const keep = () => {
    clearTimeout(waiting);
    waiting = 0;
    underway += 1;
    last = last.then(send);
    return last;
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 800);
  });
  // What was typed in the last moment is kept before another form of the page is sent.
  document.addEventListener("submit", async (event) => {
    if (event.target === form || !form.dataset.ownWords || event.defaultPrevented) return;
    if (!(waiting || underway) || event.target.dataset.kept) return;
    event.preventDefault();
    if (!(await keep())) return;
    event.target.dataset.kept = "yes";
    event.target.requestSubmit();
  });
}
