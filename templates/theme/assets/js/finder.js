// Finds the errors behind a status, a code, or what a client printed. What is typed goes nowhere.

import { all, factsOf, fill, one } from "./tool.js";

/** @type {HTMLFormElement} */
const form = one("#finder");
const load = factsOf(form);
const result = one(".result", form);
const list = one(".found", form);

/** How much text says for one of the errors: a code, a recorded message or the usual words for its cause name it; a
    status and words of its own hint at it. */
const CODE = 1000;
const MESSAGE = 100;
const STATUS = 10;

const words = (text) => text.toLowerCase().match(/[\p{L}\d]{3,}/gu) ?? [];
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether a text has a pattern in it, and not as a part of a longer word. */
const within = (text, pattern) => new RegExp(`\\b(?:${pattern})\\b`, "i").test(text);

/** Whether a text has a recorded line in it, or is a good part of one; `...` stands for anything. */
function like(text, line) {
  const solid = line.split("...").map((part) => part.trim().replace(/\s+/g, " ")).filter(Boolean);
  if (solid.join("").length < 8) return false;
  const pattern = new RegExp(solid.map(escaped).join(".*?"), "is");
  return pattern.test(text) || (text.length >= 12 && line.toLowerCase().includes(text.toLowerCase()));
}

function score(text, error, lines) {
  const known = new Set(words(`${error.title} ${error.meaning} ${error.remedy} ${error.code} ${error.type}`));
  const asked = words(text);
  const hits = asked.filter((word) => known.has(word)).length;
  let points = hits > 1 || hits === asked.length ? Math.min(hits, STATUS - 1) : 0;
  if (within(text, String(error.status).replace(/(.)(.)(.)/, "$1($2($3|x)|xx)"))) points += STATUS;
  if ([error.message, ...lines].some((line) => like(text, line))) points += MESSAGE;
  if (!["unknown", "not_offered"].includes(error.code) && within(text, error.code)) points += CODE;
  return points;
}

/** What is said where no error of the catalog is found; the last one fits any text. */
const sayingFor = (text) => all("template", form).find(({ dataset }) => new RegExp(dataset.pattern, "i").test(text));

/** The errors that fit, best first: of those that fit as well as the best kind of hint. */
function find(text, { errors, clients }) {
  const outcomes = clients.flatMap(({ recording }) => recording?.outcomes ?? []);
  const scored = errors.map((error) => {
    const usual = one(`[data-error="${error.id}"]`, list).dataset.words.split(", ");
    const lines = outcomes.filter(({ causes }) => causes.some((cause) => cause.error === error.id)).flatMap((outcome) => outcome.prints);
    return { id: error.id, points: score(text, error, usual.concat(lines)) };
  });
  const best = Math.max(...scored.map(({ points }) => points));
  if (best < STATUS && sayingFor(text).dataset.pattern) return [];
  const least = [CODE, MESSAGE, STATUS, 1].find((level) => best >= level);
  return scored.filter(({ points }) => points >= least).sort((a, b) => b.points - a.points);
}

let turn = 0;
async function update() {
  const mine = ++turn;
  const text = one("textarea", form).value.trim().replace(/\s+/g, " ");
  let found = [];
  try {
    const facts = await load();
    if (mine !== turn) return;
    found = text ? find(text, facts) : [];
    if (found.length) result.textContent = fill(form.dataset[found.length > 1 ? "many" : "one"], { count: found.length });
    else result.replaceChildren(...(text ? sayingFor(text).content.cloneNode(true).childNodes : []));
  } catch {
    result.textContent = form.dataset.unloaded;
  }
  for (const entry of all("li", list)) entry.hidden = true;
  for (const { id } of found) {
    const entry = one(`[data-error="${id}"]`, list);
    entry.hidden = false;
    list.append(entry);
  }
}

form.addEventListener("input", update);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
