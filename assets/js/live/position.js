// Where this page stands: the DOM is the state at #feed[data-seq] of history data-epoch.
export const feed = () => document.getElementById("feed");

export function position() {
  const { epoch, seq } = feed().dataset;
  return { epoch, seq: Number(seq) };
}

export function moveTo(seq) {
  feed().dataset.seq = String(seq);
}

const state = document.getElementById("live-state");

// "on", "catching-up" or "off": for styles and tests on <html>, for people in words.
export function show(how) {
  document.documentElement.dataset.live = how;
  if (!state) return;
  state.textContent = state.getAttribute(`data-${how}`);
  state.hidden = how === "on";
}
