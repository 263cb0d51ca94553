// What the tools of pages share: finding elements, loading facts when they are first needed, filling in sentences.

/** @param {string} selector @param {ParentNode} [root] @returns {any} the first element that matches */
export const one = (selector, root = document) => root.querySelector(selector);

/** @param {string} selector @param {ParentNode} [root] @returns {any[]} every element that matches */
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** @param {string} url */
export async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/**
 * Gives a function that loads the facts of a tool once. What failed is tried again the next time.
 * @param {HTMLElement} tool
 */
export function factsOf(tool) {
  /** @type {Promise<any> | undefined} */
  let facts;
  return () => {
    facts ??= load(tool.dataset.source).then((response) => response.json());
    facts.catch(() => (facts = undefined));
    return facts;
  };
}

/** Fills in a sentence of the page: `{name}` stands for a value. @param {string} sentence @param {Record<string, unknown>} values */
export const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
