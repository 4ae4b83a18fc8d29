// The fields of an instruction are asked for only where the item comes from one.
const source = document.querySelector("#id_source");
const group = document.querySelector("[data-group=instruction]");

const show = () => { group.hidden = source.value !== "instruction"; };

if (source && group) {
  source.addEventListener("change", show);
  show();
}
