// Look and density: written to cookies, so that the server draws the page right from the first byte.
const year = 31536000;

function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${value ? year : 0}; samesite=lax${secure}`;
}

function choose(name, value) {
  remember(name, value);
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
  for (const choice of document.querySelectorAll(`[data-choose-${name}]`)) {
    choice.setAttribute("aria-checked", String(choice.getAttribute(`data-choose-${name}`) === value));
  }
}

document.addEventListener("click", (event) => {
  for (const name of ["theme", "density"]) {
    const choice = event.target.closest?.(`[data-choose-${name}]`);
    if (choice) choose(name, choice.getAttribute(`data-choose-${name}`));
  }
});
