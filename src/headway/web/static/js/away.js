// Nobody touched the desk for a quarter of an hour, in none of this browser's windows: its person counts as away, until
// a key is pressed or the pointer moves. What somebody said of themselves stays as they said it.
const key = "headway-active";
const quiet = 15 * 60_000;
const beat = 30_000;
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"] ?? "";
let idle = "idle" in document.body.dataset;
let noted = 0;

const send = (address, method, body) =>
  fetch(address, { method, body, keepalive: true, headers: { "HX-Request": "true", "x-csrftoken": token() } }).catch(() => null);

async function active() {
  const now = Date.now();
  if (!idle && now - noted < 10_000) return;
  noted = now;
  localStorage.setItem(key, String(now));
  if (!idle) return;
  idle = false;
  const answer = await send("/desk/away?idle=1", "DELETE");
  if (!answer?.ok) idle = true;
}

setInterval(async () => {
  if (idle || Date.now() - Number(localStorage.getItem(key)) < quiet) return;
  idle = true;
  const answer = await send("/desk/away", "POST", new URLSearchParams({ idle: "1" }));
  if (!answer?.ok) idle = false;
}, beat);

// another window saw its person come back
addEventListener("storage", (event) => event.key === key && (idle = false));
for (const touch of ["pointerdown", "pointermove", "keydown", "wheel"]) addEventListener(touch, active, { passive: true });
active();
