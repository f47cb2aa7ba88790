// The page of all services hears only that they have changed: some are for some people, and those are
// told to nobody unasked. It asks for its part anew, a little apart from the others.
import { parsed } from "./apply.js";

const SPREAD_MS = 1_500;

let waits = null;

export function changed({ version }) {
  if (waits || !isOlder(version)) return;
  waits = setTimeout(fetchPart, Math.random() * SPREAD_MS, version);
}

async function fetchPart(version) {
  waits = null;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    const fresh = answer.ok && parsed(await answer.text()).getElementById("services");
    if (fresh) part().replaceWith(document.adoptNode(fresh));
  } catch {
    // Away; whoever comes back is told what they missed.
  }
  // One more change came while this was under way.
  if (isOlder(version)) waits = setTimeout(fetchPart, SPREAD_MS, version);
}

const part = () => document.getElementById("services");
const isOlder = (version) => part() && Number(part().dataset.version) < version;
