// Live figures: the site says what is true now, and every place that shows it is told.
// Kept, too, so that what is drawn later (an edited post, a new head) shows them at once.
const units = {
  "zh-Hans": [[1e8, "亿"], [1e4, "万"]],
  "zh-Hant": [[1e8, "億"], [1e4, "萬"]],
  en: [[1e6, "M"], [1e3, "K"]],
}[document.documentElement.lang];

const known = new Map();

document.addEventListener("quanzi:now", ({ detail: counts }) => {
  const news = new Map(Object.entries(counts));
  for (const [name, n] of news) known.set(name, n);
  recall(document, news);
});

// One look at the page for all of them: it may show a hundred figures. What stands there already is not
// written again, or the page would be laid out anew for nothing.
export function recall(root, figures = known) {
  for (const place of root.querySelectorAll("[data-count]")) {
    const { count, of } = place.dataset;
    const name = of ? `${count}:${of}` : count;
    if (!figures.has(name)) continue;
    const now = words(name, figures.get(name));
    if (place.textContent !== now) place.textContent = now;
  }
}

export function forget() {
  known.clear();
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
