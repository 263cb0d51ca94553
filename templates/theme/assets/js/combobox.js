// A text field with a list that typing filters, by the combobox pattern of the ARIA Authoring Practices Guide.

/**
 * @typedef {object} Option
 * @property {string} value what is chosen, and shown in the field
 * @property {string} label what is shown beside it
 * @property {string} search every text that typing may match, in lower case
 * @property {string} reason why it cannot be chosen; empty if it can
 */

export class Combobox {
  /** @type {HTMLInputElement} */
  #field;
  /** @type {HTMLElement} */
  #list;
  /** @type {Option[]} */
  #options = [];
  #active = -1;
  /** What is chosen now. */
  value = "";

  /**
   * @param {HTMLInputElement} field
   * @param {HTMLElement} list
   * @param {object} on
   * @param {() => Promise<Option[]>} on.open gives everything that can be chosen
   * @param {(value: string) => void} on.pick
   * @param {(count: number) => void} on.found
   */
  constructor(field, list, on) {
    this.#field = field;
    this.#list = list;
    this.on = on;
    // What is typed next replaces it.
    field.addEventListener("focus", () => field.select());
    for (const kind of ["mousedown", "mouseup"]) {
      field.addEventListener(kind, (event) => {
        // What is selected stays so.
        if (list.hidden && document.activeElement === field) event.preventDefault();
      });
    }
    field.addEventListener("click", () => list.hidden && this.#open(""));
    field.addEventListener("input", () => this.#open(field.value));
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => this.close());
    // The field keeps the focus.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = /** @type {HTMLElement} */ (event.target).closest("li");
      if (item) this.#pick([...list.children].indexOf(item));
    });
  }

  /** @param {string} value */
  set(value) {
    this.value = value;
    // Where it is open, the reader is typing.
    if (this.#list.hidden) this.#settle();
  }

  close() {
    this.#list.hidden = true;
    this.#field.setAttribute("aria-expanded", "false");
    this.#field.removeAttribute("aria-activedescendant");
    this.#active = -1;
    this.#settle();
  }

  #settle() {
    this.#field.value = this.value;
    if (document.activeElement === this.#field) this.#field.select();
  }

  /** @param {string} typed */
  async #open(typed) {
    const words = typed.toLowerCase().split(/\s+/);
    const all = await this.on.open();
    if (document.activeElement !== this.#field) return;
    this.#options = all.filter((option) => words.every((word) => option.search.includes(word)));
    this.#list.replaceChildren(...this.#options.map((option, index) => this.#item(option, index)));
    this.#list.hidden = !this.#options.length;
    this.#field.setAttribute("aria-expanded", String(!this.#list.hidden));
    this.on.found(this.#options.length);
    const exact = this.#options.findIndex((option) => option.value === (typed || this.value));
    this.#mark(exact < 0 && typed ? this.#options.findIndex((option) => !option.reason) : exact);
  }

  /** @param {Option} option @param {number} index */
  #item(option, index) {
    const item = document.createElement("li");
    const id = document.createElement("code");
    const label = document.createElement("span");
    item.id = `${this.#list.id}-${index}`;
    item.role = "option";
    item.ariaSelected = String(option.value === this.value);
    if (option.reason) item.ariaDisabled = "true";
    id.textContent = option.value;
    label.textContent = option.reason || option.label;
    item.append(id, " ", label);
    return item;
  }

  /** @param {number} index */
  #mark(index) {
    this.#list.children[this.#active]?.classList.remove("active");
    this.#active = index;
    const item = this.#list.children[index];
    if (!item) return this.#field.removeAttribute("aria-activedescendant");
    item.classList.add("active");
    item.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", item.id);
  }

  /** @param {number} index */
  #pick(index) {
    const option = this.#options[index];
    if (!option || option.reason) return;
    this.value = option.value;
    this.close();
    this.on.pick(option.value);
  }

  /** Open the list, or choose what was typed before it was there. */
  async #enter() {
    const typed = this.#field.value === this.value ? "" : this.#field.value;
    await this.#open(typed);
    if (typed) this.#pick(this.#active);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && this.#list.hidden) this.#open("");
    else if (step) this.#mark((this.#active + step + this.#options.length) % this.#options.length);
    else if (key === "Enter" && !this.#list.hidden) this.#pick(this.#active);
    else if (key === "Enter") this.#enter();
    else if (key === "Escape") this.close();
    else return;
    if (key !== "Escape") event.preventDefault();
  }
}
