// A picture of a post, large: by keys, by buttons, by swiping. Without scripts its link opens the picture.
const box = document.getElementById("lightbox");
const SWIPED = 48;
const PULLED = 90;

let links = [];
let at = 0;
let touched = null;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.pictures__one");
  if (!link || !box || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  links = [...link.closest(".pictures").querySelectorAll("a.pictures__one")];
  show(links.indexOf(link));
  box.showModal();
});

box?.addEventListener("click", ({ target }) => {
  const go = target.closest("[data-go]");
  if (go) show(at + Number(go.dataset.go));
  else if (target.closest("[data-close]") || !target.closest(".lightbox__picture, .lightbox__words")) box.close();
});
box?.addEventListener("keydown", (event) => {
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: links.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  show(to);
});
box?.addEventListener("touchstart", ({ touches }) => (touched = touches.length === 1 ? touches[0] : null), { passive: true });
box?.addEventListener("touchend", ({ changedTouches: [now] }) => {
  // Larger than the window it is moved about, not on.
  if (!touched || (visualViewport?.scale ?? 1) > 1.01) return;
  const [across, down] = [now.clientX - touched.clientX, now.clientY - touched.clientY];
  if (Math.abs(across) > SWIPED && Math.abs(across) > Math.abs(down)) show(at + (across < 0 ? 1 : -1));
  else if (down > PULLED) box.close();
});

function show(to) {
  if (to < 0 || to >= links.length) return;
  at = to;
  const small = links[at].querySelector("img");
  const picture = box.querySelector("img");
  picture.removeAttribute("src");
  for (const side of ["width", "height"]) picture.setAttribute(side, small.getAttribute(side));
  picture.alt = small.alt;
  // What is known of it already stands there until it has come.
  picture.style.backgroundColor = small.dataset.colour ?? "";
  picture.style.backgroundImage = small.currentSrc ? `url("${small.currentSrc}")` : "";
  picture.src = links[at].href;
  box.querySelector("[data-alt]").textContent = small.alt;
  const place = box.dataset.of.replace("{n}", at + 1).replace("{all}", links.length);
  box.querySelector("[data-place]").textContent = links.length > 1 ? place : "";
  hide("[data-go='-1']", at === 0);
  hide("[data-go='1']", at === links.length - 1);
}

function hide(which, hidden) {
  const button = box.querySelector(which);
  if (hidden && document.activeElement === button) box.querySelector("[data-close]").focus();
  button.hidden = hidden;
}
