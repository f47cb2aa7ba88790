// Ordering by hand: drag a handle, or press an arrow key on it. Without scripts there are buttons.
const SCROLL_ZONE = 90;
const SCROLL_STEP = 14;
const steps = { ArrowUp: "up", ArrowDown: "down" };

let lifted = null;

const row = (handle) => handle.closest(".arrange__row");
const rows = (element) => [...element.closest(".arrange").querySelectorAll(".arrange__row")];

document.addEventListener("keydown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  if (event.key === "Escape" && lifted) return putBack();
  if (!handle || !steps[event.key]) return;
  event.preventDefault();
  send(row(handle), { step: steps[event.key] });
});

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  handle.focus();
  handle.setPointerCapture(event.pointerId);
  const it = row(handle);
  lifted = { row: it, list: it.parentElement, next: it.nextElementSibling };
  it.classList.add("arrange__row--lifted");
});

document.addEventListener("pointermove", (event) => {
  if (!lifted) return;
  if (event.clientY < SCROLL_ZONE) scrollBy(0, -SCROLL_STEP);
  else if (event.clientY > innerHeight - SCROLL_ZONE) scrollBy(0, SCROLL_STEP);
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const other = under?.closest(".arrange__row");
  const section = under?.closest(".arrange__section");
  if (other && other !== lifted.row) {
    const { top, height } = other.getBoundingClientRect();
    if (event.clientY < top + height / 2) other.before(lifted.row);
    else other.after(lifted.row);
  } else if (section && !other && !section.contains(lifted.row)) {
    const above = event.clientY < section.querySelector(".arrange__rows").getBoundingClientRect().top;
    section.querySelector(".arrange__rows")[above ? "prepend" : "append"](lifted.row);
  }
});

document.addEventListener("pointerup", () => {
  if (!lifted) return;
  const { row: it, list, next } = lifted;
  drop();
  if (it.parentElement === list && it.nextElementSibling === next) return;
  const { section } = it.closest("[data-section]").dataset;
  const undo = () => list.insertBefore(it, next);
  send(it, { section, before: it.nextElementSibling?.dataset.post ?? "" }, undo);
});

document.addEventListener("pointercancel", () => lifted && putBack());

function putBack() {
  const { row: it, list, next } = lifted;
  list.insertBefore(it, next);
  drop();
}

function drop() {
  lifted.row.classList.remove("arrange__row--lifted");
  lifted = null;
}

// The answer is the whole list as it stands now: what others moved meanwhile is in it, too. Without
// one nothing was moved.
async function send(it, values, undo) {
  const { post } = it.dataset;
  const path = `${it.closest("[data-arrange]").dataset.arrange}/entries/${post}/move`;
  await htmx.ajax("POST", path, { target: "#arrange", swap: "outerHTML", push: "false", values });
  if (it.isConnected) return undo?.();
  const handle = document.getElementById(`handle-${post}`);
  if (!handle) return;
  handle.focus();
  const all = rows(handle);
  const place = document.getElementById("arranged");
  place.textContent = place.dataset.words.replace("{n}", all.indexOf(row(handle)) + 1).replace("{m}", all.length);
}
