// Too far behind, or another history: the page's live parts are fetched again, as a reader would.
import { forget } from "../figures.js";
import { markLiked } from "../like.js";
import { freshen } from "../times.js";
import { markMine } from "../mine.js";
import { tint } from "../tint.js";
import { parsed } from "./apply.js";

const parts = ["circle", "pins", "offers", "services", "feed", "comments"];

export async function fetchAfresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok) throw new Error(`the page answers ${answer.status}`);
  const fresh = parsed(await answer.text());
  if (!fresh.getElementById("feed")) throw new Error("the page has no feed");
  for (const id of parts) {
    const now = fresh.getElementById(id);
    const old = document.getElementById(id);
    if (now && old) old.replaceWith(document.adoptNode(now));
  }
  forget();
  freshen();
  markMine();
  markLiked();
  tint();
}
