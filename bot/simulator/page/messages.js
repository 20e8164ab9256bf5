// The conversation on one phone: bubbles, days between them, buttons under them.

import { element, icon } from "./dom.js";
import { day, hour, label, tell, word } from "./words.js";

const NEAR_THE_END = 60; // pixels; whoever has scrolled up to read is not pulled down

/** Keeps a list of bubbles equal to a list of messages, touching only what changed. */
export function conversation(log, onPress) {
  const shown = new Map(); // message id -> { print, node }

  function show(messages, language) {
    const follow = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END;
    const nodes = [];
    let lastDay = "";
    for (const message of messages) {
      const today = day(message.at);
      if (today !== lastDay) nodes.push(kept(`day ${today}`, today, () => element("p", { class: "day" }, today)));
      lastDay = today;
      const print = language + JSON.stringify(message);
      nodes.push(kept(`message ${message.id}`, print, () => bubble(message, onPress)));
    }
    if (!messages.length) nodes.push(kept("empty", language, empty));
    arrange(nodes);
    if (follow) log.scrollTop = log.scrollHeight;
  }

  function kept(id, print, make) {
    const before = shown.get(id);
    if (before?.print === print) return before.node;
    const node = make();
    shown.set(id, { print, node });
    return node;
  }

  function arrange(nodes) {
    const wanted = new Set(nodes);
    for (const [id, { node }] of shown) if (!wanted.has(node)) shown.delete(id);
    for (const child of [...log.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, place) => {
      if (log.children[place] !== node) log.insertBefore(node, log.children[place] ?? null);
    });
  }

  return show;
}

function empty() {
  const node = element("p", { class: "empty" });
  tell(node, "empty");
  return node;
}

function bubble(message, onPress) {
  const mine = message.from === "me";
  const body = element("div", { class: "bubble" });
  if (message.media) body.append(mediaLine(message.media));
  if (message.text) body.append(element("p", { class: "text" }, message.text));
  body.append(meta(message));
  const node = element("div", { class: `message ${mine ? "mine" : "theirs"}` }, body);
  if (message.buttons?.length) node.append(keyboard(message, onPress));
  return node;
}

function mediaLine(kind) {
  const text = element("span");
  tell(text, `media-${kind}`);
  return element("p", { class: "media" }, icon(kind === "photo" ? "photo" : "voice"), text);
}

function meta(message) {
  const line = element("p", { class: "meta" });
  if (message.protected) line.append(locked());
  if (message.segments) line.append(segments(message.segments));
  line.append(element("time", { datetime: new Date(message.at).toISOString() }, hour(message.at)));
  return line;
}

function locked() {
  const node = element("span", { class: "locked", title: word("protected-label") }, icon("lock"));
  const text = element("span");
  tell(text, "protected");
  node.append(text);
  return node;
}

function segments(count) {
  const node = element("span", { class: count > 1 ? "segments many" : "segments" });
  tell(node, count === 1 ? "segment" : "segments", { count });
  return node;
}

function keyboard(message, onPress) {
  const rows = message.buttons.map((row) => element("div", { class: "row" }, ...row.map((one) => key(message, one, onPress))));
  const node = element("div", { class: "keyboard", role: "group" }, ...rows);
  label(node, "buttons");
  return node;
}

function key(message, { label: text, data }, onPress) {
  const node = element("button", { type: "button", class: "key" }, text);
  node.addEventListener("click", () => onPress(message.id, data, node));
  return node;
}
