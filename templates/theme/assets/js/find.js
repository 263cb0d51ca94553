// The search of a page that does not exist: hands its words to the search in the header.

const form = document.querySelector(".find");
form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = document.querySelector(".md-search__input");
  query.value = form.elements.words.value;
  query.focus();
  query.dispatchEvent(new Event("keyup"));
});
