// What every page needs: buttons that copy, the search, the colors, the section that is being read, and what is open
// closing at Escape or a press beside it.

import { addCopyButtons, showPageButtons } from "./copy.js";
import { prepareSearch } from "./search.js";

const root = document.documentElement;
const drawer = document.querySelector("#__drawer");

const COLORS = { "": "as your system has them", light: "light", dark: "dark" };

function offerColors(button) {
  const show = () => (button.ariaLabel = button.title = `Colors: ${COLORS[root.dataset.scheme]}`);
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    const choices = Object.keys(COLORS);
    root.dataset.scheme = choices[(choices.indexOf(root.dataset.scheme) + 1) % choices.length];
    try {
      localStorage.setItem("scheme", root.dataset.scheme);
    } catch {
      // Where a browser keeps nothing, the choice holds for this page.
    }
    show();
  });
}

function followReading() {
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a")) links.set(decodeURIComponent(link.hash.slice(1)), link);
  const read = ({ target }) => {
    for (const link of links.values()) link.removeAttribute("aria-current");
    links.get(target.id).setAttribute("aria-current", "true");
  };
  const watcher = new IntersectionObserver((entries) => entries.filter((one) => one.isIntersecting).forEach(read), {
    rootMargin: "-10% 0px -70%",
  });
  for (const id of links.keys()) watcher.observe(document.getElementById(id));
}

function closeWithEscape() {
  const menu = document.activeElement.closest(".menu[open]");
  if (menu) {
    menu.open = false;
    menu.firstElementChild.focus();
  } else if (drawer.checked) {
    drawer.click();
    drawer.focus();
  }
}

// The keyboard stops at a table or a block of code only while there is something to scroll.
const boxes = new ResizeObserver((entries) => {
  for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});

/** Let the keyboard stop at tables and blocks of code only while there is something to scroll. */
export function watchScrolling(part) {
  for (const box of part.querySelectorAll(".table, pre > code")) boxes.observe(box);
}

addCopyButtons(document);
showPageButtons();
prepareSearch();
offerColors(document.querySelector(".scheme"));
followReading();
watchScrolling(document);
// Feedback names what the reader chose, as the address has it: its link ends in the text of the report.
for (const link of document.querySelectorAll(".report"))
  for (const entry of new URLSearchParams(location.search)) link.href += encodeURIComponent(`\n${entry.join(": ")}`);
document.querySelector(".overlay").addEventListener("click", () => drawer.click());
addEventListener("pagehide", () => (drawer.checked = false)); // nor is it open when the reader comes back
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".menu[open]")) menu.open = menu.contains(target);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeWithEscape();
  if (event.key === "Enter" && event.target.matches(".md-toggle")) event.target.click();
});
