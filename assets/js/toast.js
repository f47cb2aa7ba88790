// What was just done, said for a while, with the press that undoes it. It never takes the focus: who uses
// the keyboard presses Ctrl+Z, or goes there. Without scripts the next page says the same.
import { change, refused } from "./send.js";

const room = document.getElementById("toasts");
const SHOWN_MS = 8_000;
const SAID_MS = 3_000;

let latest = null;

export function toast(words, ms = SAID_MS) {
  const one = document.createElement("div");
  const said = document.createElement("p");
  one.className = "toast";
  said.textContent = words;
  one.append(said);
  room.append(one);
  leaves(one, ms);
  return one;
}

document.addEventListener("quanzi:undo", ({ detail: { deed, path } }) => {
  if (!room) return;
  const one = toast(room.dataset[deed], SHOWN_MS);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = room.dataset.undo;
  button.addEventListener("click", () => undo(one, path), { once: true });
  one.append(button);
  latest = button;
});

document.addEventListener("keydown", (event) => {
  const undoes = event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  // Where something is being typed, that is what is undone.
  if (!undoes || !latest?.isConnected || event.target.closest?.("input, textarea, [contenteditable]")) return;
  event.preventDefault();
  latest.click();
});

async function undo(one, path) {
  one.querySelector("button").disabled = true;
  const answer = await change(path);
  one.remove();
  if (!answer?.ok) return refused(answer);
  toast(room.dataset.undone);
  const said = JSON.parse(answer.headers.get("hx-trigger") ?? "{}");
  document.dispatchEvent(new CustomEvent("quanzi:written", { detail: said["quanzi:written"] ?? { seq: 0 } }));
}

// The time stands still while it is looked at.
function leaves(one, ms) {
  let left = ms;
  let since = Date.now();
  let timer = setTimeout(() => one.remove(), left);
  const stop = () => {
    clearTimeout(timer);
    left = Math.max(1_000, left - (Date.now() - since));
  };
  const go = () => {
    clearTimeout(timer);
    since = Date.now();
    timer = setTimeout(() => one.remove(), left);
  };
  for (const kind of ["pointerenter", "focusin"]) one.addEventListener(kind, stop);
  for (const kind of ["pointerleave", "focusout"]) one.addEventListener(kind, go);
}
