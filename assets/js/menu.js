// "⋯" on a post opens its controls in a dialog; without scripts it is a link to the same controls.
const dialog = document.getElementById("menu");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-menu], #menu a[data-edit]");
  if (link && dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(link.href);
  } else if (event.target.closest?.("#menu [data-close]") || event.target === dialog) {
    event.preventDefault();
    dialog.close();
  }
});

// A deed that is done closes the dialog; what it did comes over the live connection.
document.addEventListener("quanzi:written", () => dialog?.open && dialog.close());
// Where the controls are a page of their own, it leads on as it does without scripts.
document.addEventListener("quanzi:undo", ({ detail: { back } }) => {
  if (location.pathname.endsWith("/controls")) location.assign(back);
});

async function open(address) {
  const room = document.getElementById("menu-content");
  room.replaceChildren(document.importNode(document.getElementById("menu-waits").content, true));
  if (!dialog.open) dialog.showModal();
  await htmx.ajax("GET", address, { target: "#menu-content", swap: "innerHTML", push: "false" });
  // What did not come: why not is said under the dialog.
  if (room.querySelector(".skeleton")) return dialog.close();
  (room.querySelector("[autofocus]") ?? room.querySelector("a, button, input, textarea"))?.focus();
}
