// When to come back. hx-ws would bring everyone back within half a second: a herd on every deploy.
const element = document.getElementById("live");

const SPREAD = 5_000;
const PATIENT_AFTER = 6;
const LONGEST = 60_000;

let failures = 0;
let askedDelay = null;

export const hasConnection = () => socket()?.readyState === WebSocket.OPEN;
export const failed = () => failures;

export function say(frame) {
  if (hasConnection()) socket().send(JSON.stringify(frame));
}

export function opened() {
  failures = 0;
  askedDelay = null;
}

// The server said when: `bye` with retry_ms.
export function leaveFor(ms) {
  askedDelay = ms;
  setTimeout(() => socket()?.close(), ms);
}

export function closed({ connection, code }) {
  if (code === null || !connection) return;
  const spread = failures < PATIENT_AFTER ? SPREAD : Math.min(LONGEST, SPREAD * 2 ** (failures - PATIENT_AFTER + 1));
  const delay = askedDelay === null ? Math.random() * spread : Math.random() * 1_000;
  failures += 1;
  askedDelay = null;
  // hx-ws doubles what stands here with every try, and adds its own jitter; both are undone.
  connection.config.reconnectJitter = 0;
  connection.config.reconnectDelay = Math.max(1, delay / 2 ** connection.attempt);
}

// A half-open connection never reports itself: close it, and hx-ws opens another.
export function reopen() {
  const open = socket();
  if (open && open.readyState <= WebSocket.OPEN) open.close();
  else if (!element._htmx?.ws?.connection) element.dispatchEvent(new Event("quanzi:open"));
}

function socket() {
  return element?._htmx?.ws?.connection?.socket;
}
