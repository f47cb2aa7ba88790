// Says to the site how far this page of a followed circle has been shown, so that the home page
// can say what is new. Not while the tab is hidden: nobody sees it then.
import { change } from "./send.js";
import { feed } from "./live/position.js";

const path = document.body.dataset.seen;
let said = 0;

function tell() {
  const seq = Number(feed()?.dataset.seq ?? 0);
  if (document.hidden || seq <= said) return;
  said = seq;
  change(path, { seq });
}

if (path) {
  setTimeout(tell, 1_500);
  setInterval(tell, 30_000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tell());
  addEventListener("pagehide", tell);
}
