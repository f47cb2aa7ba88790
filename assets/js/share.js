// Passing on an address: by the device's own way where it has one, else copied. Without scripts the
// button opens the address itself, and a post's leads to its page, where it stands.
import { toast } from "./toast.js";

document.addEventListener("click", (event) => {
  const summary = event.target.closest?.(".share > summary");
  const link = event.target.closest?.("a[data-share]");
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (summary && navigator.share) {
    event.preventDefault();
    const { shareTitle, shareUrl } = summary.parentElement.dataset;
    share(shareTitle, shareUrl).then((done) => done || (summary.parentElement.open = true));
  } else if (link) {
    event.preventDefault();
    const address = new URL(link.getAttribute("href").split("#")[0], location.href).href;
    pass(link.dataset.share, address).then((done) => done || location.assign(link.href));
  }
});

if (location.hash === "#share") document.getElementById("share")?.setAttribute("open", "");

async function pass(title, address) {
  if (navigator.share) return share(title, address);
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    return false;
  }
  toast(document.getElementById("toasts").dataset.copied);
  return true;
}

// Whether it went, or they thought better of it.
async function share(title, url) {
  try {
    await navigator.share({ title, url });
  } catch (fault) {
    return fault.name === "AbortError";
  }
  return true;
}
