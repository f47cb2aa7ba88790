// A button beside something to be passed on: `data-copy` names the field. Without scripts it is not
// shown, and the field can be marked and copied by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  field.addEventListener("focus", () => field.select());
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // not allowed here: it is marked, ready to be copied by hand
    }
    button.textContent = button.dataset.done;
  });
}
