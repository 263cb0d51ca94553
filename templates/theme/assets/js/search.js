// The search is the theme's. Its script, its worker and the index weigh several times as much as a page, so they are
// fetched by whoever puts the focus into the field.

const search = document.querySelector(".md-search");
const query = search.querySelector("[name=query]");
const toggle = document.querySelector("#__search");

function load() {
  const script = document.createElement("script");
  script.src = search.dataset.script;
  script.addEventListener("load", () => {
    // The script has not seen the focus, nor what was typed meanwhile.
    if (document.activeElement === query) {
      query.blur();
      query.focus();
    }
    query.dispatchEvent(new Event("keyup"));
  });
  document.head.append(script);
}

export function prepareSearch() {
  if (/Mac|iP/.test(navigator.platform)) search.querySelector("kbd").textContent = "⌘ K";
  query.addEventListener("focus", load, { once: true });
  search.querySelector("button.at-start").addEventListener("click", () => toggle.click());
  toggle.addEventListener("change", () => toggle.checked && query.focus());
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.target.closest("input, select, textarea");
    if (!slash && !(event.key === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey)) return;
    event.preventDefault();
    query.focus();
  });
}
