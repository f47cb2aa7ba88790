// Replying: the form under the comments is told to whom. Without scripts the link does the same.
document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const form = document.getElementById("say-something");
  const reply = event.target.closest?.("a[data-reply]");
  const no = event.target.closest?.("a[data-no-reply]");
  if (!form || !(reply || no)) return;
  event.preventDefault();
  answer(form, reply);
});

function answer(form, to) {
  const line = form.querySelector(".say-something__to");
  form.elements.reply_to.value = to?.dataset.reply ?? "";
  line.hidden = !to;
  line.firstElementChild.textContent = to ? line.dataset.to.replace("{n}", to.dataset.name) : "";
  if (to) form.elements.body.focus();
}
