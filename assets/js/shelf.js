// Putting things in order by dragging them, or with Alt and the arrows: pins, a partner's services, the
// questions of a form. The buttons beside them do the same without it.
import { change, refused } from "./send.js";

let dragged = null;

for (const row of document.querySelectorAll("[data-shelf] > li, [data-designer] [data-question]")) {
  row.draggable = true;
}

// From a field one selects its text; what is dragged there is not the row.
document.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.("li[draggable]");
  if (!row || event.target.matches("input, textarea")) return;
  dragged = { row, from: places(row).indexOf(row), next: row.nextElementSibling };
  event.dataTransfer.effectAllowed = "move";
  row.classList.add("dragged");
});

document.addEventListener("dragover", (event) => {
  if (!dragged?.row.parentElement.contains(event.target)) return;
  event.preventDefault();
  const over = event.target.closest("li[draggable]");
  if (!over || over === dragged.row || over.parentElement !== dragged.row.parentElement) return;
  const { top, height } = over.getBoundingClientRect();
  over[event.clientY < top + height / 2 ? "before" : "after"](dragged.row);
});

document.addEventListener("drop", (event) => dragged && event.preventDefault());

// Escape, or letting go of it elsewhere, is no drop: it goes back to where it was.
document.addEventListener("dragend", async (event) => {
  if (!dragged) return;
  const { row, from, next } = dragged;
  dragged = null;
  row.classList.remove("dragged");
  if (event.dataTransfer.dropEffect === "none") return row.parentElement.insertBefore(row, next);
  const to = places(row).indexOf(row);
  if (to === from) return;
  if (row.dataset.move) await move(row, to);
  else number(row);
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("li[data-move]");
  const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : 0;
  if (!row || !step) return;
  event.preventDefault();
  const to = places(row).indexOf(row) + step;
  if (to >= 0 && to < places(row).length) move(row, to);
});

// A field that is typed in does not drag its row along.
document.addEventListener("focusin", ({ target }) => hold(target, false));
document.addEventListener("focusout", ({ target }) => hold(target, true));

const places = (row) => [...row.parentElement.children];

function hold(target, draggable) {
  const row = target.matches?.("input, textarea") && target.closest("[data-question]");
  if (row) row.draggable = draggable;
}

// The form is read in this order, and its buttons say which row they mean by it.
function number(row) {
  const all = places(row);
  all.forEach((each, n) => {
    each.querySelector("[data-at]").value = n;
    for (const button of each.querySelectorAll("[name=do]")) {
      button.value = button.value.replace(/\d+$/, n);
    }
    each.querySelector("[data-up]").disabled = n === 0;
    each.querySelector("[data-down]").disabled = n === all.length - 1;
  });
}

async function move(row, to) {
  const answer = await change(row.dataset.move, { to, moved: row.dataset.moved ?? "" });
  if (!answer?.ok) await refused(answer);
  location.reload();
}
