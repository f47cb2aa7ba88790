// What runs while no page is open: it shows what was pushed, and leads there. It keeps no pages.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const said = event.data?.json() ?? {};
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
