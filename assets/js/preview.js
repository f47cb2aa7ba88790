// How the post will look, in a dialog. The pictures stay here: the site is told their sizes only.
import { parsed } from "./live/apply.js";
import { refused } from "./send.js";

document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("[data-preview]");
    if (button && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopImmediatePropagation();
      show(button);
    }
    if (event.target.closest?.("[data-close-preview]") || event.target.matches?.("[data-preview-room]")) {
      event.target.closest("dialog").close();
    }
  },
  true,
);

async function show(button) {
  const form = button.form;
  const chosen = [...form.querySelectorAll("[data-previews] li")];
  const fields = new FormData(form);
  fields.delete("images");
  fields.set("shown", chosen.map((one) => size(one.querySelector("img"))).join(","));
  const answer = await ask(button.formAction, fields);
  const drawn = answer && parsed(await answer.clone().text()).getElementById("preview");
  if (!drawn) return refused(answer);
  const room = form.querySelector("[data-preview-room]");
  room.replaceChildren(document.adoptNode(drawn));
  for (const phone of room.querySelectorAll("[data-phone]")) {
    phone.addEventListener("load", () => hang(phone, chosen));
  }
  room.showModal();
}

async function ask(address, body) {
  try {
    return await fetch(address, { method: "POST", headers: { "HX-Request": "true" }, body });
  } catch {
    return null;
  }
}

function hang(phone, chosen) {
  const places = phone.contentDocument?.querySelectorAll(".pictures img") ?? [];
  places.forEach((image, n) => {
    if (!chosen[n]) return;
    const shown = image.cloneNode();
    shown.removeAttribute("srcset");
    shown.removeAttribute("sizes");
    shown.src = chosen[n].picture.url;
    image.replaceWith(shown);
  });
}

function size({ naturalWidth, naturalHeight }) {
  return `${naturalWidth || 1200}x${naturalHeight || 900}`;
}
