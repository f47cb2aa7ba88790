// The heart: pressed, it is red at once; the figure comes from the site. Without scripts it is a
// link to the post, where a form stands.
import { change, refused } from "./send.js";

document.addEventListener("click", (event) => {
  const heart = event.target.closest?.("a[data-like]");
  if (!heart || !document.body.dataset.viewer || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  press(heart);
});

// What is read out as a button is pressed like one.
document.addEventListener("keydown", (event) => {
  const heart = event.key === " " && event.target.closest?.("a[data-like][role=button]");
  if (!heart) return;
  event.preventDefault();
  if (!event.repeat) press(heart);
});

// Also for what the live connection brings: which posts I like is on the page, not in the post.
export function markLiked(root = document) {
  const liked = new Set((document.getElementById("feed")?.dataset.liked ?? "").split(" "));
  for (const heart of root.querySelectorAll("a[data-like]")) {
    // For a visitor it stays the link that it is.
    if (!document.body.dataset.viewer) continue;
    heart.setAttribute("role", "button");
    heart.setAttribute("aria-pressed", String(liked.has(heart.dataset.like)));
  }
}

async function press(heart) {
  const like = heart.getAttribute("aria-pressed") !== "true";
  set(heart.dataset.like, like);
  const answer = await change(heart.pathname + (like ? "/like" : "/unlike"));
  if (answer?.ok) return;
  set(heart.dataset.like, !like);
  await refused(answer);
}

function set(post, like) {
  const feed = document.getElementById("feed");
  const liked = new Set((feed.dataset.liked ?? "").split(" ").filter(Boolean));
  like ? liked.add(post) : liked.delete(post);
  feed.dataset.liked = [...liked].join(" ");
  markLiked();
}

markLiked();
