// The queue by keyboard, and live: what arrives or is taken up elsewhere shows by itself.
import { parsed } from "./live/apply.js";

const queue = () => document.querySelector("[data-queue]");
// What this page was drawn with nobody says: the first figures are a reason to look, too.
let known;

// Keys do what stands beside them on the page; never while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return press(document.querySelector('[data-key="Enter"]'), event);
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1, event);
  if (key === "enter") return;
  press(document.querySelector(`[data-key="${CSS.escape(key)}"]`), event);
});

function press(place, event) {
  if (!place) return;
  event.preventDefault();
  if (place.matches("textarea")) place.focus();
  else place.click();
}

function move(by, event) {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")];
  if (!rows.length) return;
  event.preventDefault();
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))].focus();
}

const typing = (element) => element.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox])");

document.addEventListener("quanzi:now", ({ detail: { cases, claims } }) => {
  if (!queue() || cases === undefined) return;
  const now = `${cases} ${claims}`;
  if (known !== now) refresh();
  known = now;
});

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  const fresh = answer.ok && parsed(await answer.text()).querySelector("[data-queue]");
  if (!fresh || !queue()) return;
  const held = document.activeElement?.closest("[data-case]")?.dataset.case;
  queue().replaceWith(document.adoptNode(fresh));
  if (held) queue().querySelector(`[data-case="${CSS.escape(held)}"] [data-row]`)?.focus();
}
