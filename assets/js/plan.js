// The calendar by hand: an item is dragged to another day or hour, or picked up with the space bar and
// carried with the arrows. Without scripts it is a link to a form with a time.
import { parsed } from "./live/apply.js";
import { change } from "./send.js";

const dialog = document.getElementById("menu");
let held = null;
let over = null;

document.addEventListener("dragstart", (event) => {
  const item = event.target.closest?.("[data-moves]");
  if (!item) return;
  held = item;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", item.dataset.key);
});
document.addEventListener("dragover", (event) => {
  const cell = held && event.target.closest?.("[data-drop]");
  if (!cell) return;
  event.preventDefault();
  mark(cell);
});
document.addEventListener("drop", (event) => {
  const cell = held && event.target.closest?.("[data-drop]");
  if (!cell) return;
  event.preventDefault();
  putDown(held, cell);
});
document.addEventListener("dragend", letGo);

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.("[data-moves]");
  if (!item || !document.querySelector("[data-drop]")) return;
  if (!held && event.key === " ") {
    event.preventDefault();
    pickUp(item);
  } else if (held === item) {
    carry(event);
  }
});

function pickUp(item) {
  held = item;
  item.setAttribute("aria-grabbed", "true");
  mark(item.closest("[data-drop]") ?? document.querySelector(".plan-month__day--today, [data-drop]"));
  say(over);
}

function carry(event) {
  const cells = [...document.querySelectorAll("[data-drop]")];
  const hours = cells[0].dataset.drop.includes("T");
  const steps = hours
    ? { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -24, ArrowRight: 24 }
    : { ArrowUp: -7, ArrowDown: 7, ArrowLeft: -1, ArrowRight: 1 };
  if (event.key in steps) {
    event.preventDefault();
    const to = cells[cells.indexOf(over) + steps[event.key]];
    if (to) mark(to);
    say(over);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    putDown(held, over);
  } else if (event.key === "Escape" || event.key === "Tab") {
    letGo();
  }
}

// A day keeps the time of day; an hour keeps the minutes. A draft has neither: it comes at nine.
function moment(item, cell) {
  const time = item.dataset.at?.slice(11) ?? "09:00";
  const to = cell.dataset.drop;
  return to.includes("T") ? `${to}:${time.slice(3)}` : `${to}T${time}`;
}

async function putDown(item, cell) {
  const plan = document.getElementById("plan");
  const to = moment(item, cell);
  letGo();
  if (to === item.dataset.at) return;
  const { what, id, key, moves } = item.dataset;
  const { view, on, here } = plan.dataset;
  const answer = await change(moves, { what, id, to, view, on });
  if (answer?.status === 422 || !answer?.ok) {
    await show(answer);
    return;
  }
  await htmx.ajax("GET", `${here}?view=${view}&on=${on}`, { target: "#plan", select: "#plan", swap: "outerHTML", push: "false" });
  document.querySelector(`[data-key="${key}"]`)?.focus();
}

async function show(answer) {
  const room = document.getElementById("say");
  if (!answer || !dialog) {
    room.textContent = room.dataset.away;
    return;
  }
  const refused = parsed(await answer.text()).querySelector("#refused, main > *, body > *");
  document.getElementById("menu-content").replaceChildren(document.importNode(refused, true));
  dialog.showModal();
}

function mark(cell) {
  over?.classList.remove("drop--here");
  over = cell;
  cell?.classList.add("drop--here");
  cell?.scrollIntoView({ block: "nearest" });
}

function say(cell) {
  document.getElementById("say").textContent = cell?.dataset.drop.replace("T", " ") ?? "";
}

function letGo() {
  held?.removeAttribute("aria-grabbed");
  held = null;
  mark(null);
}

// A time that is offered is filled in by a press.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-fill]");
  const field = button?.closest("form")?.elements[button.dataset.fill];
  if (!field) return;
  field.value = button.dataset.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
