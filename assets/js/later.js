// No module, and the last script of a page: the modules are asked for once the page has been drawn, so that on
// a slow line their thirty files do not come before what is to be seen. Until they are there a link is a link
// and a form a form.
(() => {
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
    document.head.append(modules);
  }

  // Not in one go with the modules: a phone answers a finger between the two.
  function beginSoon() {
    setTimeout(begin);
  }

  function begin() {
    waiting.remove();
    delete htmx.initialize;
    // Before, htmx does so itself when the page's own script has come.
    if (parsed) htmx.initialize();
  }

  // A page that nobody sees is drawn when they turn to it, but it is live before.
  if (document.hidden) fetchModules();
  else requestAnimationFrame(() => setTimeout(fetchModules));
  document.addEventListener("visibilitychange", fetchModules);

  // At the end of a page htmx would open the live connection, and what is said there first (`hello`) be heard
  // by nobody: it begins when the modules listen, or when they cannot be had, since it works without them.
  htmx.initialize = () => (parsed = true);
})();
