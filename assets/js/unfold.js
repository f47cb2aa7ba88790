// A long post opens where it stands; without scripts its own page shows the whole.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-unfold]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.previousElementSibling.classList.add("unfolded");
});
