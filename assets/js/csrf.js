// Requests that change something carry the token in a header, which no foreign page can set.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.body.dataset.csrf;
  if (token) event.detail.ctx.request.headers["X-CSRF-Token"] = token;
});
