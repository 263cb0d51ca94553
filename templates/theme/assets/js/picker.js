// Shows the files for the client, model and shell that the reader chooses, or leads to the client's own page. The choice
// is in the address and, where the browser allows it, remembered. Files are shown as they are published; nothing is
// made here.

import { Combobox } from "./combobox.js";
import { addCopyButtons } from "./copy.js";
import { watchScrolling } from "./page.js";
import { all, factsOf, fill, load, one } from "./tool.js";

/** @typedef {{client: string, model: string, shell: string}} Choice */

const MEMORY = "agentdocs.picker";
/** @type {HTMLFormElement} */
const form = one("#picker");
/** @type {{client: HTMLSelectElement, shell?: HTMLSelectElement}} no shell where all commands are the same in each */
const { client, shell } = /** @type {any} */ (form.elements);
const [status, offers, go, page, again] = /** @type {any[]} */ (all(".said > *", form));
const said = form.dataset; // the sentences
const facts = factsOf(form);
const fixed = "fixed" in said; // the page is about one model
const here = said.client ?? ""; // the client that the page is about

/** What the page shows without a choice. @type {Choice} */
const usual = { client: here, model: said.model, shell: shell?.value ?? "" };
let shown = usual;
let wanted = usual;
let turn = 0;

/** @param {string} id */
const choiceOf = (id) => [...client.options].find((option) => option.value === id);

/** @param {string} id */
const named = (id) => choiceOf(id)?.text;

// --- The parts of the page: one for each client whose files are here, and what is said of the model

const headings = all("[data-client]:is(h2, h3)");
const sections = here ? [{ id: here, rest: [], files: all("[data-file]").map(file) }] : headings.map(section).filter(({ files }) => files.length);

/** @param {HTMLElement} heading */
function section(heading) {
  const id = heading.dataset.client;
  const refusal = one(".refusal", form).content.firstElementChild.cloneNode(true);
  one("strong", refusal).textContent = named(id);
  const rest = [];
  for (let next = heading.nextElementSibling; next && !ends(next, heading); next = next.nextElementSibling) rest.push(next);
  /** @type {HTMLTemplateElement | null} what the page lacks, since the client cannot use its model */
  const missing = one(`template[data-client="${id}"]`, form);
  if (missing) {
    for (const element of rest.splice(0)) element.remove();
    const made = document.createElement("div");
    made.append(missing.content);
    addCopyButtons(made);
    heading.after(made);
    rest.push(made);
  }
  const files = rest.flatMap((element) => (element.dataset.file ? [element] : all("[data-file]", element))).map(file);
  if (files.length) heading.after(refusal);
  return { id, heading, refusal, rest, files, reason: missing?.dataset.reason };
}

/** Whether an element is no longer part of the section below a heading. @param {Element} element @param {Element} heading */
function ends(element, heading) {
  return element.matches("aside") || (element.matches("h1, h2, h3") && element.tagName <= heading.tagName);
}

/** A block that shows a file; at first as the page has it. @param {HTMLElement} block */
function file(block) {
  const code = one("code", block);
  const original = [...code.childNodes];
  return { code, path: block.dataset.file, original, model: original.length ? usual.model : "" };
}

/** What the page says of its model, each with the box that says it of another one. */
const parts = all("template[data-part]", form).map((template) => {
  const originals = all(`article :not(template)[data-part="${template.dataset.part}"]`);
  const box = document.createElement("div");
  originals.at(-1)?.after(box);
  return { originals, box, template: /** @type {any} */ (template).content };
});

/** The address of a client's own page. @param {string} id @param {Choice} choice */
function leads(id, { model, shell }) {
  const asked = new URLSearchParams({ model });
  if (shell !== usual.shell) asked.set("shell", shell);
  return choiceOf(id).dataset.page + written(asked);
}

// --- Showing a choice

/** Show a choice: all of it once every file is there, or else none of it. @param {Choice} choice */
async function show(choice) {
  const mine = ++turn;
  wanted = choice;
  try {
    const { models } = await facts();
    if (mine !== turn) return;
    const model = found(models, choice.model);
    if (!model) return keep(said.missing, choice, similar(choice.model, models));
    const next = { ...choice, model: model.id };
    const reasons = reasonsFor(model);
    if (here && reasons[here]) {
      const able = [...client.options].filter(({ value }) => value && !reasons[value]);
      const usable = models.filter((entry) => !reasonsFor(entry)[here]);
      const instead = [...similar(model.id, usable), ...able.map(({ value }) => lead(value, next))];
      return keep(said.refused, { ...next, reason: reasons[here] }, instead);
    }
    const open = sections.filter(({ id }) => visible(id, next) && !reasons[id]);
    const files = open.flatMap((section) => section.files).filter((entry) => entry.model !== next.model);
    const texts = await Promise.all(files.map((entry) => content(entry, model)));
    if (mine !== turn) return;
    files.forEach((entry, index) => {
      entry.code.replaceChildren(...texts[index]);
      entry.model = next.model;
    });
    draw(next, reasons);
    watchScrolling(document);
    page.hidden = !fixed || next.model === usual.model || !model.page.includes("/");
    if (!page.hidden) page.href = new URL(model.page).pathname;
    return next;
  } catch {
    if (mine === turn) keep(said.failed, choice, [], true);
  }
}

/** Whether the part of a client is shown. @param {string} id @param {Choice} choice */
const visible = (id, choice) => !choice.client || choice.client === id || id === here;

/** @param {any[]} models @param {string} name */
const found = (models, name) => models.find(({ id, aliases }) => id === name || aliases.includes(name));

/** @param {ReturnType<typeof file>} entry @param {{id: string, path: string}} model */
async function content(entry, model) {
  if (model.id === usual.model && entry.original.length) return entry.original;
  return coloured(await (await load(entry.path.replace("{model}", model.path))).text());
}

/** What all languages of files have in common, by the class that colours it: comments, texts, numbers, words. */
const COLOURS = {
  c: /(?<=^|\s)(?:#|\/\/).*/,
  s: /"(?:\\.|[^"\\\n])*"|'[^'\n]*'/,
  m: /\b(?:\d[\d.]*|true|false)\b/,
  k: /\b(?:import|from|for|in|if|const|await|export|with|try|except|catch)\b/,
};
const PARTS = new RegExp(Object.entries(COLOURS).map(([name, { source }]) => `(?<${name}>${source})`).join("|"), "gm");

/** The same text, coloured much as the pages are. @param {string} text */
function coloured(text) {
  const nodes = [];
  let end = 0;
  for (const { 0: part, index, groups } of text.matchAll(PARTS)) {
    const span = document.createElement("span");
    span.className = Object.keys(groups).find((name) => groups[name]);
    span.textContent = part;
    nodes.push(text.slice(end, index), span);
    end = index + part.length;
  }
  return [...nodes, text.slice(end)];
}

/** Why clients cannot use a model, by client. */
function reasonsFor(model) {
  return Object.fromEntries(model.set_up.map((entry) => [entry.client, entry.reason ?? ""]));
}

/** @param {Choice} choice @param {Record<string, string>} reasons */
function draw(choice, reasons) {
  shown = wanted = choice;
  /** @param {HTMLElement} element */
  const elsewhere = ({ dataset }) => !!dataset.shell && !dataset.shell.split("/").includes(choice.shell);
  for (const element of all("[data-shell]")) element.hidden = elsewhere(element);
  for (const { id, heading, refusal, rest } of sections) {
    if (!heading) continue;
    heading.hidden = !visible(id, choice);
    refusal.hidden = heading.hidden || !reasons[id];
    one("code", refusal).textContent = choice.model;
    one("span", refusal).textContent = reasons[id];
    for (const element of rest) element.hidden = heading.hidden || !!reasons[id] || elsewhere(element);
    for (const link of all(`nav [href="#${heading.id}"]`)) link.closest("li").hidden = heading.hidden;
  }
  for (const { originals, box, template } of parts) {
    box.hidden = choice.model === usual.model;
    for (const element of originals) element.hidden = !box.hidden;
    box.replaceChildren(template.cloneNode(true));
    for (const code of all("code", box)) code.textContent = choice.model;
  }
  const there = !choice.client || sections.some(({ id }) => id === choice.client);
  const sentence = !there ? said.chosen : sections.length ? said.shown : said.leading;
  settle(sentence, { client: choice.client ? named(choice.client) : said.all, model: choice.model });
}

/** Keep what is shown, say why, and offer something else.
 * @param {string} sentence @param {Choice} choice @param {HTMLElement[]} instead @param {boolean} [failed] */
function keep(sentence, choice, instead, failed = false) {
  wanted = shown;
  settle(sentence, { ...choice, client: named(here), shown: shown.model });
  offers.replaceChildren(...instead.flatMap((offer) => [offer, " "]));
  again.hidden = !failed;
  again.onclick = () => choose(choice);
}

/** Let the form agree with the page. @param {string} sentence @param {Record<string, string>} values */
function settle(sentence, values) {
  if (form.contains(document.activeElement) && document.activeElement.closest(".said")) client.focus();
  again.hidden = true;
  offers.replaceChildren();
  client.value = shown.client;
  if (shell) shell.value = shown.shell;
  models.set(shown.model);
  status.textContent = fill(sentence, values);
  const heading = sections.find(({ id }) => id === shown.client)?.heading;
  const away = shown.client && shown.client !== here && !heading && leads(shown.client, shown);
  go.hidden = !heading && !away;
  go.textContent = heading ? said.stays : fill(said.leads, { name: named(shown.client) });
  if (!go.hidden) go.href = away || `#${heading.id}`;
  for (const { value, dataset } of client.options) {
    for (const link of dataset.page ? all("article [href]") : []) if (link.pathname === dataset.page) link.href = leads(value, shown);
  }
}

// --- What is offered instead of what is not there

/** How many letters have to change to make one text another. @param {string} text @param {string} other */
function distance(text, other) {
  let row = [...other, ""].map((_, index) => index);
  for (const letter of text) {
    const next = [row[0] + 1];
    for (let at = 1; at < row.length; at++) next[at] = Math.min(next[at - 1] + 1, row[at] + 1, row[at - 1] + Number(letter !== other[at - 1]));
    row = next;
  }
  return row.at(-1);
}

/** The name that is most like a text: one that has it, or else the one with the fewest other letters; none of none.
 * @param {string} text @param {string[]} names */
function nearest(text, names) {
  const rank = (name) => (name.includes(text) ? 0 : 1000) + distance(text, name);
  return [...names].sort((name, other) => rank(name) - rank(other)).slice(0, 1);
}

/** A button for the model that is most like a name. @param {string} name @param {any[]} models */
function similar(name, models) {
  return nearest(name, models.map(({ id }) => id)).map((model) => use({ model }, model));
}

/** A button that makes a choice. @param {Partial<Choice>} change @param {string} name */
function use(change, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = fill(said.use, { name });
  button.onclick = () => choose(change);
  return button;
}

/** What leads to a client: its own page, or where there is none its part of this one. @param {string} id @param {Choice} choice */
function lead(id, choice) {
  if (sections.some((section) => section.id === id)) return use({ client: id }, named(id));
  const link = document.createElement("a");
  link.href = leads(id, choice);
  link.textContent = fill(said.leads, { name: named(id) });
  return link;
}

// --- The address and the memory

/** @param {Partial<Choice>} change */
async function choose(change) {
  const next = await show({ ...wanted, ...change });
  if (!next) return;
  if (address(next) !== address()) history.pushState(null, "", address(next));
  remember(next);
}

/** Write the address for a choice, or the present one. @param {Choice} [choice] */
function address(choice) {
  const asked = new URLSearchParams(location.search);
  for (const name of choice ? Object.keys(usual) : []) {
    if (choice[name] === usual[name] || (name === "client" && (here || !sections.length))) asked.delete(name);
    else asked.set(name, choice[name]);
  }
  return location.pathname + written(asked) + location.hash;
}

/** @param {URLSearchParams} asked */
function written(asked) {
  const text = asked.toString().replaceAll(/%2F|%3A|%40/g, decodeURIComponent);
  return text && `?${text}`;
}

/** What the address asks for. @returns {Partial<Choice>} */
function asked() {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  return known({ client: here ? "" : query.client, model: query.model, shell: query.shell });
}

/** Leave out what is not there or cannot be chosen. @param {Partial<Choice>} choice */
function known(choice) {
  const fits = ([name, value]) => value && (name === "model" ? typeof value === "string" : has({ client, shell }[name], value));
  return Object.fromEntries(Object.entries(choice).filter(fits));
}

/** @param {HTMLSelectElement | undefined} list @param {string} value */
const has = (list, value) => [...(list?.options ?? [])].some((option) => option.value === value);

/** What was chosen before, here or on another page. What is broken is forgotten. @returns {Promise<Partial<Choice>>} */
async function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(MEMORY) ?? "{}");
    const good = known(kept);
    if (good.model && !(await facts().then(({ models }) => found(models, good.model), () => true))) delete good.model;
    if (Object.keys(kept).some((name) => kept[name] && !good[name])) localStorage.setItem(MEMORY, JSON.stringify(good));
    if (here) delete good.client;
    if (fixed) delete good.model;
    return good;
  } catch {
    return {}; // storage is denied, or has no choice at all
  }
}

/** @param {Choice} choice */
function remember({ client, model, shell }) {
  try {
    const before = fixed && JSON.parse(localStorage.getItem(MEMORY) ?? "{}").model;
    localStorage.setItem(MEMORY, JSON.stringify({ client, model: fixed ? before : model, shell }));
  } catch {
    // storage is denied: the address still has the choice
  }
}

/** Show the client whose part of the page the address leads to, or go to its page. */
async function follow() {
  const id = headings.find((heading) => `#${heading.id}` === location.hash)?.dataset.client;
  const target = sections.find((section) => section.id === id);
  if (id && !target) return location.replace(leads(id, shown));
  if (!target?.heading.hidden) return;
  const next = await show({ ...shown, client: target.id });
  if (!next) return;
  history.replaceState(null, "", address(next));
  remember(next);
  target.heading.scrollIntoView();
}

// --- The controls

const models = new Combobox(one("#picker-model"), one("#picker-models"), {
  async open() {
    try {
      return (await facts()).models.map(option);
    } catch {
      status.textContent = said.unloaded;
      return [];
    }
  },
  found(count) {
    one("#picker-found").textContent = fill(said[count ? (count > 1 ? "found" : "one") : "none"], { count });
  },
  pick: (model) => choose({ model }),
});

/** Offer a model, or say why the client cannot use it; without a client, why none of them can. */
function option(model) {
  const reasons = Object.entries(reasonsFor(model)).filter(([id]) => (here ? id === here : visible(id, wanted)));
  return {
    value: model.id,
    label: model.name,
    search: [model.id, model.name, ...model.aliases].join(" ").toLowerCase(),
    reason: reasons.every(([, reason]) => reason) ? reasons[0][1] : "",
  };
}

client.addEventListener("change", () => choose({ client: client.value }));
shell?.addEventListener("change", () => choose({ shell: shell.value }));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", follow);
addEventListener("popstate", async () => {
  const next = { ...usual, ...asked() };
  if (address(next) !== address(shown)) await show(next).then((done) => done && remember(done));
});

/** Say what the address asks for and is not there. @param {URLSearchParams} query */
function explain(query) {
  for (const [name, list] of Object.entries({ client, shell })) {
    const value = query.get(name);
    if (!value || !list || has(list, value)) continue;
    const [id] = nearest(value, [...list.options].map((option) => option.value).filter(Boolean));
    keep(said[`${name}Missing`], { ...shown, name: value }, [name === "client" ? lead(id, shown) : use({ shell: id }, id)]);
  }
}

const fromAddress = asked();
const query = new URLSearchParams(location.search);
draw(usual, Object.fromEntries(sections.map(({ id, reason }) => [id, reason])));
status.textContent = "";
form.hidden = false;
const first = { ...usual, ...(Object.keys(fromAddress).length ? fromAddress : await remembered()) };
if (!sections.length && fromAddress.client) location.replace(leads(fromAddress.client, first));
else if (address(first) !== address(usual) || first.client !== usual.client) {
  const next = await show(first);
  if (next) {
    history.replaceState(null, "", address(next));
    remember(next);
  }
}
if (shown.model === first.model) explain(query);
await follow();
