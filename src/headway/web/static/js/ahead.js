// What is likely to be opened next is fetched ahead, so that it is there when it is asked for: the row under the focus or
// the pointer, and the one after the open ticket. A kept ticket is shown once, and dropped as soon as anything about it
// moves; without a live line nobody would say so, and nothing is fetched ahead.
import { wayOn } from "./list.js";

const rest = 90; // a pointer or a focus that passes by asks for nothing
const after = 20; // the open ticket is drawn first
const fresh = 20_000;
const most = 4;
const kept = new Map(); // by address: what was fetched, or is being fetched
let timer;
let opening = false; // the ticket that is asked for now comes first

const numberIn = (address) => address.match(/^\/desk\/tickets\/(\d+)/)?.[1];
const open = () => document.querySelector("#pane .ticket")?.dataset.ticket;
const person = document.body.dataset.person;
// Their own draft is saved behind the screen: a copy fetched before that would show the text of before.
const isWrittenOn = (number) => localStorage.getItem(`headway-draft:${person}:${number}`) !== null;

function soon(row, wait = rest) {
  if (!row) return;
  clearTimeout(timer);
  timer = setTimeout(fetchAhead, wait, row);
}

function fetchAhead(row) {
  const address = row.isConnected && document.getElementById("pane") ? row.getAttribute("href") : "";
  const number = numberIn(address);
  if (!number || number === open() || opening || isWrittenOn(number) || navigator.connection?.saveData) return;
  if (document.hidden || document.documentElement.dataset.live !== "on") return;
  if (performance.now() - (kept.get(address)?.at ?? -fresh) < fresh) return;
  const one = { number, at: performance.now(), stop: new AbortController() };
  one.answer = ask(address, one);
  kept.set(address, one);
  if (kept.size > most) drop(kept.keys().next().value);
}

async function ask(address, one) {
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: one.stop.signal, priority: "low" });
    if (answer.status === 200 && !answer.redirected) return { text: await answer.text(), headers: answer.headers };
  } catch {
    // it is asked for again when it is opened, and what is wrong is said there
  }
  if (kept.get(address) === one) kept.delete(address);
  return null;
}

function drop(address) {
  kept.get(address).stop.abort();
  kept.delete(address);
}

function dropAll(which = () => true) {
  for (const [address, one] of [...kept]) if (which(one)) drop(address);
}

document.addEventListener("focusin", ({ target }) => target.matches?.("#rows .row") && soon(target));
document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "mouse") soon(target.closest?.("#rows .row"));
});
document.addEventListener("htmx:afterSettle", ({ detail }) => detail.target.id === "pane" && open() && soon(wayOn(), after));

document.addEventListener("live:ticket", ({ detail }) => dropAll((one) => one.number === String(detail.id)));
document.addEventListener("live:again", () => dropAll());
document.addEventListener("live:state", ({ detail }) => detail.connected || dropAll());
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.verb === "get") {
    if (detail.target.id === "pane") opening = false;
    return;
  }
  dropAll();
  if (open()) soon(wayOn(), after);
});

// The request that opens a ticket is answered with what is kept, as if it had come from the server just now.
document.addEventListener("htmx:beforeSend", ({ detail: { xhr, target, requestConfig, pathInfo } }) => {
  if (requestConfig.verb !== "get" || target.id !== "pane") return;
  const address = pathInfo.finalRequestPath;
  opening = true;
  const one = kept.get(address);
  if (!one) return;
  kept.delete(address);
  if (performance.now() - one.at > fresh || isWrittenOn(one.number)) return;
  const { send, abort } = xhr;
  let stopped = false;
  xhr.abort = () => {
    stopped = true;
    abort.call(xhr);
    xhr.onabort();
  };
  xhr.send = async (body) => {
    const answer = await one.answer;
    if (stopped) return;
    xhr.abort = abort;
    if (!answer) return send.call(xhr, body);
    for (const [name, value] of Object.entries({ status: 200, response: answer.text, responseText: answer.text, responseURL: new URL(address, location.href).href }))
      Object.defineProperty(xhr, name, { value });
    xhr.getResponseHeader = (name) => answer.headers.get(name);
    xhr.getAllResponseHeaders = () => [...answer.headers].map(([name, value]) => `${name}: ${value}\r\n`).join("");
    xhr.onload();
  };
});
