// One event stream a browser: the tab that holds the lock listens, the others hear it from that tab.
// What arrives is ids only; screens fetch what changed, as far as their reader may see it.
const address = document.querySelector("meta[name=live]")?.content;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("headway-live") : null;
let leading = false;
let connected = null; // how the line is, as far as this tab was told

function spread(message) {
  channel?.postMessage(message);
  deliver(message);
}

function deliver({ kind, detail }) {
  document.dispatchEvent(new CustomEvent(`live:${kind}`, { detail }));
}

function tell(now) {
  connected = now;
  spread({ kind: "state", detail: { connected } });
}

// A tab that opens later asks the leading one how the line is.
function hear({ data }) {
  if (data.kind === "asked") {
    if (leading && connected !== null) channel.postMessage({ kind: "state", detail: { connected } });
    return;
  }
  if (data.kind === "state") connected = data.detail.connected;
  deliver(data);
}

function listen() {
  leading = true;
  const stream = new EventSource(address, { withCredentials: true });
  // a line that somebody had before, another tab or this one, was down until now
  let lost = connected !== null;
  stream.addEventListener("open", () => {
    tell(true);
    // What happened while the line was down is unknown: screens look again.
    if (lost) spread({ kind: "again", detail: {} });
    lost = false;
  });
  stream.addEventListener("error", () => {
    lost = true;
    tell(false);
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => (stream.close(), listen()), 5000 + Math.random() * 5000);
  });
  stream.addEventListener("presence", (event) => spread({ kind: "presence", detail: JSON.parse(event.data) }));
  stream.addEventListener("notified", () => spread({ kind: "notified", detail: {} }));
  stream.addEventListener("ticket", (event) => spread({ kind: "ticket", detail: JSON.parse(event.data) }));
  return new Promise(() => {});
}

if (address) {
  if (channel) channel.onmessage = hear;
  channel?.postMessage({ kind: "asked" });
  if (navigator.locks && channel) navigator.locks.request("headway-live", listen).catch(() => {});
  else listen();
}

// A page restored by the browser's back button may be old.
addEventListener("pageshow", (event) => {
  if (event.persisted) deliver({ kind: "again", detail: {} });
});

export const isLeader = () => leading;
