// The rehearsal page: asks the program how the phones look, shows them, and passes on what is done to them.

import * as api from "./api.js";
import { byId, element } from "./dom.js";
import { createPhone } from "./phone.js";
import { createShelf } from "./shelf.js";
import { showStories } from "./story.js";
import { currentLanguage, dayAndHour, firstLanguage, tell, useLanguage, word } from "./words.js";

const SHORTEST_PAUSE = 150; // milliseconds between two questions, even if the server answers at once
const FIRST_WAIT = 400; // milliseconds after a failure; doubles up to the longest
const LONGEST_WAIT = 4000;
const NOTICE_STAYS = 8000;
const RESTART_TAKES = 20_000; // at most; then silence is trouble again

const phones = new Map(); // id -> what createPhone returned
const shelf = createShelf(byId("shelf"), goTo);
let latest = null; // the last state we were told
let noticeTimer = 0;
let killed = 0; // until when silence is no trouble, because she has just killed the program

const actions = {
  write: (id, text) => attempt(api.write(id, text)),
  press: (id, message, data) => attempt(api.press(id, message, data)),
  media: (id, kind) => attempt(api.sendMedia(id, kind)),
  block: (id, blocked) => attempt(api.block(id, blocked)),
};

async function attempt(call) {
  try {
    await call;
    hideNotice();
    return true;
  } catch (trouble) {
    notice(trouble.key ?? "trouble-server");
    return false;
  }
}

function notice(key) {
  tell(byId("notice-text"), key);
  byId("notice").hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(hideNotice, NOTICE_STAYS);
}

function hideNotice() {
  byId("notice").hidden = true;
}

function link(how) {
  byId("link").dataset.state = how;
  tell(byId("link-text"), `link-${how}`);
}

function goTo(id) {
  const phone = phones.get(id);
  phone.node.scrollIntoView({ block: "start", inline: "nearest" });
  phone.node.focus({ preventScroll: true });
}

function show(state) {
  const before = latest;
  latest = state;
  byId("now").textContent = dayAndHour(new Date(state.now));
  byId("now").dateTime = state.now;
  const arrived = keepPhones(state.phones);
  for (const phone of state.phones) phones.get(phone.id).update(phone);
  const fresh = shelf.update(state.phones, before === null);
  for (const phone of state.phones) phones.get(phone.id).markNew(fresh.has(phone.id));
  if (fresh.announce.length) byId("announcer").textContent = word("arrived", { names: fresh.announce.join(", ") });
  if (arrived) tellStories();
}

/** Adds phones that are new and takes away those that are gone; says whether anything changed. */
function keepPhones(told) {
  let changed = false;
  const ids = new Set(told.map((phone) => phone.id));
  for (const [id, phone] of phones) {
    if (ids.has(id)) continue;
    phone.node.remove();
    phones.delete(id);
    changed = true;
  }
  for (const phone of told) {
    if (phones.has(phone.id)) continue;
    const made = createPhone(phone, actions);
    made.node.addEventListener("focusin", () => seen(phone.id));
    made.node.addEventListener("pointerdown", () => seen(phone.id));
    phones.set(phone.id, made);
    byId("phones").append(made.node);
    changed = true;
  }
  return changed;
}

function seen(id) {
  shelf.seen(id);
  phones.get(id)?.markNew(false);
}

function tellStories() {
  showStories(byId("stories"), findPhone, (phone, text) => {
    goTo(phone.id);
    phones.get(phone.id).draft(text);
  });
}

function findPhone(name) {
  const wanted = name.toLocaleLowerCase("es");
  return latest?.phones.find((phone) => phone.name.toLocaleLowerCase("es").split(/\s/)[0] === wanted);
}

async function follow() {
  let wait = FIRST_WAIT;
  let after = null; // null asks for everything at once: after a restart versions begin anew
  for (;;) {
    try {
      const state = await api.state(after);
      show(state);
      after = state.version;
      wait = FIRST_WAIT;
      link("on");
      await pause(SHORTEST_PAUSE);
    } catch (trouble) {
      if (!(trouble instanceof api.Trouble)) console.error(trouble); // a page that gives up helps nobody
      link(performance.now() < killed ? "restarting" : "off");
      after = null;
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }
}

/** The program may die before it can answer, so a lost answer is a success too. */
async function kill() {
  try {
    await api.restart();
  } catch (trouble) {
    if (trouble.key !== "trouble-away") return notice(trouble.key);
  }
  killed = performance.now() + RESTART_TAKES;
  link("restarting");
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function speak(language) {
  try {
    await useLanguage(language);
  } catch {
    if (latest) notice("trouble-away");
    return;
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === currentLanguage()));
  }
  tellStories();
  if (latest) show(latest);
}

function busyWhile(button, work) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    await work();
    button.disabled = false;
  });
}

for (const button of document.querySelectorAll("[data-forward]")) {
  busyWhile(button, () => attempt(api.forward(Number(button.dataset.forward))));
}
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset.language));
}
busyWhile(byId("restart"), kill);
byId("notice-close").addEventListener("click", hideNotice);
if (matchMedia("(max-width: 60rem)").matches) byId("story-fold").open = false;

await speak(firstLanguage());
link("waiting");
await follow();
