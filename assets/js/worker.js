// The worker: kept for when there is no net, and for what is pushed. It hears which language is read.
const WORKER = "/sw.js";
const trusted = globalThis.trustedTypes
  ? trustedTypes.createPolicy("quanzi-worker", {
      createScriptURL: (address) => {
        if (address !== WORKER) throw new TypeError(address);
        return address;
      },
    })
  : { createScriptURL: (address) => address };

export async function registered() {
  await navigator.serviceWorker.register(trusted.createScriptURL(WORKER));
  return navigator.serviceWorker.ready;
}

// Once the page stands: nothing of it waits for this.
async function begin() {
  try {
    const { active } = await registered();
    active?.postMessage({ lang: document.documentElement.lang });
  } catch {
    // A private window, or a site without HTTPS: it works without.
  }
}

if ("serviceWorker" in navigator) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}
