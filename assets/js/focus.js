// Who works by keyboard stays where they were when the place under them is drawn anew.
const REACHED = "a[href], button, input, select, textarea, summary, [tabindex]";

const within = (place) => [...place.querySelectorAll(REACHED)].filter((each) => each.tabIndex >= 0 && each.getClientRects().length);

// Where the focus is, told by what stays: the elements around it that have a name, and its number in
// each. What is given back puts the focus there again, if it was lost meanwhile.
export function remembered() {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return () => {};
  const places = [];
  for (let around = focused.closest("[id]"); around; around = around.parentElement?.closest("[id]")) {
    places.push([around.id, within(around).indexOf(focused)]);
  }
  return () => {
    const isLost = !focused.isConnected && (!document.activeElement || document.activeElement === document.body);
    if (isLost) findAgain(places)?.focus({ preventScroll: true });
  };
}

function findAgain(places) {
  for (const [id, number] of places) {
    const place = document.getElementById(id);
    if (!place) continue;
    if (place.matches(REACHED) && place.tabIndex >= 0) return place;
    const there = within(place);
    if (there.length) return there[Math.max(0, Math.min(number, there.length - 1))];
  }
  return null;
}

// htmx keeps the focus of what has a name of its own; most buttons of ours have none.
let back = () => {};
document.addEventListener("htmx:before:swap", () => {
  back = remembered();
  requestAnimationFrame(() => back());
});
for (const done of ["htmx:after:swap", "htmx:finally:swap"]) document.addEventListener(done, () => back());
