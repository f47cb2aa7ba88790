// Notices: the bell rings when something is new; the page of notices says by itself that it has been
// seen, and which notice was opened. Without scripts there are buttons for both.
import { change } from "./send.js";

const bell = document.getElementById("bell");
const tray = document.getElementById("notices");
const SEEN_AFTER_MS = 1_200;

let waiting = number(bell?.querySelector("[data-count]").textContent);
badge(waiting);
// Counted from what this page shows: seeing it lowers the figure, and that is no news.
let shown = waiting;

document.addEventListener("quanzi:now", ({ detail: { notices } }) => {
  if (!bell || notices === undefined) return;
  if (notices > waiting) {
    bell.classList.remove("bell--rung");
    requestAnimationFrame(() => bell.classList.add("bell--rung"));
  }
  waiting = notices;
  badge(waiting);
  shown = Math.min(shown, notices);
  const button = document.getElementById("new-notices");
  if (button) button.hidden = notices <= shown;
});

if (tray?.dataset.upTo) {
  const seen = () => !document.hidden && change("/me/notices/seen", { up_to: tray.dataset.upTo });
  setTimeout(seen, SEEN_AFTER_MS);
  document.addEventListener("visibilitychange", seen);
}

tray?.addEventListener("click", ({ target }) => {
  const notice = target.closest("a[data-notice]");
  if (notice?.closest(".notice--unread")) change("/me/notices/read", { id: notice.dataset.notice });
});

// On the icon of the installed app; gone with who signed out.
function badge(count) {
  if (!navigator.setAppBadge) return;
  (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {});
}

function number(text) {
  return Number.parseInt(text || "0", 10);
}
