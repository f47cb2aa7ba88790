// The composer: it grows, counts, and says at once what will not do. Its pictures: `chosen.js`.
document.addEventListener("input", ({ target }) => {
  if (target.matches("textarea[data-grow]")) grow(target);
  if (target.matches("textarea[data-count-to]")) count(target);
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
