// What every page runs comes once the page has been seen: fetched before that, thirty small files hold up
// its first picture. They still come all at once, not one after another. Without scripts nobody asks.
{
  const later = document.querySelector("template[data-later]");
  const bring = () => later.replaceWith(document.importNode(later.content, true));
  // A page that nobody looks at is not painted.
  if (document.hidden) bring();
  else requestAnimationFrame(() => setTimeout(bring));
}
