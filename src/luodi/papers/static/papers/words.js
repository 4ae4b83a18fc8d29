// Own words are kept while they are typed: a form marked data-own-words is sent to that address.

for (const form of document.querySelectorAll("form[data-own-words]")) {
  const said = form.querySelector("[data-saved]");
  let waiting = 0;
  let busy = false;
  let again = false;

  const keep = async () => {
    if (busy) { again = true; return false; }
    busy = true;
    waiting = 0;
    const answer = await fetch(form.dataset.ownWords, {
      method: "POST", body: new FormData(form), headers: { "HX-Request": "true" },
    }).catch(() => null);
    busy = false;
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
    if (again) { again = false; return keep(); }
    return Boolean(answer?.ok);
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 800);
  });
  // What was typed in the last moment is kept before another form of the page is sent.
  document.addEventListener("submit", async (event) => {
    if (event.target === form || !form.dataset.ownWords || event.defaultPrevented) return;
    if (!waiting || event.target.dataset.kept) return;
    clearTimeout(waiting);
    event.preventDefault();
    if (!(await keep())) return;
    event.target.dataset.kept = "yes";
    event.target.requestSubmit();
  });
}
