// New posts are not put under the eyes of someone who has scrolled down: they wait behind a button.
import { feed } from "./position.js";

const button = document.getElementById("new-posts");
const title = document.title;

const waiting = () => [...(feed()?.querySelectorAll(":scope > .post[hidden]") ?? [])];

export function announce(post) {
  post.hidden = isReading();
  if (!post.hidden) post.classList.add("post--new");
  queueMicrotask(recount);
}

export function recount() {
  if (!button) return;
  const count = waiting().length;
  button.hidden = count === 0;
  const words = count === 1 ? button.dataset.one : button.dataset.many;
  button.textContent = words.replace("{n}", String(count));
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
