// Chooses client, model and shell. A client's page then shows the files for the model, as they are published, and speaks
// of it; other pages lead there. The choice is in the address and, where the browser allows it, remembered.

import { Combobox } from "./combobox.js";
import { watchScrolling } from "./page.js";
import { all, factsOf, fill, load, one } from "./tool.js";

/** @typedef {{client: string, model: string, shell: string}} Choice */

const MEMORY = "agentdocs.picker";
/** @type {any} */
const form = one("#picker");
/** No shell where all commands are the same in each. @type {{client: HTMLSelectElement, shell?: HTMLSelectElement}} */
const { client, shell } = form.elements;
const status = one(".said [role]", form);
const offers = one(".offers", form);
const said = form.dataset; // the sentences
const facts = factsOf(form);
const here = said.client ?? ""; // the client that the page is about
const fixed = "fixed" in said; // the page is about one model

/** What the page shows without a choice. @type {Choice} */
const usual = { client: here, model: said.model, shell: shell?.value ?? "" };
let shown = usual;
let wanted = usual;
let turn = 0;

/** @param {string} id */
const choiceOf = (id, list = client) => [...list.options].find((option) => option.value === id);

// --- The parts of the page: files, what is said of the model, and its Markdown

const files = here ? all("[data-file]") : [];

/** What the page says of its model, and the box that says it of another one. */
const originals = all("[data-said]");
const box = document.createElement("div");
originals.at(-1)?.after(box);

/** What copies the page's Markdown, shows it and asks an assistant about it. @type {any[]} */
const actions = all(".page-actions :is([data-copy], [type='text/markdown'], details a)");
const twin = one("[data-copy]")?.dataset.copy;
let markdown = twin;

/** Offer other Markdown. @param {string} path */
function offer(path) {
  for (const action of actions) {
    if (action.href) action.href = action.href.replace(markdown, path).replace(encodeURIComponent(markdown), encodeURIComponent(path));
    else action.dataset.copy = path;
  }
  markdown = path;
}

// --- Showing a choice

/** Show a choice: all of it once every file is there, or else none of it. @param {Choice} choice */
async function show(choice) {
  const mine = ++turn;
  wanted = choice;
  try {
    const { models } = await facts();
    const model = found(models, choice.model);
    if (mine !== turn) return;
    if (!model) {
      remember(shown); // it may be what was kept
      return keep(said.missing, choice, similar(choice.model, models));
    }
    const reason = refusal(model, here);
    if (reason) {
      const able = model.set_up.filter((other) => !other.reason).map((other) => lead(other.client, choice));
      const usable = models.filter((other) => !refusal(other, here));
      return keep(said.refused, { ...choice, reason, client: choiceOf(here).text }, [...similar(model.id, usable), ...able]);
    }
    const texts = await Promise.all(files.map(async ({ dataset }) => coloured(await (await load(dataset.file.replace("{model}", model.path))).text())));
    if (mine !== turn) return;
    files.forEach((block, index) => one("code", block).replaceChildren(...texts[index]));
    if (here) speak(model);
    watchScrolling(document);
    return draw({ ...choice, model: model.id });
  } catch {
    if (mine === turn) keep(said.failed, choice, [use(choice, choice.model)]);
  }
}

/** Why a client cannot use a model; nothing if it can. @param {any} model @param {string} id */
const refusal = (model, id) => setUp(model, id)?.reason;

/** @param {any} model @param {string} id */
const setUp = (model, id) => model.set_up.find(({ client }) => client === id);

/** @param {any[]} models @param {string} name */
const found = (models, name) => models.find(({ id, aliases }) => id === name || aliases.includes(name));

/** What all languages of files have in common, by the class that colours it: comments, texts, numbers. */
const PARTS =
  /(?<c>(?<=^|\s)(?:#|\/\/).*)|(?<s>"(?:\\.|[^"\\\n])*"|'[^'\n]*')|(?<m>\b(?:\d[\d.]*|true|false)\b)/gm;

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

/** Say of a model what the page says of its own. @param {any} model */
function speak(model) {
  const left = setUp(model, here).left_out;
  const same = model.id === usual.model;
  for (const element of originals) element.hidden = !same;
  box.hidden = same;
  box.replaceChildren(one("template", form).content.cloneNode(true));
  one("code", box).textContent = model.id;
  for (const element of all("[data-fact]", box)) element.hidden = !left.includes(element.dataset.fact);
  for (const element of all(".some", box)) element.hidden = !left.length;
  offer(same ? twin : said.guide.replace("{model}", model.path));
}

/** @param {Choice} choice */
function draw(choice) {
  shown = wanted = choice;
  for (const element of all("[data-shell]")) element.hidden = !element.dataset.shell.split("/").includes(choice.shell);
  const away = choice.client && choice.client !== here;
  const sentence = away ? said.chosen : here ? said.shown : fixed ? "" : said.leading;
  settle(sentence, { client: choiceOf(choice.client)?.text, model: choice.model });
  if (away) offers.append(lead(choice.client, choice));
  return choice;
}

/** Keep what is shown, say why, and offer something else. @param {string} sentence @param {Choice} choice @param {HTMLElement[]} instead */
function keep(sentence, choice, instead) {
  wanted = shown;
  settle(sentence, { ...choice, shown: shown.model });
  offers.replaceChildren(...instead.flatMap((offer) => [offer, " "]));
}

/** Let the form agree with the page. @param {string} sentence @param {Record<string, string>} values */
function settle(sentence, values) {
  if (offers.contains(document.activeElement)) client.focus();
  offers.replaceChildren();
  client.value = shown.client;
  if (shell) shell.value = shown.shell;
  models && models.set(shown.model);
  status.textContent = fill(sentence, values);
}

// --- What is offered instead of what is not there

/** How much a text is like a name: by its pairs of letters that the name has, too, and of names alike the shortest.
 * @param {string} text @param {string} name */
const likeness = (text, name) => [...text].filter((_, at) => name.includes(text.slice(at, at + 2))).length - name.length / 99;

/** The name that is most like a text. @param {string} text @param {string[]} names */
const nearest = (text, names) => [...names].sort((name, other) => likeness(text, other) - likeness(text, name))[0];

/** @param {string} name @param {{id: string}[]} models */
function similar(name, models) {
  const model = nearest(name, models.map(({ id }) => id));
  return model ? [use({ model }, model)] : [];
}

/** A button that makes a choice. @param {Partial<Choice>} change @param {string} name */
function use(change, name) {
  const onclick = () => choose(change);
  return Object.assign(document.createElement("button"), { type: "button", textContent: fill(said.use, { name }), onclick });
}

/** A link to a client's page. @param {string} id @param {Choice} choice */
function lead(id, choice) {
  const textContent = fill(said.leads, { name: choiceOf(id).text });
  return Object.assign(document.createElement("a"), { href: leads(id, choice), textContent });
}

/** The address of a client's page. @param {string} id @param {Choice} choice */
function leads(id, { model, shell }) {
  return choiceOf(id).dataset.page + written(new URLSearchParams({ model, shell }));
}

// --- The address and the memory

/** Show a choice and write it into the address: as a new one, or as the one that is there.
 * @param {Partial<Choice>} change @param {"pushState" | "replaceState"} [write] */
async function choose(change, write = "pushState") {
  const next = await show({ ...wanted, ...change });
  if (!next) return;
  if (address(next) !== address()) history[write](null, "", address(next));
  remember(next);
}

/** Write the address for a choice, or the present one. @param {Choice} [choice] */
function address(choice) {
  const query = new URLSearchParams(location.search);
  for (const name of choice ? Object.keys(usual) : []) {
    if (choice[name] === usual[name] || name === "client") query.delete(name);
    else query.set(name, choice[name]);
  }
  return location.pathname + written(query) + location.hash;
}

/** @param {URLSearchParams} query */
function written(query) {
  return query.size ? `?${query}`.replaceAll(/%2F|%3A|%40/g, decodeURIComponent) : "";
}

/** @param {HTMLSelectElement | undefined} list */
const values = (list) => [...(list?.options ?? [])].map((option) => option.value).filter(Boolean);

/** Leave out what cannot be chosen. @param {Record<string, string>} choice @returns {Partial<Choice>} */
function known(choice) {
  const fits = ([name, value]) => (name === "model" ? value && typeof value === "string" : values({ client, shell }[name]).includes(value));
  return Object.fromEntries(Object.entries(choice).filter(fits));
}

/** What was chosen before, here or on another page. What is broken is forgotten. @returns {Partial<Choice>} */
function remembered() {
  try {
    const text = localStorage.getItem(MEMORY);
    localStorage.removeItem(MEMORY);
    const good = known(JSON.parse(text));
    localStorage.setItem(MEMORY, JSON.stringify(good));
    return good;
  } catch {
    return {}; // storage is denied, or has no choice at all
  }
}

/** @param {Choice} choice */
function remember(choice) {
  try {
    const { model } = fixed ? remembered() : choice;
    localStorage.setItem(MEMORY, JSON.stringify({ ...choice, model }));
  } catch {
    // storage is denied: the address still has the choice
  }
}

/** Go to the client whose section the address leads to: it has a page of its own. */
function follow() {
  const heading = all("[data-client]:is(h2, h3)").find((heading) => `#${heading.id}` === location.hash);
  if (heading) location.replace(leads(heading.dataset.client, shown));
}

// --- The controls

const models = !fixed && new Combobox(one("#picker-model"), one("#picker-models"), {
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

/** Offer a model, or say why the client cannot use it. */
function option(model) {
  return {
    value: model.id,
    label: model.name,
    search: [model.id, model.name, ...model.aliases].join(" ").toLowerCase(),
    reason: refusal(model, here || wanted.client),
  };
}

client.addEventListener("change", () => choose({ client: client.value }));
shell?.addEventListener("change", () => choose({ shell: shell.value }));
addEventListener("hashchange", follow);
const inAddress = () => Object.fromEntries(new URLSearchParams(location.search));
addEventListener("popstate", () => choose({ ...usual, ...known(inAddress()) }, "replaceState"));

const query = inAddress();
const asked = known(query);
draw(usual);
status.textContent = "";
form.hidden = false;
const first = { ...usual, ...(Object.keys(asked).length ? asked : remembered()), ...(here && { client: here }) };
if (fixed) first.model = usual.model;
if (!here && !fixed && asked.client) location.replace(leads(asked.client, first));
else if (Object.keys(usual).some((name) => first[name] !== usual[name])) await choose(first, "replaceState");
for (const [name, list] of Object.entries({ client, shell })) {
  const value = query[name];
  if (!value || !list || asked[name]) continue;
  const id = nearest(value, values(list));
  keep(said.stranger, { ...shown, client: value }, [use({ [name]: id }, choiceOf(id, list).text)]);
}
follow();
