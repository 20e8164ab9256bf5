// One phone: who holds it, her conversation, and what she can do with it.

import { element, icon } from "./dom.js";
import { conversation } from "./messages.js";
import { currentLanguage, hint, label, tell, wordOr } from "./words.js";

const LONGEST_TEXT = 2000; // characters

/** `actions`: write, press, media, block; each takes the phone's id first and returns a promise of success. */
export function createPhone(first, actions) {
  const telegram = first.channel === "telegram";
  const name = first.name;
  const head = heading(first);
  const log = element("div", { class: "log", role: "log", "aria-live": "off", tabindex: "0" });
  label(log, "log", { name });
  const composer = compose(first, actions, telegram);
  const node = element(
    "section",
    { class: `phone ${first.channel}`, id: `phone-${first.id}`, tabindex: "-1" },
    element("div", { class: "screen" }, head.node, log, composer.node),
  );
  label(node, "phone", { name });
  const show = conversation(log, (message, data, key) => pressing(key, actions.press(first.id, message, data)));

  return {
    node,
    draft: composer.draft,
    update(phone) {
      head.update(phone);
      composer.update(phone);
      node.classList.toggle("blocked", Boolean(phone.blocked));
      show(phone.messages ?? [], currentLanguage());
    },
    markNew: (isNew) => node.classList.toggle("fresh", isNew),
  };
}

function heading(first) {
  const role = element("span", { class: "role" });
  const address = element("span", { class: "address" });
  const note = element("p", { class: "note" });
  const node = element(
    "header",
    { class: "who" },
    element("span", { class: "avatar", "aria-hidden": "true", "data-role": rolesOf(first)[0] ?? "" }, initial(first.name)),
    element("div", { class: "names" }, element("h3", {}, first.name), element("p", { class: "line" }, role, address), note),
    channelMark(first.channel),
  );
  function update(phone) {
    role.textContent = rolesOf(phone).map((one) => wordOr(`role-${one}`, one)).join(", ");
    address.textContent = phone.address ?? "";
    note.textContent = phone.note ?? "";
    note.hidden = !phone.note;
  }
  return { node, update };
}

function channelMark(channel) {
  const node = element("span", { class: "channel" });
  tell(node, `channel-${channel}`);
  return node;
}

function rolesOf(phone) {
  return String(phone.role ?? "").split(/[\s,+]+/).filter(Boolean);
}

function initial(name) {
  return [...String(name)][0]?.toUpperCase() ?? "";
}

function compose(first, actions, telegram) {
  const field = element("textarea", { rows: "1", maxlength: LONGEST_TEXT, autocomplete: "off", spellcheck: "false" });
  label(field, "field-label", { name: first.name });
  hint(field, "field");
  const send = element("button", { type: "submit", class: "send" }, icon("send"));
  label(send, "send", { name: first.name });
  const form = element("form", { class: "compose" }, field, send);
  const extras = telegram ? extraButtons(first, actions) : null;
  const node = element("footer", { class: "foot" }, ...(extras ? [extras.node] : []), form);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || send.disabled) return;
    send.disabled = true;
    field.value = "";
    const sent = await actions.write(first.id, text);
    if (!sent) field.value = field.value || text; // her words are not lost when the program is away
    send.disabled = field.disabled;
    if (!field.disabled) field.focus({ preventScroll: true });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  function update(phone) {
    const blocked = Boolean(phone.blocked);
    if (field.disabled !== blocked) send.disabled = blocked;
    field.disabled = blocked;
    hint(field, blocked ? "field-blocked" : "field");
    extras?.update(blocked);
  }
  function draft(text) {
    field.value = text;
    field.focus({ preventScroll: true });
  }
  return { node, update, draft };
}

function extraButtons(first, actions) {
  const photo = extra("photo", "send-photo", () => actions.media(first.id, "photo"));
  const voice = extra("voice", "send-voice", () => actions.media(first.id, "voice"));
  let blocked = false;
  const barrier = extra("block", "block", () => actions.block(first.id, !blocked));
  const node = element("div", { class: "extras" }, photo.node, voice.node, barrier.node);
  function update(isBlocked) {
    blocked = isBlocked;
    photo.node.disabled = voice.node.disabled = isBlocked;
    barrier.node.setAttribute("aria-pressed", String(isBlocked));
    tell(barrier.text, isBlocked ? "unblock" : "block");
  }
  return { node, update };
}

function extra(picture, key, act) {
  const text = element("span");
  tell(text, key);
  const node = element("button", { type: "button", class: "extra" }, icon(picture), text);
  node.addEventListener("click", () => pressing(node, act()));
  return { node, text };
}

async function pressing(button, action) {
  button.setAttribute("aria-busy", "true");
  await action;
  button.removeAttribute("aria-busy");
}
