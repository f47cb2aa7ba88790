// What every page runs, and what comes with the first element that asks for it, be it in a dialog. What a
// single page is for, where keys are pressed at once, its template names (`block scripts`). Each behaviour is
// a small module bound by data attributes; all works without.
import "./csrf.js";
import "./times.js";
import "./mine.js";
import "./tint.js";
import "./lightbox.js";
import "./place.js";
import "./focus.js";
import "./menu.js";
import "./figures.js";
import "./like.js";
import "./talk.js";
import "./unfold.js";
import "./seen.js";
import "./toast.js";
import "./bell.js";
import "./share.js";
import "./worker.js";
import "./live.js";
import "./live/own.js";

const wanted = new Map([
  ["chosen", "[data-chosen], [data-most]"],
  ["compose", "[data-grow], [data-count-to], #compose, #edit"],
  ["copy", "[data-copy]"],
  // Who signs out leaves no drafts behind, on whatever page they do it.
  ["keep", "[data-keep], [data-autosave], [action='/signout']"],
  ["mention", "[data-names]"],
  ["plan", "[data-fill]"],
  ["preview", "[data-preview]"],
  ["tabs", "[data-tabs] [aria-current]:not(:first-child)"],
]);

function fetchWanted() {
  const asked = [...wanted].filter(([, where]) => document.querySelector(where));
  return Promise.all(asked.map(fetchOne));
}

async function fetchOne([name, where]) {
  wanted.delete(name);
  try {
    await import(`./${name}.js`);
  } catch (fault) {
    // Away: the next change of the page asks again, and all works without.
    console.warn(fault);
    wanted.set(name, where);
  }
}

document.addEventListener("htmx:after:swap", fetchWanted);
// htmx begins after them (`later.js`): what it does first is heard by all.
await fetchWanted();
