// A file dropped on the field is chosen; its name and size are said.

const field = document.querySelector("[data-drop]");
const input = field.querySelector("input[type=file]");
const said = field.querySelector("[data-chosen]");

const tell = () => {
  const file = input.files[0];
  const small = file && file.size < 1048576;
  const size = file && (small ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / 1048576).toFixed(1)} MB`);
  if (file) said.textContent = `${file.name} · ${size}`;
};
input.addEventListener("change", tell);
for (const name of ["dragenter", "dragover"]) {
  field.addEventListener(name, (event) => { event.preventDefault(); field.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) {
  field.addEventListener(name, () => field.classList.remove("over"));
}
field.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
});
