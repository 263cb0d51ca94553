// Tells what was done, in sight and to screen readers, for a few seconds.

const box = document.querySelector(".notice");
let timer;

export function tell(text) {
  box.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (box.textContent = ""), 4000);
}
