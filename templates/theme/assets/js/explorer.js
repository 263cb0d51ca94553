// Sorts, filters and compares the rows of the table of models, and works out what a request would cost. What is asked
// for stands in the form, and in the address.

import { all, factsOf, fill, one } from "./tool.js";

// Values that are no quantity.
const WORDS = ["unknown", "not_offered", "unlimited"];
// Models side by side.
const MOST = 4;

/** @type {HTMLFormElement} */
const form = one("#explorer");
/** @type {any} */
const fields = form.elements;
const says = form.dataset;
const status = one("[role=status]", form);
/** @type {HTMLTableElement} */
const table = one("[data-table=models] table");
const body = table.tBodies[0];
const titles = table.tHead.rows[0].cells;
const rows = [...body.rows];
const comparison = one("#comparison");
const load = factsOf(form);
/** @type {Map<string, any>} what is known of each model */
let models;

// --- Facts

/** @param {HTMLTableRowElement} row */
const idOf = (row) => one("code", row.cells[0]).textContent;

/** The value of a member such as `price.input`; what is not there is unknown. @param {string} key */
const value = (model, key) =>
  key.split(".").reduce((inner, name) => (WORDS.includes(inner) ? inner : inner?.[name]), model) ?? "unknown";

/** @param {string} name @returns {number} what stands in a field, 0 for nothing or nonsense */
const number = (name) => (fields[name]?.validity.valid && fields[name].valueAsNumber) || 0;

// --- Filters

/** Whether a value is one that a filter asks for, by the type of its field. @type {Record<string, (field: any, given: any) => boolean>} */
const TESTS = {
  checkbox: (field, given) => given === true || given.includes?.(field.value),
  number: ({ valueAsNumber, dataset }, given) =>
    "least" in dataset ? given >= valueAsNumber : (given * Number(says.per)) / 1e6 <= valueAsNumber,
  "select-one": ({ selectedOptions }, given) => given === selectedOptions[0].text,
};

/** Whether a model fits: yes, no, or nobody knows. @returns {boolean | undefined} */
function fits(model) {
  const named = [model.id, model.name, ...model.aliases].join(" ").toLowerCase();
  const words = fields.text.value.toLowerCase().split(/\s+/);
  const answers = words.map((word) => named.includes(word));
  for (const field of all("[data-fact]", form)) {
    if (field.type === "checkbox" ? !field.checked : !field.value || !field.validity.valid) continue;
    const given = value(model, field.dataset.fact);
    answers.push(given === "unknown" ? undefined : given !== "not_offered" && TESTS[field.type](field, given));
  }
  return !answers.includes(false) && (answers.includes(undefined) ? undefined : true);
}

// --- Costs

/** What the request in the form would cost with a model; a word where its price is none. */
function cost(model) {
  const charges = (model.pricing.charges ?? []).filter((charge) => !charge.batch);
  const used = charges.filter(({ unit }) => unit === "requests").map(({ amount, quantity }) => [1 / quantity, amount]);
  for (const [name, tokens] of [["input", number("sent")], ["output", number("answered")]]) {
    // A tier further down holds for longer prompts.
    const tier = charges.findLast(({ unit, above }) => unit === `${name}_tokens` && above && above < number("sent"));
    if (tokens) used.push([tokens / model.price.per_tokens, tier?.amount ?? value(model, `price.${name}`)]);
  }
  const word = used.find(([, price]) => WORDS.includes(price));
  return word ? word[1] : used.reduce((sum, [share, price]) => sum + share * price, 0);
}

function money(amount, currency) {
  if (WORDS.includes(amount)) return amount.replace("_", " ");
  const small = amount > 0 && amount < 1;
  const digits = small ? { minimumSignificantDigits: 2, maximumSignificantDigits: 3 } : { minimumFractionDigits: 2 };
  return amount.toLocaleString("en", { style: "currency", currency, currencyDisplay: "code", ...digits });
}

/** Add a column with the costs, or take it away. */
function price() {
  if (!number("sent") && !number("answered")) return all(".cost", table).forEach((cell) => cell.remove());
  if (!one(".cost", table)) {
    titles[0].after(heading(document.createElement("th"), says.cost, "cost"));
    for (const row of rows) row.insertCell(1).dataset.label = says.cost;
    for (const row of table.rows) row.cells[1].className = "cost align-right";
  }
  for (const row of rows) {
    const model = models.get(idOf(row));
    model.cost = cost(model);
    row.cells[1].textContent = money(model.cost, model.price.currency);
  }
}

// --- Order

/** Let a heading sort. @param {HTMLTableCellElement} cell @param {string} label @param {string} key */
function heading(cell, label, key) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", () => {
    fields.down.checked = fields.sort.value === key && !fields.down.checked;
    fields.sort.value = key;
    update();
  });
  cell.scope = "col";
  cell.dataset.key = key;
  cell.replaceChildren(button);
  return cell;
}

/** What is no quantity comes last, whichever way the others are sorted. */
function before(one, other) {
  const [left, right] = [one, other].map((row) => value(models.get(idOf(row)), fields.sort.value));
  const last = Number(WORDS.includes(left)) - Number(WORDS.includes(right));
  if (last || left === right) return last;
  return left < right === fields.down.checked ? 1 : -1;
}

// --- Comparison

function compare() {
  const chosen = rows.filter((row) => one("input", row).checked);
  for (const box of all("td input", body)) box.disabled = chosen.length >= MOST && !box.checked;
  comparison.hidden = chosen.length < 2;
  const made = document.createElement("table");
  made.className = "wide";
  const head = made.createTHead().insertRow();
  head.append(document.createElement("td"), ...chosen.map((row) => cell("col", one("a, code", row.cells[0]).cloneNode(true))));
  const inner = made.createTBody();
  for (const title of [...titles].slice(1)) {
    const line = inner.insertRow();
    line.append(cell("row", title.textContent));
    for (const row of chosen) {
      /** @type {any} */
      const copy = row.cells[title.cellIndex].cloneNode(true);
      copy.dataset.label = idOf(row);
      line.append(copy);
    }
  }
  one(".table", comparison).replaceChildren(made);
  return chosen.length;
}

/** @param {string} scope @param {string | Node} content */
function cell(scope, content) {
  const made = document.createElement("th");
  made.scope = scope;
  made.append(content);
  return made;
}

// --- The address

/** Fill in what the address asks for, and give what it cannot ask for. @returns {string[]} */
function restore() {
  return [...new URLSearchParams(location.search)].flatMap(([name, asked]) => {
    const named = [...fields].filter((field) => field.name === name);
    const field = named.find(({ type, value }) => type !== "checkbox" || value === asked);
    if (field?.type === "checkbox") field.checked = true;
    else if (field) field.value = asked;
    if (!named.length || (field?.value === asked && field.validity.valid)) return [];
    if (field) field.value = "";
    return `${name}=${asked}`;
  });
}

/** Write into the address what the form asks for, and leave there what belongs to others. */
function write() {
  const query = new URLSearchParams(location.search);
  for (const { name } of fields) query.delete(name);
  for (const [name, asked] of new FormData(form)) if (asked) query.append(name, String(asked));
  history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
}

// --- All of it

/** @param {string} [told] a sentence before the others */
async function update(told) {
  write();
  try {
    models ??= new Map((await load()).models.map((model) => [model.id, model]));
  } catch {
    status.textContent = says.unloaded;
    return;
  }
  price();
  for (const title of titles) {
    if (title.dataset.key === fields.sort.value) title.ariaSort = fields.down.checked ? "descending" : "ascending";
    else title.removeAttribute("aria-sort");
  }
  body.append(...(fields.sort.value ? [...rows].sort(before) : rows));
  const found = rows.map((row) => fits(models.get(idOf(row))));
  const doubtful = fields.unknown.checked;
  rows.forEach((row, index) => (row.hidden = !(found[index] ?? doubtful)));
  const count = rows.filter((row) => !row.hidden).length;
  const maybe = doubtful ? 0 : found.filter((answer) => answer === undefined).length;
  const sentences = [told, count ? says.count : says.none, maybe && says.maybe, compare() === 1 && says.more];
  status.textContent = fill(sentences.filter(Boolean).join(" "), { count, total: rows.length, maybe });
}

says.columns.split(" ").forEach((key, index) => {
  const title = titles[index];
  if (key === "-") return;
  fields.sort.append(new Option(title.textContent, key));
  heading(title, title.textContent, key);
});
if (fields.sent) fields.sort.append(new Option(says.cost, "cost"));
for (const row of rows) {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.ariaLabel = fill(says.compare, { model: idOf(row) });
  row.cells[0].prepend(box);
}
form.addEventListener("input", () => update());
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(update));
body.addEventListener("change", () => update());
one("button", comparison).addEventListener("click", () => {
  for (const box of all("td input", body)) box.checked = false;
  update();
  fields.text.focus();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && comparison.contains(document.activeElement)) one("button", comparison).click();
});
const dropped = restore();
form.hidden = false;
if (location.search) update(dropped.length ? fill(says.dropped, { dropped: dropped.join(", ") }) : "");
