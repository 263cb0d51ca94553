// Shows the files for the client, model and shell that the reader chooses. The choice is in the address and, where the
// browser allows it, remembered. Files are shown as they are published; nothing is made here.

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
const [status, go, page, again] = /** @type {any[]} */ (all(".said > *", form));
const facts = factsOf(form);
const fixed = "fixed" in form.dataset; // the page is about one model

/** What the page shows without a choice. @type {Choice} */
const usual = { client: "", model: form.dataset.model, shell: shell?.value ?? "" };
let shown = usual;
let wanted = usual;
let turn = 0;

// --- The sections of the page, one for each client

const sections = all("[data-client]:is(h2, h3)").map((heading) => {
  const id = heading.dataset.client;
  const refusal = one(".refusal", form).content.firstElementChild.cloneNode(true);
  one("strong", refusal).textContent = named(id);
  heading.after(refusal);
  const rest = [];
  for (let next = refusal.nextElementSibling; next && !ends(next, heading); next = next.nextElementSibling) rest.push(next);
  /** @type {HTMLTemplateElement | null} what the page lacks, since the client cannot use its model */
  const missing = one(`template[data-client="${id}"]`, form);
  if (missing) {
    for (const said of rest.splice(0)) said.remove();
    const made = document.createElement("div");
    made.append(missing.content);
    addCopyButtons(made);
    refusal.after(made);
    rest.push(made);
  }
  const blocks = rest.flatMap((element) => (element.dataset.file ? [element] : all("[data-file]", element)));
  return { id, heading, refusal, rest, files: blocks.map(file), reason: missing?.dataset.reason };
});

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

/** @param {string} id */
function named(id) {
  return [...client.options].find((option) => option.value === id)?.text;
}

// --- Showing a choice

/** Show a choice: all of it once every file is there, or else none of it. @param {Choice} choice */
async function show(choice) {
  const mine = ++turn;
  wanted = choice;
  try {
    const model = (await facts()).models.find((entry) => entry.id === choice.model || entry.aliases.includes(choice.model));
    if (mine !== turn) return;
    if (!model) return keep(form.dataset.missing, choice);
    const next = { ...choice, model: model.id };
    const reasons = reasonsFor(model);
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
    go.hidden = !next.client;
    page.hidden = !fixed || next.model === usual.model || !model.page.includes("/");
    if (!page.hidden) page.href = new URL(model.page).pathname;
    return next;
  } catch {
    if (mine === turn) keep(form.dataset.failed, choice, true);
  }
}

/** @param {string} id @param {Choice} choice */
const visible = (id, choice) => !choice.client || choice.client === id;

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
  for (const { id, heading, refusal, rest } of sections) {
    heading.hidden = !visible(id, choice);
    refusal.hidden = heading.hidden || !reasons[id];
    one("code", refusal).textContent = choice.model;
    one("span", refusal).textContent = reasons[id];
    for (const element of rest) element.hidden = heading.hidden || !!reasons[id];
    for (const link of all(`nav [href="#${heading.id}"]`)) link.closest("li").hidden = heading.hidden;
    if (choice.client === id) go.href = `#${heading.id}`;
  }
  for (const element of all("[data-shell]")) element.hidden = element.dataset.shell !== choice.shell;
  settle(form.dataset.shown, { client: choice.client ? named(choice.client) : form.dataset.all, model: choice.model });
}

/** Keep what is shown, and say why. @param {string} sentence @param {Choice} choice @param {boolean} [failed] */
function keep(sentence, choice, failed = false) {
  wanted = shown;
  settle(sentence, { model: choice.model, shown: shown.model });
  again.hidden = !failed;
  again.onclick = () => choose(choice);
}

/** Let the form agree with the page. @param {string} sentence @param {Record<string, string>} values */
function settle(sentence, values) {
  if (document.activeElement === again) client.focus();
  again.hidden = true;
  client.value = shown.client;
  if (shell) shell.value = shown.shell;
  models.set(shown.model);
  status.textContent = fill(sentence, values);
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
  const query = new URLSearchParams(location.search);
  for (const name of choice ? Object.keys(usual) : []) {
    if (choice[name] === usual[name]) query.delete(name);
    else query.set(name, choice[name]);
  }
  const text = query.toString().replaceAll(/%2F|%3A|%40/g, decodeURIComponent);
  return location.pathname + (text && `?${text}`) + location.hash;
}

/** What the address asks for. @returns {Partial<Choice>} */
function asked() {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  return known({ client: query.client, model: query.model, shell: query.shell });
}

/** Leave out what is not there or cannot be chosen. @param {Partial<Choice>} choice */
function known(choice) {
  const lists = { client, shell };
  const fits = ([name, value]) => value && (name === "model" || [...(lists[name]?.options ?? [])].some((option) => option.value === value));
  return Object.fromEntries(Object.entries(choice).filter(fits));
}

/** @returns {Partial<Choice>} */
function remembered() {
  try {
    const { client, model, shell } = JSON.parse(localStorage.getItem(MEMORY));
    return known(fixed ? { client, shell } : { client, model, shell });
  } catch {
    return {}; // nothing yet, or storage is denied
  }
}

/** @param {Choice} choice */
function remember({ client, model, shell }) {
  try {
    const kept = fixed ? { ...JSON.parse(localStorage.getItem(MEMORY)), client, shell } : { client, model, shell };
    localStorage.setItem(MEMORY, JSON.stringify(kept));
  } catch {
    // storage is denied: the address still has the choice
  }
}

/** Show the client whose section the address leads to, if it is hidden. */
async function follow() {
  const target = sections.find(({ heading }) => `#${heading.id}` === location.hash);
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
      status.textContent = form.dataset.unloaded;
      return [];
    }
  },
  found(count) {
    one("#picker-found").textContent = fill(form.dataset[count ? (count > 1 ? "found" : "one") : "none"], { count });
  },
  pick: (model) => choose({ model }),
});

/** Offer a model, or say why the client cannot use it; without a client, why none of them can. */
function option(model) {
  const reasons = Object.entries(reasonsFor(model)).filter(([id]) => visible(id, wanted));
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

const fromAddress = asked();
const first = { ...usual, ...(Object.keys(fromAddress).length ? fromAddress : remembered()) };
draw(usual, Object.fromEntries(sections.map(({ id, reason }) => [id, reason])));
status.textContent = "";
form.hidden = false;
if (address(first) !== address(usual)) {
  const next = await show(first);
  if (next) {
    history.replaceState(null, "", address(next));
    remember(next);
  }
}
await follow();
