// The composer: it grows, counts, shows the chosen pictures, and says at once what will not do.
document.addEventListener("input", ({ target }) => {
  if (target.matches("textarea[data-grow]")) grow(target);
  if (target.matches("textarea[data-count-to]")) count(target);
});
document.addEventListener("change", ({ target }) => {
  if (target.matches("input[type=file][data-most]")) preview(target);
});
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("#compose, #edit form");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

function grow(area) {
  area.rows = Math.min(20, Math.max(3, area.value.split("\n").length + 1));
}

function count(area) {
  const counter = area.form?.querySelector("[data-counter]");
  if (!counter) return;
  const most = Number(area.dataset.countTo);
  const now = [...area.value].length;
  counter.textContent = now > most * 0.8 ? `${now} / ${most}` : "";
  counter.classList.toggle("composer__count--over", now > most);
}

function preview(input) {
  const room = input.form.querySelector("[data-previews]");
  for (const old of room.querySelectorAll("img")) URL.revokeObjectURL(old.src);
  room.replaceChildren();
  for (const file of [...input.files].slice(0, Number(input.dataset.most))) {
    const image = new Image();
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    room.append(image);
  }
}
