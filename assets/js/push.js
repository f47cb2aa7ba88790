// Being told on this device: the section [data-push] of one's settings. Without scripts, or where the
// browser cannot, it says so.
import { change } from "./send.js";
import { registered } from "./worker.js";

const room = document.querySelector("[data-push]");
const button = room?.querySelector("button");
if (room) begin();

async function begin() {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    say("unsupported");
    return;
  }
  button.addEventListener("click", () => (room.dataset.push === "on" ? end() : start()));
  const registration = await navigator.serviceWorker.getRegistration("/");
  const known = await registration?.pushManager.getSubscription();
  if (known && room.dataset.known.split(" ").includes(await short(known.endpoint))) say("on");
  else say(Notification.permission === "denied" ? "denied" : "off");
}

async function start() {
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") return say("denied");
    const { pushManager } = await registered();
    await (await pushManager.getSubscription())?.unsubscribe();
    const made = await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: room.dataset.key,
    });
    const { endpoint, keys } = made.toJSON();
    const answer = await change("/me/push", { endpoint, ...keys });
    if (!answer?.ok) {
      await made.unsubscribe();
      return say("failed");
    }
    say("on");
  } catch {
    say("failed");
  } finally {
    button.disabled = false;
  }
}

async function end() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const known = await registration?.pushManager.getSubscription();
  if (known) {
    await change("/me/push/end", { endpoint: known.endpoint });
    await known.unsubscribe();
  }
  say("off");
}

function say(state) {
  room.dataset.push = state;
  room.querySelector("[data-push-says]").textContent = room.dataset[state];
  button.hidden = state === "unsupported" || state === "denied";
  button.textContent = state === "on" ? room.dataset.stop : room.dataset.begin;
}

// As the page names those that the site knows: the address itself is a secret of the browser's.
async function short(endpoint) {
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(sum)].slice(0, 8).map((n) => n.toString(16).padStart(2, "0")).join("");
}
