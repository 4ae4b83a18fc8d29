// The difference to the goal, while parts are typed. Whole numbers at the goal's scale; the server
// decides whether they add up.

const form = document.querySelector("form[data-parts]");

const whole = (text, scale) => {
  const plain = text.trim().replaceAll(/[,，]/g, "").replace("\u2212", "-");
  const read = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain);
  if (!read || (read[3] || "").length > scale) return plain ? null : 0n;
  const number = BigInt(read[2] + (read[3] || "").padEnd(scale, "0"));
  return read[1] ? -number : number;
};

const shown = (number, scale) => {
  const digits = String(number < 0n ? -number : number).padStart(scale + 1, "0");
  const head = digits.slice(0, digits.length - scale);
  const tail = scale ? `.${digits.slice(-scale)}` : "";
  return (number < 0n ? "\u2212" : "") + head.replace(/\B(?=(\d{3})+$)/g, ",") + tail;
};

if (form) {
  const scale = Number(form.dataset.scale);
  const adds = form.dataset.adds === "1";
  const left = form.querySelector("[data-left]");
  const tell = () => {
    let rest = whole(form.dataset.whole, scale);
    for (const row of form.querySelectorAll("tbody tr")) {
      const cells = [...row.querySelectorAll("input")];
      for (const cell of adds ? cells : cells.slice(-1)) {
        const part = whole(cell.value, scale);
        if (part === null) {
          left.textContent = "?";
          return;
        }
        rest -= part;
      }
    }
    left.textContent = shown(rest, scale);
  };
  form.addEventListener("input", tell);
}
