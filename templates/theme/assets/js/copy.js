// Buttons that copy: a block of code as it is when pressed, or the whole page as Markdown.

const notice = document.querySelector(".notice");
let timer;

// Tells what was done, in sight and to screen readers, for a few seconds.
export function tell(text) {
  notice.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (notice.textContent = ""), 4000);
}

async function copy(what, text) {
  try {
    // A promise inside an item lets browsers that insist on the press of a button wait for a download.
    const blob = Promise.resolve(text).then((plain) => new Blob([plain], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    tell(`${what} copied`);
  } catch {
    tell("Your browser did not allow copying");
  }
}

async function load(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}

export function addCopyButtons(root) {
  const short = ".hero strong + code, .model > p:first-of-type > code:first-child";
  for (const code of root.querySelectorAll(`pre > code, ${short}`)) {
    const file = code.closest(".highlight")?.querySelector(".filename")?.textContent;
    const name = code.matches(short) ? code.textContent : file;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.ariaLabel = name ? `Copy ${name}` : "Copy this code";
    button.addEventListener("click", () => copy(name ?? "Code", code.textContent));
    code.after(button);
  }
}

export function showPageButtons() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy("Page", load(button.dataset.copy)));
  }
}
