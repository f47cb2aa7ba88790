// A deed without a form of its own: sent as htmx would send it, with the token in its header.
export async function change(path, fields = {}) {
  try {
    return await fetch(path, {
      method: "POST",
      headers: { "HX-Request": "true", "X-CSRF-Token": document.body.dataset.csrf },
      body: new URLSearchParams(fields),
      keepalive: true,
    });
  } catch {
    return null;
  }
}

// What the site says to a refused deed is drawn by it; only its words are taken.
export async function refused(answer) {
  const room = document.getElementById("say");
  const said = document.createElement("p");
  const html = answer ? await answer.text() : "";
  said.textContent = html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim() || room.dataset.away;
  room.replaceChildren(said);
}
