// What every page needs beside the theme's script: buttons that copy, Escape and a click beside it that close what is
// open, and tables that the keyboard reaches only while there is something to scroll.

import { addCopyButtons, showPageButtons } from "./copy.js";

const drawer = document.querySelector("#__drawer");

addCopyButtons(document);
showPageButtons();

document.querySelector(".overlay").addEventListener("click", () => drawer.click());

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.checked) {
    drawer.click();
    drawer.focus();
  }
  const menu = event.key === "Escape" && document.activeElement.closest(".menu[open]");
  if (menu) {
    menu.open = false;
    menu.firstElementChild.focus();
  }
  if (event.key === "Enter" && event.target.matches(".md-toggle")) event.target.click();
});

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});
for (const box of document.querySelectorAll(".table")) watcher.observe(box);
