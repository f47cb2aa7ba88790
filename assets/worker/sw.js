// What runs while no page is open: it shows what was pushed, and leads there. And when there is no net:
// it keeps the page that says so, and the site's own CSS and scripts, which are named by their content.
// Never anything of a person's: no page, no picture, no answer.
const KEPT = "quanzi-1";
const OFFLINE = "/offline";

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepOffline());
});
self.addEventListener("activate", (event) => event.waitUntil(begin()));
// A page says which language is read by now.
self.addEventListener("message", ({ data }) => data?.lang && keepOffline(data.lang));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(navigate(event));
  else if (pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

self.addEventListener("push", (event) => {
  const said = event.data?.json() ?? {};
  self.navigator.setAppBadge?.().catch(() => {});
  event.waitUntil(
    self.registration.showNotification(said.title ?? "Quanzi", {
      body: said.body ?? "",
      tag: said.tag ?? "quanzi",
      renotify: true,
      lang: said.lang ?? "",
      data: { path: said.path ?? "/me/notices" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.path, self.location.origin)));
});

async function begin() {
  await self.registration.navigationPreload?.enable();
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await self.clients.claim();
}

async function navigate(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (fault) {
    const page = await (await caches.open(KEPT)).match(OFFLINE);
    if (page) return page;
    throw fault;
  }
}

async function asset(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.headers.get("cache-control")?.includes("immutable")) await keep(cache, request, answer.clone());
  return answer;
}

// The same file under another name is an older one.
async function keep(cache, request, answer) {
  const name = ({ url }) => new URL(url).pathname.split("/").slice(3).join("/");
  await cache.put(request, answer);
  for (const each of await cache.keys()) {
    if (each.url !== request.url && each.url.includes("/assets/") && name(each) === name(request)) await cache.delete(each);
  }
}

async function keepOffline(lang) {
  const cache = await caches.open(KEPT);
  const known = await (await cache.match(OFFLINE))?.text();
  if (lang && known?.includes(`lang="${lang}"`)) return;
  const page = await fetch(lang ? `${OFFLINE}?lang=${lang}` : OFFLINE, { credentials: "same-origin" });
  if (!page.ok) return;
  const html = await page.clone().text();
  await cache.put(OFFLINE, page);
  for (const [address] of html.matchAll(/\/assets\/[^"]+/g)) await asset(new Request(address));
}

// A page that is open already is taken there instead of opening another.
async function open(address) {
  if (address.origin !== self.location.origin) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const same = pages.find((page) => page.url === address.href);
  if (same) await same.focus();
  else if (pages.length > 0 && "navigate" in pages[0]) {
    await pages[0].focus();
    await pages[0].navigate(address.href).catch(() => self.clients.openWindow(address.href));
  } else await self.clients.openWindow(address.href);
}
