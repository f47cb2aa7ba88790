// Live figures: the site says what is true now, and every place that shows it is told.
// Kept, too, so that what is drawn later (an edited post, a new head) shows them at once.
const units = {
  "zh-Hans": [[1e8, "亿"], [1e4, "万"]],
  "zh-Hant": [[1e8, "億"], [1e4, "萬"]],
  en: [[1e6, "M"], [1e3, "K"]],
}[document.documentElement.lang];

const known = new Map();

document.addEventListener("quanzi:now", ({ detail: counts }) => {
  for (const [name, n] of Object.entries(counts)) {
    known.set(name, n);
    show(document, name, n);
  }
});

// Only what `root` shows is looked at: a page may know hundreds of figures.
export function recall(root) {
  for (const place of root.querySelectorAll("[data-count]")) {
    const name = place.dataset.of ? `${place.dataset.count}:${place.dataset.of}` : place.dataset.count;
    if (known.has(name)) place.textContent = words(name, known.get(name));
  }
}

export function forget() {
  known.clear();
}

function show(root, name, n) {
  const [kind, of] = name.split(":");
  const places = `[data-count="${CSS.escape(kind)}"]${of ? `[data-of="${CSS.escape(of)}"]` : ""}`;
  for (const place of root.querySelectorAll(places)) {
    place.textContent = words(name, n);
  }
}

// As the site's own pages say it: 12,345 is 1.2万 or 12.3K, and never rounded up.
function words(name, n) {
  if (name === "notices" || name === "cases") return n > 99 ? "99+" : n ? String(n) : "";
  if (n <= 0 && name.includes(":")) return "";
  for (const [size, letter] of units) {
    if (n >= size) {
      const tenths = Math.floor((n / size) * 10);
      return (tenths % 10 === 0 || tenths >= 1000 ? Math.floor(tenths / 10) : (tenths / 10).toFixed(1)) + letter;
    }
  }
  return String(n);
}
