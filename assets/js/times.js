// Dates become "3 分钟前" while they are fresh; the server's words stay in the title.
const language = document.documentElement.lang;
const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
const steps = [[60, "second"], [60, "minute"], [24, "hour"], [7, "day"]];

export function freshen(root = document) {
  for (const time of root.querySelectorAll("time[data-ago]")) {
    time.title ||= time.textContent;
    time.textContent = words(time.dateTime) ?? time.title;
  }
}

function words(written) {
  let past = (Date.now() - Date.parse(written)) / 1000;
  for (const [most, unit] of steps) {
    if (past < most) return ago.format(-Math.max(0, Math.floor(past)), unit);
    past /= most;
  }
  return null;
}

freshen();
setInterval(freshen, 30_000);
