// On a phone not all tabs fit: the one that is open is brought into view. Without scripts one slides.
for (const here of document.querySelectorAll("[data-tabs] [aria-current]:not(:first-child)")) {
  const strip = here.parentElement;
  strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}
