// Comments on a post's own page; on other pages only their figures change.
import { drawn } from "./apply.js";

const list = () => document.getElementById("comments");

export function publish(event) {
  if (!list() || !event.content) return;
  const old = document.getElementById(`comment-${event.id}`);
  const comment = drawn(event.content);
  if (old) {
    if (Number(old.dataset.version) < event.version) old.replaceWith(comment);
  } else if (comment.dataset.root === event.id) {
    comment.classList.add("comment--new");
    addThread(comment);
  } else {
    comment.classList.add("comment--new");
    addReply(comment);
  }
}

// Who does not show it yet gets it as it is by then.
export function replace(event) {
  const old = document.getElementById(`comment-${event.id}`);
  if (old && event.content && Number(old.dataset.version) < event.version) old.replaceWith(drawn(event.content));
}

// A reply comes back under what had gone with it: only the server knows what stands around it now.
export function restore(event) {
  if (!list() || !event.content) return;
  const { root } = drawn(event.content).dataset;
  const has = (id) => document.getElementById(`comment-${id}`);
  if (root === event.id || has(root) || has(event.id)) publish(event);
  else document.dispatchEvent(new CustomEvent("quanzi:afresh"));
}

export function remove(event) {
  const old = document.getElementById(`comment-${event.id}`);
  if (!old) return;
  const { root } = old.dataset;
  // A stone stays in its place while replies stand under it.
  if (event.content) old.replaceWith(drawn(event.content));
  else old.remove();
  const stone = document.querySelector(`#comment-${CSS.escape(root)}.comment--stone`);
  if (stone && !below(root).length) stone.remove();
}

// At the end, unless more threads wait on the next page; one's own are seen in any case.
function addThread(comment) {
  const { dataset } = list();
  if (dataset.thread) return;
  const next = [...list().children].find((other) => other.matches(".comment:not(.comment--reply)") && number(other) > number(comment));
  if (next) next.before(comment);
  else if (dataset.end === "yes" || comment.dataset.author === document.body.dataset.viewer) list().append(comment);
}

function addReply(comment) {
  const { root, author } = comment.dataset;
  if (!document.getElementById(`comment-${root}`)) return;
  const more = list().querySelector(`[data-more-of="${CSS.escape(root)}"]`);
  if (more && author !== document.body.dataset.viewer) {
    const words = more.firstElementChild;
    more.dataset.n = String(Number(more.dataset.n) + 1);
    words.textContent = words.dataset.words.replace("{n}", more.dataset.n);
    return;
  }
  const earlier = below(root).filter((other) => number(other) < number(comment));
  (earlier.at(-1) ?? document.getElementById(`comment-${root}`)).after(comment);
}

// One that was away comes back to its old place: in the order of their numbers.
const number = ({ id }) => Number(id.replace("comment-", ""));

const below = (root) => [...list().querySelectorAll(`.comment--reply[data-root="${CSS.escape(root)}"]`)];
