// A telephone tells where it is; without one, the place is typed.
const form = document.querySelector("[data-place]");
const button = form?.querySelector("[data-locate]");
const told = form?.querySelector("[data-told]");

const fill = ({ coords }) => {
  form.elements.latitude.value = coords.latitude.toFixed(6);
  form.elements.longitude.value = coords.longitude.toFixed(6);
  told.textContent = `±${Math.round(coords.accuracy)} m`;
};

const fail = () => { told.textContent = form.dataset.failed; };

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(fill, fail, { enableHighAccuracy: true, timeout: 15000 });
  });
}
