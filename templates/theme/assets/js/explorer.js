// Sorts, filters and compares the rows of the table of models, and works out what a request would cost.

import { all, factsOf, fill, one } from "./tool.js";

const WORDS = ["unknown", "not_offered", "unlimited"]; // values that are no quantity
const MOST = 4; // models side by side

/** @type {HTMLFormElement} */
const form = one("#explorer");
/** @type {any} */
const fields = form.elements;
const says = form.dataset;
const status = one("[role=status]", form);
/** @type {HTMLTableElement} */
const table = one("[data-table=models] table");
const body = table.tBodies[0];
const rows = [...body.rows];
const comparison = one("#comparison");
const load = factsOf(form);
/** @type {Map<string, any> | undefined} what is known of each model */
let models;
let sorted = { key: "", down: false };

// --- Facts

async function known() {
  models ??= new Map((await load()).models.map((model) => [model.id, model]));
}

/** @param {HTMLTableRowElement} row */
const idOf = (row) => one("code", row.cells[0]).textContent;

/** The value of a member such as `price.input`; what is not there is unknown. @param {string} key */
function value(model, key) {
  return key.split(".").reduce((inner, name) => inner?.[name], model) ?? "unknown";
}

/** @param {string} name `input` or `output` */
const priceOf = (model, name) => (WORDS.includes(model.price) ? model.price : model.price[name]);

/** @param {string} name @returns {number} what stands in a field, NaN for nothing or nonsense */
function number(name) {
  const field = fields[name];
  return field?.validity.valid ? field.valueAsNumber : NaN;
}

// --- Filters

/** Whether a model fits: yes, no, or nobody knows. @returns {boolean | undefined} */
function fits(model) {
  const text = fields.text.value.trim().toLowerCase();
  const named = [model.id, model.name, ...model.aliases].join(" ").toLowerCase();
  const answers = [text.split(/\s+/).every((word) => named.includes(word))];
  const least = number("context");
  if (!isNaN(least)) answers.push(compared(model.context_window, (window) => window >= least));
  for (const name of ["input", "output"]) {
    const most = number(name);
    if (!isNaN(most)) answers.push(compared(priceOf(model, name), (amount) => (amount * Number(says.per)) / 1e6 <= most));
  }
  for (const { value: name } of all("[name=has]:checked", form).map((box) => /** @type {HTMLInputElement} */ (box))) {
    answers.push(compared(name === "agents" ? model.agents.available : model.capabilities[name], Boolean));
  }
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** @param {(value: any) => boolean} test @returns {boolean | undefined} */
function compared(given, test) {
  return given === "unknown" ? undefined : given !== "not_offered" && test(given);
}

// --- Costs

/** What a request that is not in a batch is charged for a unit; a tier further down holds for longer prompts. */
const chargesFor = (model, unit) => (model.pricing?.charges ?? []).filter((charge) => charge.unit === unit && !charge.batch);

/** The price of a side of a request with a prompt of so many tokens. @param {string} name @param {number} sent */
function priceFor(model, name, sent) {
  const tiers = chargesFor(model, `${name}_tokens`).filter(({ above }) => above && above < sent);
  return tiers.at(-1)?.amount ?? priceOf(model, name);
}

/** What the request in the form would cost with a model; a word where its price is none. */
function cost(model) {
  const [sent, answered] = [number("sent") || 0, number("answered") || 0];
  const parts = [[sent, priceFor(model, "input", sent)], [answered, priceFor(model, "output", sent)]];
  const used = parts.filter(([tokens]) => tokens).map(([tokens, price]) => [tokens / model.price.per_tokens, price]);
  used.push(...chargesFor(model, "requests").map(({ amount, quantity }) => [1 / quantity, amount]));
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
  const asked = number("sent") > 0 || number("answered") > 0;
  if (!asked) {
    for (const cell of all(".cost", table)) cell.remove();
    if (sorted.key === "cost") sorted.key = "";
    return;
  }
  if (!one(".cost", table)) {
    table.tHead.rows[0].cells[0].after(heading(document.createElement("th"), says.cost, "cost"));
    for (const row of rows) row.insertCell(1).dataset.label = says.cost;
    for (const row of table.rows) row.cells[1].className = "cost align-right";
    reach();
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
  button.addEventListener("click", () => order(key, sorted.key === key && !sorted.down));
  cell.scope = "col";
  cell.dataset.key = key;
  cell.replaceChildren(button);
  return cell;
}

/** @param {string} key @param {boolean} down */
async function order(key, down) {
  sorted = { key, down };
  await update();
}

/** What is no quantity comes last, whichever way the others are sorted. */
function before(one, other) {
  const [left, right] = [one, other].map((row) => value(models.get(idOf(row)), sorted.key));
  const last = Number(WORDS.includes(left)) - Number(WORDS.includes(right));
  if (last || left === right) return last;
  return (left < right ? -1 : 1) * (sorted.down ? -1 : 1);
}

// --- Comparison

function compare() {
  const chosen = rows.filter((row) => one("input", row)?.checked);
  for (const box of /** @type {any[]} */ (all("td input", body))) box.disabled = chosen.length >= MOST && !box.checked;
  comparison.hidden = chosen.length < 2;
  const made = document.createElement("table");
  made.className = "wide";
  const head = made.createTHead().insertRow();
  head.append(document.createElement("td"), ...chosen.map((row) => cell("th", one("a, code", row.cells[0]).cloneNode(true))));
  const inner = made.createTBody();
  for (const title of [...table.tHead.rows[0].cells].slice(1)) {
    const line = inner.insertRow();
    line.append(cell("th", title.textContent));
    for (const row of chosen) {
      const copy = /** @type {HTMLTableCellElement} */ (row.cells[title.cellIndex].cloneNode(true));
      copy.dataset.label = idOf(row);
      line.append(copy);
    }
  }
  one(".table", comparison).replaceChildren(made);
  return chosen.length;
}

function cell(tag, content) {
  const made = document.createElement(tag);
  made.scope = tag === "th" && typeof content === "string" ? "row" : "col";
  made.append(content);
  return made;
}

// --- All of it

async function update() {
  try {
    await known();
  } catch {
    status.textContent = says.unloaded;
    return;
  }
  price();
  for (const title of table.tHead.rows[0].cells) {
    if (title.dataset.key === sorted.key) title.ariaSort = sorted.down ? "descending" : "ascending";
    else title.removeAttribute("aria-sort");
  }
  body.append(...(sorted.key ? [...rows].sort(before) : rows));
  const found = rows.map((row) => fits(models.get(idOf(row))));
  const doubtful = fields.unknown.checked;
  rows.forEach((row, index) => (row.hidden = !(found[index] ?? doubtful)));
  const count = rows.filter((row) => !row.hidden).length;
  const maybe = doubtful ? 0 : found.filter((answer) => answer === undefined).length;
  const sentences = [count ? says.count : says.none, maybe ? says.maybe : "", compare() === 1 ? says.more : ""];
  status.textContent = fill(sentences.filter(Boolean).join(" "), { count, total: rows.length, maybe });
}

const keys = says.columns.split(" ");
[...table.tHead.rows[0].cells].forEach((title, index) => {
  const option = new Option(title.textContent, keys[index]);
  if (keys[index] === "-") return;
  fields.sort.append(option);
  heading(title, title.textContent, keys[index]);
});
for (const row of rows) {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.ariaLabel = fill(says.compare, { model: idOf(row) });
  row.cells[0].prepend(box);
}
const narrow = matchMedia("(max-width: 40em)"); // headings are out of sight there, and a list sorts
const reach = () => all("th > button", table).forEach((button) => (button.tabIndex = narrow.matches ? -1 : 0));
narrow.addEventListener("change", reach);
reach();
fields.sort.addEventListener("change", () => order(fields.sort.value, false));
form.addEventListener("input", (event) => event.target === fields.sort || update());
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => order("", false)));
body.addEventListener("change", update);
one("button", comparison).addEventListener("click", () => {
  for (const box of /** @type {any[]} */ (all("td input", body))) box.checked = false;
  update();
  fields.text.focus();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && comparison.contains(document.activeElement)) one("button", comparison).click();
});
form.hidden = false;
