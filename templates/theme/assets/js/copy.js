// A button on every block of code that copies it as it is when pressed.

import { tell } from "./notice.js";

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    tell(`${what} copied`);
  } catch {
    tell("Your browser did not allow copying");
  }
}

export function addCopyButtons(root) {
  for (const code of root.querySelectorAll("pre > code")) {
    const name = code.closest(".highlight")?.querySelector(".filename")?.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.ariaLabel = name ? `Copy ${name}` : "Copy this code";
    button.addEventListener("click", () => copy(code.textContent, name ?? "Code"));
    code.after(button);
  }
}
