// A member's own connection, on pages that are not a circle's: how much is new for them.
import { closed, leaveFor, opened, reopen, say } from "./connection.js";
import { show } from "./position.js";

const element = document.getElementById("live");
const SILENT_MS = 45_000;

let heardAt = Date.now();
let ended = false;

const hears = {
  now: ({ counts }) => document.dispatchEvent(new CustomEvent("quanzi:now", { detail: counts })),
  bye: ({ retry_ms: ms }) => (ms === null ? (ended = true) : leaveFor(ms)),
};

function wake() {
  heardAt = Date.now();
  if (!ended) reopen();
}

if (element?.hasAttribute("data-own")) {
  document.addEventListener("htmx:ws:after:connection", () => {
    opened();
    heardAt = Date.now();
    say({ since: element.dataset.since ?? null });
    show("on");
  });
  document.addEventListener("htmx:ws:before:message:incoming", (event) => {
    event.preventDefault();
    heardAt = Date.now();
    const frame = JSON.parse(event.detail.message.data);
    hears[frame.kind]?.(frame);
  });
  document.addEventListener("htmx:ws:close", ({ detail }) => {
    if (detail.code === 1008) ended = true;
    closed(detail);
    show("off");
  });
  addEventListener("online", wake);
  addEventListener("pageshow", ({ persisted }) => persisted && wake());
  // Either way: a clock that is put back would hide a silence for as long as it was wrong.
  const silent = () => Math.abs(Date.now() - heardAt) > SILENT_MS;
  setInterval(() => !ended && !document.hidden && silent() && wake(), 5_000);
}

const button = document.querySelector("a#new-posts");
const told = document.getElementById("new-posts-told");
const title = document.title;

document.addEventListener("quanzi:now", ({ detail: { new: count } }) => {
  if (!button || count === undefined) return;
  button.hidden = count === 0;
  const words = count === 1 ? button.dataset.one : button.dataset.many;
  button.textContent = words.replace("{n}", count > 99 ? "99+" : String(count));
  told.textContent = count ? button.textContent : "";
  document.title = count ? `(${count > 99 ? "99+" : count}) ${title}` : title;
});
