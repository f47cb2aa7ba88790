// New posts are not put under the eyes of someone who has scrolled down: they wait behind a button.
import { feed } from "./position.js";

const button = document.getElementById("new-posts");
const told = document.getElementById("new-posts-told");
const title = document.title;
// News of a busy circle is told in one sentence, not in as many as there are posts.
const GATHERED_MS = 1_500;

let untold = [];
let telling = null;

const waiting = () => [...(feed()?.querySelectorAll(":scope > .post[hidden]") ?? [])];

export function announce(post) {
  post.hidden = isReading();
  if (!post.hidden) post.classList.add("post--new");
  queueMicrotask(recount);
  tell(post);
}

// To who does not see it: that there is something new and how much, never what; and that their own is out.
function tell(post) {
  if (!told) return;
  untold.push(post);
  telling ??= setTimeout(() => {
    const own = untold.every((each) => each.classList.contains("mine"));
    told.textContent = (own && told.dataset.own) || words(untold.length);
    untold = [];
    telling = null;
  }, GATHERED_MS);
}

const words = (count) => (count === 1 ? button.dataset.one : button.dataset.many).replace("{n}", String(count));

export function recount() {
  if (!button) return;
  const count = waiting().length;
  button.hidden = count === 0;
  button.textContent = words(count);
  document.title = count ? `(${count}) ${title}` : title;
}

function isReading() {
  return (feed()?.getBoundingClientRect().top ?? 0) < -40;
}

button?.addEventListener("click", () => {
  for (const post of waiting()) {
    post.hidden = false;
    post.classList.add("post--new");
  }
  recount();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  feed().scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
});
