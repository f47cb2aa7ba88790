// Dates become "3 分钟前" while they are fresh; the server's words stay in the title. How that is said comes
// with the page: making an Intl.RelativeTimeFormat holds up a phone for a fifth of a second.
const [now, ...ways] = document.body.dataset.ago.split("|");
const MINUTE = 60;
const most = [60, 24, 7];

export function freshen(root = document) {
  for (const time of root.querySelectorAll("time[data-ago]")) {
    time.title ||= time.textContent;
    time.textContent = words(time.dateTime) ?? time.title;
  }
}

function words(written) {
  let past = (Date.now() - Date.parse(written)) / 1000 / MINUTE;
  if (past < 1) return now;
  for (let unit = 0; unit < most.length; unit += 1) {
    if (past < most[unit]) return said(2 * unit, Math.floor(past));
    past /= most[unit];
  }
  return null;
}

const said = (at, n) => (n === 1 ? ways[at] : ways[at + 1].replace("{n}", n));

freshen();
setInterval(freshen, 30_000);
