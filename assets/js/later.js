// No module, and the last script of a page: the modules are asked for once the page has been drawn, so that on
// a slow line their thirty files do not come before what is to be seen. Until they are there a link is a link
// and a form a form.
(() => {
  const PIECE_MS = 5;
  // Elements: what has fewer is not taken apart.
  const PIECE = 40;

  const waiting = document.querySelector("template[data-later]");
  let asked = false;
  let parsed = false;

  function fetchModules() {
    if (asked) return;
    asked = true;
    const modules = document.importNode(waiting.content, true);
    const entry = modules.querySelector("script");
    entry.addEventListener("load", beginSoon);
    entry.addEventListener("error", beginSoon);
    inPieces([...modules.children], (module) => document.head.append(module));
  }

  // Not in one go with the modules: a phone answers a finger between the two.
  function beginSoon() {
    setTimeout(begin);
  }

  function begin() {
    delete htmx.initialize;
    // Before, htmx does so itself when the page's own script has come.
    if (parsed) initialize();
    else waiting.remove();
  }

  // htmx goes through a whole page in one go; a slow phone would not answer for an eighth of a second.
  function initialize() {
    htmx.process = () => {};
    htmx.initialize();
    delete htmx.process;
    inPieces([...document.body.children].flatMap(piecesOf), (piece) => htmx.process(piece), () => waiting.remove());
  }

  function piecesOf(part) {
    const whole = part.matches("a, form") || part.getAttributeNames().some((name) => name.startsWith("hx-"));
    return whole || part.getElementsByTagName("*").length < PIECE ? [part] : [...part.children].flatMap(piecesOf);
  }

  // Nobody's finger waits on a page that is hidden, and its timers come a second apart.
  function inPieces(left, deal, then = () => {}) {
    const start = performance.now();
    while (left.length && (document.hidden || performance.now() - start < PIECE_MS)) deal(left.shift());
    if (left.length) setTimeout(() => inPieces(left, deal, then));
    else then();
  }

  // A page that nobody sees is drawn when they turn to it, but it is live before.
  if (document.hidden) fetchModules();
  else requestAnimationFrame(() => setTimeout(fetchModules));
  document.addEventListener("visibilitychange", fetchModules);

  // At the end of a page htmx would open the live connection, and what is said there first (`hello`) be heard
  // by nobody: it begins when the modules listen, or when they cannot be had, since it works without them.
  htmx.initialize = () => (parsed = true);
})();
