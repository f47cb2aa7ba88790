// "@x" in a text: whom it may mean stands in a small list under it. Arrows choose, Enter or Tab
// takes, Escape leaves. Without scripts one types the handle.
const TYPED = /(?:^|[^a-z0-9_@./-])@([^\s@]{1,20})$/i;

let list = null;
let area = null;
let asked = 0;

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("textarea[data-names]")) look(target);
});
document.addEventListener("keydown", (event) => {
  if (!list || event.target !== area || event.isComposing) return;
  if (event.key === "ArrowDown") move(1);
  else if (event.key === "ArrowUp") move(-1);
  else if (event.key === "Enter" || event.key === "Tab") take(chosen());
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.(".names [role=option]");
  if (option) {
    event.preventDefault();
    take(option);
  } else close();
});
document.addEventListener("focusout", ({ target }) => target === area && close());

async function look(target) {
  const mine = ++asked;
  const typed = before(target).match(TYPED)?.[1];
  if (!typed) return close();
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (mine !== asked) return;
  const answer = await fetch(`${target.dataset.names}?q=${encodeURIComponent(typed)}`).catch(() => null);
  const people = answer?.ok ? await answer.json() : [];
  if (mine !== asked || document.activeElement !== target) return;
  people.length ? open(target, people) : close();
}

function open(target, people) {
  close();
  area = target;
  list = document.createElement("ul");
  list.className = "names";
  list.id = "names";
  list.setAttribute("role", "listbox");
  list.append(...people.map(option));
  target.after(list);
  target.setAttribute("aria-controls", "names");
  mark(list.firstElementChild);
}

function option({ handle, name }, place) {
  const line = document.createElement("li");
  line.id = `name-${place}`;
  line.setAttribute("role", "option");
  line.dataset.handle = handle;
  const who = document.createElement("b");
  who.textContent = name;
  line.append(who, ` @${handle}`);
  return line;
}

function close() {
  list?.remove();
  area?.removeAttribute("aria-controls");
  area?.removeAttribute("aria-activedescendant");
  list = area = null;
}

const chosen = () => list.querySelector("[aria-selected=true]");

function move(by) {
  const all = [...list.children];
  mark(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
}

function mark(line) {
  for (const other of list.children) other.setAttribute("aria-selected", String(other === line));
  area.setAttribute("aria-activedescendant", line.id);
}

function take(line) {
  const head = before(area).replace(/@[^\s@]*$/, `@${line.dataset.handle} `);
  const tail = area.value.slice(area.selectionEnd);
  area.value = head + tail;
  area.setSelectionRange(head.length, head.length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
  close();
}

const before = (target) => target.value.slice(0, target.selectionStart);
