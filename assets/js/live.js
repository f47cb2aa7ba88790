// The live page. hx-ws keeps the socket; this keeps the promise: nothing missed, nothing twice.
//
// seq ≤ mine: seen, dropped · mine + 1: applied · beyond: held, and the gap asked for.
import { apply } from "./live/apply.js";
import { fetchAfresh } from "./live/afresh.js";
import { closed, failed, hasConnection, leaveFor, opened, reopen, say } from "./live/connection.js";
import { feed, moveTo, position, show } from "./live/position.js";

const element = document.getElementById("live");
const PROTO = 1;
const MOST_HELD = 256;
const GAP_MS = 3_000;
const SILENT_MS = 45_000;
const SLEPT_MS = 15_000;
const GRACE_MS = 1_000;

const held = new Map();
let gapTimer = null;
let heardAt = Date.now();
let tickedAt = Date.now();
let refetching = false;
let ended = false;

const hears = {
  hello: ({ epoch, proto }) => (proto === PROTO ? epochIs(epoch) : suggestReload()),
  event: (frame) => receive(frame),
  batch: ({ events }) => events.forEach(receive),
  head: ({ epoch, seq }) => epochIs(epoch) && headIs(seq),
  reset: ({ reason }) => afresh(reason === "epoch" ? 10_000 : 1_000),
  now: (frame) => document.dispatchEvent(new CustomEvent("quanzi:now", { detail: frame.counts })),
  bye: ({ retry_ms: ms }) => (ms === null ? (ended = true) : leaveFor(ms)),
};

function hear(frame) {
  heardAt = Date.now();
  hears[frame.kind]?.(frame);
  if (hasConnection() && held.size === 0 && !refetching && frame.kind !== "bye") show("on");
}

function receive(frame) {
  const { seq } = position();
  if (frame.seq <= seq || refetching) return;
  if (frame.seq > seq + 1) return hold(frame);
  try {
    apply(frame);
  } catch (fault) {
    console.error(fault);
    return afresh(1_000);
  }
  moveTo(frame.seq);
  const next = held.get(frame.seq + 1);
  held.delete(frame.seq + 1);
  if (next) receive(next);
  else if (held.size === 0) clearTimeout(gapTimer);
}

function hold(frame) {
  if (held.size >= MOST_HELD) return afresh(1_000);
  if (held.size === 0) {
    resume();
    clearTimeout(gapTimer);
    gapTimer = setTimeout(() => held.size && afresh(1_000), GAP_MS);
  }
  held.set(frame.seq, frame);
}

function resume() {
  show("catching-up");
  say({ resume: position() });
}

function epochIs(epoch) {
  if (epoch === position().epoch) return true;
  afresh(10_000);
  return false;
}

// The head may run ahead of an event that is being written this moment.
function headIs(head) {
  if (head <= position().seq) return;
  setTimeout(() => head > position().seq && held.size === 0 && !refetching && resume(), GRACE_MS);
}

async function afresh(spread) {
  if (refetching) return;
  refetching = true;
  show("catching-up");
  await pause(Math.random() * spread);
  for (let tries = 0; refetching; tries += 1) {
    try {
      await fetchAfresh();
      refetching = false;
    } catch (fault) {
      console.warn(fault);
      await pause(Math.random() * Math.min(30_000, 1_000 * 2 ** tries));
    }
  }
  held.clear();
  clearTimeout(gapTimer);
  resume();
}

function suggestReload() {
  // Another version of this script is out. Never while somebody has typed something.
  const typing = [...document.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
  if (!typing) setTimeout(() => location.reload(), Math.random() * 600_000);
}

// The same news by plain request, for who has no socket.
async function fetchMissed() {
  const { epoch, seq } = position();
  try {
    const answer = await fetch(`${element.dataset.missed}&epoch=${epoch}&after=${seq}`, { cache: "no-store" });
    if (answer.ok) hears[(await answer.clone().json()).kind]?.(await answer.json());
  } catch {
    // Away; the next round asks again.
  }
}

async function pollWithoutSocket() {
  for (;;) {
    await pause(15_000 + Math.random() * 15_000);
    if (!ended && !hasConnection() && failed() >= 3 && !document.hidden) await fetchMissed();
  }
}

function tick() {
  const now = Date.now();
  // Either way: a clock that is put back would hide a silence for as long as it was wrong.
  const slept = Math.abs(now - tickedAt) > SLEPT_MS;
  tickedAt = now;
  if (ended || document.hidden) return;
  if (slept || Math.abs(now - heardAt) > SILENT_MS) wake();
}

function wake() {
  heardAt = Date.now();
  if (!ended) reopen();
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

if (element && feed()?.dataset.epoch) {
  document.addEventListener("htmx:ws:after:connection", () => {
    opened();
    heardAt = Date.now();
    resume();
  });
  document.addEventListener("htmx:ws:before:message:incoming", (event) => {
    event.preventDefault();
    hear(JSON.parse(event.detail.message.data));
  });
  document.addEventListener("htmx:ws:close", ({ detail }) => {
    if (detail.code === 1008) ended = true;
    closed(detail);
    show("off");
  });
  document.addEventListener("quanzi:written", async ({ detail }) => {
    await pause(700);
    if (!hasConnection() || position().seq < (detail?.seq ?? 0)) await fetchMissed();
  });
  document.addEventListener("quanzi:afresh", () => afresh(1_000));
  addEventListener("online", wake);
  addEventListener("pageshow", ({ persisted }) => persisted && wake());
  setInterval(tick, 5_000);
  pollWithoutSocket();
}
