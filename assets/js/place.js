// Coming back to a page is coming back to the same place: to the post that stood there, where it stood,
// and open if it was open, whatever has come in above it meanwhile.
const POSTS = ".feed > .post, .feed .home__item .post, .comments > .comment";
const SETTLES_MS = 150;

let settling = 0;

addEventListener("scroll", () => {
  clearTimeout(settling);
  settling = setTimeout(remember, SETTLES_MS);
}, { passive: true });
addEventListener("pagehide", remember);
document.addEventListener("click", ({ target }) => target.closest?.("a[href]") && remember(), true);

function remember() {
  const first = [...document.querySelectorAll(POSTS)].find((post) => post.getBoundingClientRect().bottom > 80);
  if (!first || scrollY < 1) return history.replaceState({ ...history.state, at: null }, "");
  const unfolded = [...document.querySelectorAll(".unfolded")].map((part) => part.closest("[id]")?.id);
  const at = { id: first.id, top: first.getBoundingClientRect().top, unfolded };
  history.replaceState({ ...history.state, at }, "");
}

function back() {
  const { type } = performance.getEntriesByType("navigation")[0] ?? {};
  const at = history.state?.at;
  if (!at || (type !== "back_forward" && type !== "reload")) return;
  for (const id of at.unfolded) document.getElementById(id)?.querySelector(".post__body")?.classList.add("unfolded");
  const post = document.getElementById(at.id);
  if (!post) return;
  history.scrollRestoration = "manual";
  post.closest(".feed")?.classList.add("feed--whole");
  const settle = () => scrollBy({ top: post.getBoundingClientRect().top - at.top, behavior: "instant" });
  settle();
  // Once more when letters and pictures have come, unless somebody has moved by then.
  const stood = scrollY;
  addEventListener("load", () => Math.abs(scrollY - stood) < 2 && settle(), { once: true });
}

back();
