// A list put in order by hand: rows are dragged, or moved with Alt and the arrows. Its form is sent with
// the new order; without scripts its buttons move one row by one step.
let row = null;

document.addEventListener("dragstart", (event) => {
  row = event.target.closest?.("[data-sort]");
  if (row) event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const at = row && event.target.closest?.("[data-sort]");
  if (!at || at.parentNode !== row.parentNode) return;
  event.preventDefault();
  const { top, height } = at.getBoundingClientRect();
  if (at !== row) at[event.clientY > top + height / 2 ? "after" : "before"](row);
});
document.addEventListener("drop", (event) => {
  if (row && event.target.closest?.("[data-sorts]")) event.preventDefault();
});
document.addEventListener("dragend", () => {
  if (row) send(row);
  row = null;
});

document.addEventListener("keydown", (event) => {
  const moved = event.target.closest?.("[data-sort]");
  if (!moved || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const other = event.key === "ArrowUp" ? moved.previousElementSibling : moved.nextElementSibling;
  if (!other) return;
  other[event.key === "ArrowUp" ? "before" : "after"](moved);
  moved.focus();
  send(moved);
});

function send(moved) {
  const form = moved.closest("[data-sorts]");
  const order = [...form.querySelectorAll("[data-sort]")].map((each) => each.dataset.sort).join(" ");
  if (order === form.elements.order.value) return;
  form.elements.order.value = order;
  form.submit();
}
