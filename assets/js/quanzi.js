// What every page runs. Each behaviour is a small module bound by data attributes; all works without.
import "./csrf.js";
import "./times.js";
import "./mine.js";
import "./compose.js";
import "./keep.js";
import "./menu.js";
import "./figures.js";
import "./like.js";
import "./talk.js";
import "./unfold.js";
import "./mention.js";
import "./seen.js";
import "./copy.js";
import "./bell.js";
import "./push.js";
import "./live.js";
import "./live/own.js";
