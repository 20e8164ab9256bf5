// The row of names above the phones: a way to each phone, and how many messages wait there unread.

import { element } from "./dom.js";
import { label } from "./words.js";

export function createShelf(place, onChoose) {
  const chips = new Map(); // phone id -> { node, count }
  const known = new Map(); // phone id -> ids of messages already there
  const unread = new Map(); // phone id -> how many

  /** Says which phones hold something unread, and in `announce` the names that just received something. */
  function update(phones, isFirst) {
    const fresh = new Set();
    fresh.announce = [];
    for (const phone of phones) {
      const added = countNew(phone);
      if (isFirst || document.activeElement?.closest(`#${CSS.escape(`phone-${phone.id}`)}`)) unread.set(phone.id, 0);
      else unread.set(phone.id, (unread.get(phone.id) ?? 0) + added);
      if (added && !isFirst) fresh.announce.push(phone.name);
      if (unread.get(phone.id)) fresh.add(phone.id);
      drawChip(phone);
    }
    place.replaceChildren(...phones.map((phone) => chips.get(phone.id).node));
    return fresh;
  }

  function countNew(phone) {
    const before = known.get(phone.id) ?? new Set();
    const theirs = (phone.messages ?? []).filter((message) => message.from === "them");
    known.set(phone.id, new Set(theirs.map((message) => message.id)));
    return theirs.filter((message) => !before.has(message.id)).length;
  }

  function drawChip(phone) {
    if (!chips.has(phone.id)) chips.set(phone.id, makeChip(phone));
    const { node, count } = chips.get(phone.id);
    const waiting = unread.get(phone.id) ?? 0;
    count.textContent = waiting || "";
    count.hidden = !waiting;
    label(node, waiting ? "chip-unread" : "chip", { name: phone.name, count: waiting });
  }

  function makeChip(phone) {
    const count = element("span", { class: "count" });
    const node = element("button", { type: "button", class: `chip ${phone.channel}` }, phone.name, count);
    node.addEventListener("click", () => onChoose(phone.id));
    return { node, count };
  }

  function seen(id) {
    unread.set(id, 0);
    const chip = chips.get(id);
    if (chip) chip.count.hidden = true;
  }

  return { update, seen };
}
