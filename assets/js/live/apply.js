// Events onto the page. Applying one again changes nothing: what stands there knows its version.
import { recall } from "../figures.js";
import { remembered } from "../focus.js";
import { markLiked } from "../like.js";
import { freshen } from "../times.js";
import { markMine } from "../mine.js";
import { tint } from "../tint.js";
import { feed } from "./position.js";
import * as services from "./services.js";
import * as talk from "./talk.js";
import { announce, recount } from "./waiting.js";

// Frames come from our own server, drawn by the same templates as the page; nothing else gets here.
const trust = window.trustedTypes
  ? trustedTypes.createPolicy("quanzi", { createHTML: (text) => text })
  : { createHTML: (text) => text };

const removed = new Map();

const deeds = {
  "post.published": (event) => place(event),
  "post.edited": (event) => replace(event),
  "post.removed": (event) => remove(event),
  "post.restored": (event) => restore(event),
  "digest.changed": (event) => digest(event),
  "collection.changed": (event) => collection(event),
  "collection.removed": ({ id }) => isOf(id) && setTimeout(() => location.reload(), Math.random() * 3_000),
  "comment.published": (event) => talk.publish(event),
  "comment.edited": (event) => talk.replace(event),
  "comment.removed": (event) => talk.remove(event),
  "comment.restored": (event) => talk.restore(event),
  "pins.changed": (event) => swapWhole("pins", event),
  "services.changed": (event) => shelve(event),
  "circle.changed": (event) => swapWhole("circle", event),
};

export function apply(event) {
  // A kind this script does not know yet: the next page load will show it.
  const back = remembered();
  deeds[event.op]?.(event);
  back();
}

export function parsed(html) {
  return new DOMParser().parseFromString(trust.createHTML(html), "text/html");
}

function place(event) {
  if (event.version <= removed.get(event.id)) return;
  if (document.getElementById(`post-${event.id}`)) {
    replace(event);
  } else if (belongs(event)) {
    const post = drawn(event.content);
    announce(post);
    before(post);
  }
}

// Onto the first page of the feed; onto a topic's page if the post names the topic; onto the page of
// the circle's best if it is one of them.
function belongs({ content }) {
  const { insert, topic } = feed().dataset;
  if (insert === "digest") return "digest" in drawn(content).dataset;
  if (insert !== "topic") return insert === "yes";
  const links = parsed(content).querySelectorAll("a.topic");
  return [...links].some((link) => link.textContent === `#${topic}#`);
}

// By number, not simply on top: answers and frames may come in any order.
function before(post) {
  const next = [...feed().children].find((other) => rank(other) < rank(post));
  feed().insertBefore(post, next ?? null);
}

// By when it came out, or was chosen.
const rank = ({ dataset }) => Number(dataset[feed().dataset.order ?? "seq"] ?? 0);

// It takes its old place among what this page shows, unannounced: nobody waits for it.
function restore(event) {
  if (event.version <= removed.get(event.id)) return;
  if (document.getElementById(`post-${event.id}`)) return replace(event);
  // Its own page lost what was said under it, too.
  if (location.pathname.endsWith(`/p/${event.id}`)) return location.reload();
  const post = drawn(event.content);
  const below = [...feed().children].some((other) => rank(other) < rank(post));
  if (belongs(event) && (below || !document.getElementById("older"))) before(post);
  recount();
}

// Drawn anew where it stands; onto the page of the circle's best, or off it.
function digest(event) {
  if (feed().dataset.order !== "digest") return replace(event);
  const old = document.getElementById(`post-${event.id}`);
  if (event.version <= Math.max(removed.get(event.id) ?? 0, Number(old?.dataset.version ?? 0))) return;
  old?.remove();
  if (belongs(event)) {
    const post = drawn(event.content);
    announce(post);
    before(post);
  }
  recount();
}

function replace(event) {
  for (const prefix of ["post", "pin", "entry"]) {
    const old = document.getElementById(`${prefix}-${event.id}`);
    if (!old || Number(old.dataset.version) >= event.version) continue;
    const post = drawn(event.content);
    post.id = `${prefix}-${event.id}`;
    post.hidden = old.hidden;
    old.replaceWith(post);
  }
}

function remove(event) {
  removed.set(event.id, event.version);
  document.getElementById(`post-${event.id}`)?.remove();
  document.getElementById(`entry-${event.id}`)?.closest(".entry").remove();
  if (!feed().children.length) document.getElementById("talk")?.remove();
  recount();
}

function swapWhole(id, event) {
  const old = document.getElementById(id);
  if (!old || Number(old.dataset.version) >= event.version) return;
  old.replaceWith(drawn(event.content));
}

// What this page is about, as it is now; a large one is fetched like the page itself.
function collection(event) {
  const old = document.getElementById("collection");
  if (!isOf(event.id) || Number(old.dataset.version) >= event.version) return;
  if (event.content) old.replaceWith(drawn(event.content));
  else document.dispatchEvent(new CustomEvent("quanzi:afresh"));
}

const isOf = (id) => document.getElementById("collection")?.dataset.id === id;

function shelve(event) {
  swapWhole("offers", event);
  services.changed(event);
}

export function drawn(html) {
  const element = document.adoptNode(parsed(html).body.firstElementChild);
  freshen(element);
  const room = document.createElement("div");
  room.append(element);
  markMine(room);
  markLiked(room);
  recall(room);
  tint(room);
  return element;
}
