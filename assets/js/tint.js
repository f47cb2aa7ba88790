// Until a picture has come, its own colour stands in its place. (A page's policy forbids the drawing to
// say so itself.)
export function tint(root = document) {
  for (const picture of root.querySelectorAll("img[data-colour]")) {
    if (!picture.complete) picture.style.backgroundColor = picture.dataset.colour;
  }
}

tint();
