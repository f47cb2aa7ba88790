// What was being written is still there after going somewhere else: to verify one's name, or back by
// accident. Kept for this tab only, by whoever is signed in, until it is sent.
import { change } from "./send.js";

const me = document.body.dataset.viewer;

// What was sent last: the form that comes in its place is empty before it is known that it was written.
let sent = "";

document.addEventListener("input", ({ target }) => {
  if (!target.matches("textarea[data-keep]")) return;
  if (name(target) === sent) sent = "";
  keep(target);
});
document.addEventListener("submit", ({ target }) => {
  const area = target.querySelector("textarea[data-keep]");
  if (area) sent = name(area);
});
// Who speaks for the partner finds it on their other device as well.
let saving = 0;
document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-autosave]");
  if (!form) return;
  clearTimeout(saving);
  saving = setTimeout(() => save(form), 2500);
});
document.addEventListener("submit", () => clearTimeout(saving));
document.addEventListener("quanzi:written", ({ target }) => {
  const area = target.querySelector?.("textarea[data-keep]");
  if (target.matches?.("form") && area) sessionStorage.removeItem(name(area));
});
document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action") !== "/signout") return;
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("quanzi:")) sessionStorage.removeItem(key);
  }
});
// Begun before this script had come, on a slow line.
for (const area of document.querySelectorAll("textarea[data-keep]")) {
  if (area.value !== area.defaultValue) keep(area);
}
restore();
// What is opened in a dialog comes later.
document.addEventListener("htmx:after:swap", restore);

function restore() {
  for (const area of document.querySelectorAll("textarea[data-keep]")) {
    const kept = sessionStorage.getItem(name(area));
    // Words that stand there already: only those that are edited are less than what was typed.
    if (!kept || name(area) === sent || area.value === kept || (area.value && !("keepOver" in area.dataset))) continue;
    area.value = kept;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function save(form) {
  if (!form.isConnected) return;
  const fields = ["body", "topics", "publish_at"].map((field) => [field, form.elements[field]?.value ?? ""]);
  change(form.dataset.autosave, Object.fromEntries(fields));
}

function keep(area) {
  if (area.value.trim() && area.value !== area.defaultValue) sessionStorage.setItem(name(area), area.value);
  else sessionStorage.removeItem(name(area));
}

function name(area) {
  return `quanzi:${me}:${area.dataset.keep}`;
}
