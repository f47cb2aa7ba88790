// The chosen pictures: put in order by dragging, by keys and by buttons, described, and taken out again.
// What is sent is the order that is seen: the files in their field, or the numbers beside them.
let kept = [];
let dragged = null;

document.addEventListener("change", ({ target }) => {
  if (target.matches("input[type=file][data-most]") && target.form?.querySelector("[data-previews]")) add(target);
});
document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-alt]")) target.closest("li").picture.alt = target.value;
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-chosen] [data-move], [data-chosen] [data-drop]");
  if (!button) return;
  const one = button.closest("li");
  if ("drop" in button.dataset) drop(one);
  else {
    move(one, Number(button.dataset.move));
    button.focus();
  }
});
document.addEventListener("keydown", (event) => {
  const handle = event.target.closest?.("[data-chosen] [data-drag]");
  if (!handle || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -9, End: 9 }[event.key];
  const one = handle.closest("li");
  const takes = ["Delete", "Backspace"].includes(event.key) && one.picture;
  if (!by && !takes) return;
  event.preventDefault();
  if (takes) drop(one);
  else {
    move(one, by);
    handle.focus();
  }
});

// Enter goes on to the next description; it would press the form's first button.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("[data-alt]")) return;
  event.preventDefault();
  const next = event.target.closest("li").nextElementSibling?.querySelector("[data-alt]");
  (next ?? event.target.form.querySelector("[name=body]")).focus();
});

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-chosen] [data-drag]");
  if (!handle || event.button) return;
  event.preventDefault();
  handle.focus();
  dragged = handle.closest("li");
  handle.setPointerCapture(event.pointerId);
});
document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  dragged.classList.add("chosen__one--held");
  const room = dragged.parentElement;
  const over = [...room.children].find((each) => each !== dragged && holds(each, event));
  if (!over) return;
  const after = dragged.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
  room.insertBefore(dragged, after ? over.nextSibling : over);
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (!dragged) return;
    const one = dragged;
    dragged = null;
    const moved = one.classList.contains("chosen__one--held");
    one.classList.remove("chosen__one--held");
    if (moved) tell(one);
  });
}

// A refused form comes back without its files, which only the page still has.
document.addEventListener("htmx:after:swap", () => {
  const form = document.getElementById("compose");
  const room = form?.querySelector("[data-previews]");
  if (room && kept.length && !room.childElementCount) show(form, kept);
});
document.addEventListener("quanzi:written", ({ target }) => {
  if (target.id !== "compose") return;
  for (const picture of kept) URL.revokeObjectURL(picture.url);
  kept = [];
  target.querySelector("[data-previews]")?.replaceChildren();
});

function add(input) {
  const most = Number(input.dataset.most);
  const before = [...input.form.querySelectorAll("[data-previews] li")].map((one) => one.picture);
  const fresh = [...input.files].map((file) => ({ file, alt: "", url: URL.createObjectURL(file) }));
  const all = [...before, ...fresh];
  for (const picture of all.slice(most)) URL.revokeObjectURL(picture.url);
  show(input.form, all.slice(0, most));
  if (all.length > most) say(input.form.querySelector("[data-chosen]"), "over");
}

function show(form, pictures) {
  form.querySelector("[data-plain]")?.remove();
  const room = form.querySelector("[data-previews]");
  const drawing = form.querySelector("template[data-picture]").content;
  room.replaceChildren(
    ...pictures.map((picture) => {
      const one = document.importNode(drawing, true).firstElementChild;
      one.picture = picture;
      one.querySelector("img").src = picture.url;
      one.querySelector("[data-alt]").value = picture.alt;
      return one;
    }),
  );
  settle(room);
}

// The order that is seen becomes the one that is sent.
function settle(room) {
  const all = [...room.children];
  all.forEach((one, place) => {
    const order = one.querySelector("[data-order]");
    if (order) order.value = place + 1;
    else one.querySelector("[data-alt]").name = `alt-${place + 1}`;
    one.querySelector("[data-move='-1']").disabled = place === 0;
    one.querySelector("[data-move='1']").disabled = place === all.length - 1;
  });
  if (!("previews" in room.dataset)) return;
  const files = new DataTransfer();
  for (const one of all) files.items.add(one.picture.file);
  room.closest("form").querySelector("input[name=images]").files = files.files;
  kept = all.map((one) => one.picture);
}

function move(one, by) {
  const room = one.parentElement;
  const all = [...room.children];
  const place = Math.max(0, Math.min(all.length - 1, all.indexOf(one) + by));
  one.remove();
  room.insertBefore(one, room.children[place] ?? null);
  tell(one);
}

function tell(one) {
  settle(one.parentElement);
  say(one.closest("[data-chosen]"), "moved", [...one.parentElement.children].indexOf(one) + 1);
}

function drop(one) {
  const room = one.parentElement;
  const next = one.nextElementSibling ?? one.previousElementSibling;
  URL.revokeObjectURL(one.picture.url);
  one.remove();
  settle(room);
  (next?.querySelector("[data-drag]") ?? room.closest("form").querySelector("input[name=images]")).focus();
}

function say(part, what, n) {
  part.querySelector("[data-told]").textContent = part.dataset[what].replace("{n}", n);
}

function holds(element, { clientX, clientY }) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
