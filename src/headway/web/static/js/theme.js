// Look, density and motion: a habit of whoever is signed in, drawn by the server from the first byte. A cookie keeps
// them for the pages before sign-in.
const year = 31536000;

function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${value ? year : 0}; samesite=lax${secure}`;
}

// Keeps looks for every browser of this person. What a lost line loses is chosen again in a press.
export function keep(looks) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "null");
  if (headers) fetch("/desk/habits/look", { method: "POST", headers: { ...headers, "HX-Request": "true" }, body: new URLSearchParams(looks) }).catch(() => {});
}

function choose(name, value) {
  remember(name, value);
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
  for (const choice of document.querySelectorAll(`[data-choose-${name}]`)) {
    choice.setAttribute("aria-checked", String(choice.getAttribute(`data-choose-${name}`) === value));
  }
  keep({ [name]: value });
}

document.addEventListener("click", (event) => {
  for (const name of ["theme", "density", "motion"]) {
    const choice = event.target.closest?.(`[data-choose-${name}]`);
    if (choice) choose(name, choice.getAttribute(`data-choose-${name}`));
  }
});
