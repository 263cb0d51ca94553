// Works out budgets, throughput and limits from the numbers that a reader enters.

import { factsOf, fill, one } from "./tool.js";

const DAYS = 30; // of a month

/** Write a number as people read it, and never one above zero as zero. @param {number} number */
function show(number) {
  if (number < 0.001) return "less than 0.001";
  return number.toLocaleString("en", number < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 });
}

/**
 * Let a form tell its result as soon as every field is filled in.
 * @param {string} id
 * @param {(values: any, facts: any, says: DOMStringMap) => string} result
 */
function tool(id, result) {
  /** @type {HTMLFormElement | null} */
  const form = one(id);
  if (!form) return;
  const facts = factsOf(form);
  const output = one(".result", form);
  let turn = 0;
  const update = async () => {
    const mine = ++turn;
    const fields = [.../** @type {any} */ (form.elements)];
    const values = Object.fromEntries(fields.map((field) => [field.name, field.type === "number" ? field.valueAsNumber : field.value]));
    const ready = form.checkValidity() && !Object.values(values).some(Number.isNaN);
    let text = "";
    try {
      if (ready) text = result(values, await facts(), form.dataset);
    } catch {
      text = form.dataset.unloaded;
    }
    if (mine === turn) output.textContent = text;
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
}

tool("#budget", (values, { estimates }, says) => {
  const estimated = estimates.classes?.find(({ id }) => id === values.class)?.plans.find(({ plan }) => plan === values.plan);
  const range = estimated?.requests_per_month ?? "unknown";
  if (typeof range === "string") return says[range.replace("_", "")];
  const requests = values.requests * DAYS;
  const shares = { least: show((requests / range.high) * 100), most: show((requests / range.low) * 100) };
  const verdict = requests <= range.low ? says.fits : requests <= range.high ? says.perhaps : says.beyond;
  return `${fill(says.share, { requests: show(requests), ...shares, low: show(range.low), high: show(range.high) })} ${verdict}`;
});

tool("#throughput", ({ limit, seconds }, { limits }, says) => {
  const { active_requests: active, per } = limits.find(({ id }) => id === limit);
  return fill(says.result, { rate: show(floor((active.count * 60) / seconds)), per, seconds });
});

tool("#loops", ({ api, loops, seconds, keys }, { limits }, says) => {
  const each = 60 / seconds; // requests a minute of one loop
  const met = limits
    .filter((limit) => limit.api === api)
    .flatMap((limit) => {
      const many = limit.per === "key" && keys === "own" ? 1 : loops; // loops that the limit counts together
      const found = [];
      const { requests_per_minute: minute, active_requests: active } = limit;
      if (typeof minute === "number") found.push({ says: says.minute, limit: minute, per: limit.per, most: minute / each, many });
      if (active.count) found.push({ says: says.active, limit: active.count, per: limit.per, most: active.count, many, now: true });
      return found;
    })
    .sort((one, other) => after(one) - after(other));
  /** In how many seconds a limit is met. */
  function after(limit) {
    return limit.many <= limit.most ? Infinity : limit.now ? 0 : (limit.most / limit.many) * 60;
  }
  const first = met[0];
  const rate = fill(says.rate, { loops: show(loops), rate: show(loops * each) });
  if (!first) return `${rate} ${says.free}`;
  if (after(first) < Infinity) return `${rate} ${fill(first.says, { ...first, limit: show(first.limit), after: show(Math.ceil(after(first))) })}`;
  const most = Math.min(...met.filter(({ many }) => many > 1 || loops === 1).map((limit) => limit.most));
  return `${rate} ${fill(says.below, { most: show(Math.floor(most)) })}`;
});

/** Whole numbers from ten on, as the tables of the page have them. @param {number} number */
function floor(number) {
  return number < 10 ? number : Math.floor(number);
}
