// Works out budgets, throughput and limits from the numbers that a reader enters.

import { factsOf, fill, one } from "./tool.js";

// Those that a month counts as.
const DAYS = 30;

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
    /** @type {any[]} */
    const fields = [...form.elements];
    const values = Object.fromEntries(fields.map((field) => [field.name, field.type === "number" ? field.valueAsNumber : field.value]));
    for (const field of fields) if (field.dataset.optional !== undefined) values[field.name] ||= 0;
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
  const { active_requests: active, counted_per: per } = limits.find(({ id }) => id === limit);
  return fill(says.result, { rate: show(floor((active.count * 60) / seconds)), per: per.join(" and "), seconds });
});

/** @type {Record<string, number>} the seconds of each span; a month counts as thirty days */
const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86400, week: 604800, month: DAYS * 86400 };

/** Whether a list of plans or models is known to have one; an empty list stands for all of them. */
const has = (list, name) => list !== "unknown" && (!list.length || list.includes(name));

tool("#loops", ({ api, plan, model, loops, seconds, keys, input = 0, output = 0 }, { limits }, says) => {
  // What one request takes of each.
  const takes = { requests: 1, tokens: input + output, input_tokens: input, output_tokens: output };
  const met = limits
    .filter((limit) => limit.api === api && has(limit.plans, plan) && has(limit.models, model))
    .flatMap(({ counted_per: holders, rates, active_requests: active }) => {
      const per = holders.join(" and ");
      // How many loops the limit counts together.
      const many = holders.includes("key") && keys === "own" ? 1 : loops;
      const found = rates
        .filter(({ amount, unit, span }) => typeof amount === "number" && takes[unit] && SECONDS[span])
        .map(({ amount, unit, spans, span }) => {
          const window = spans * SECONDS[span];
          const most = (amount * seconds) / (takes[unit] * window);
          const words = { unit: unit.replace("_", " ").slice(0, amount === 1 ? -1 : undefined), span: spans > 1 ? `${spans} ${span}s` : span };
          return { says: says.limit, limit: amount, per, most, many, window, ...words };
        });
      if (active.count) found.push({ says: says.active, limit: active.count, per, most: active.count, many, window: 0 });
      return found;
    })
    .sort((one, other) => after(one) - after(other));
  /** In how many seconds a limit is met. */
  function after({ many, most, window }) {
    return many <= most ? Infinity : (most / many) * window;
  }
  const first = met[0];
  const rate = fill(says.rate, { loops: show(loops), rate: show((loops * 60) / seconds) });
  if (first && after(first) < Infinity) return `${rate} ${fill(first.says, { ...first, limit: show(first.limit), after: lasting(after(first), says) })}`;
  const most = Math.min(...met.filter(({ many }) => many > 1 || loops === 1).map((limit) => limit.most));
  return `${rate} ${most < Infinity ? fill(says.below, { most: show(Math.floor(most)) }) : says.free}`;
});

/** Write a time in the largest unit of which there are at least two. @param {number} time in seconds */
function lasting(time, says) {
  const unit = ["day", "hour", "minute"].find((name) => time >= 2 * SECONDS[name]) ?? "second";
  const n = Math.ceil(time / SECONDS[unit]);
  return fill(says[n === 1 ? unit : `${unit}s`], { n: show(n) });
}

/** Whole numbers from ten on, as the tables of the page have them. @param {number} number */
function floor(number) {
  return number < 10 ? number : Math.floor(number);
}
