// The words of the page, from words.<language>.json. A node remembers its key, so that it can change language.

const LANGUAGES = ["es", "en"];
const KEPT = "ayni-rehearsal-language";
const ZONE = "America/Lima";

let words = {};
let language = LANGUAGES[0];
const valuesOf = new WeakMap();

export function currentLanguage() {
  return language;
}

export function stories() {
  return words.stories ?? [];
}

export function word(key, values = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** The word for a key if there is one, else what stands in for it. */
export function wordOr(key, instead) {
  return words[key] ?? instead;
}

/** Give a node its text, its spoken label or its hint, and remember the key for a change of language. */
export function tell(node, key, values = {}) {
  node.dataset.word = key;
  remember(node, values);
}

export function label(node, key, values = {}) {
  node.dataset.label = key;
  remember(node, values);
}

export function hint(node, key, values = {}) {
  node.dataset.hint = key;
  remember(node, values);
}

function remember(node, values) {
  valuesOf.set(node, { ...valuesOf.get(node), ...values });
  translate(node);
}

function translate(node) {
  const values = valuesOf.get(node);
  if (node.dataset.word) node.textContent = word(node.dataset.word, values);
  if (node.dataset.label) {
    const text = word(node.dataset.label, values);
    node.setAttribute("aria-label", text);
    if (node.tagName === "BUTTON") node.title = text;
  }
  if (node.dataset.hint) node.placeholder = word(node.dataset.hint, values);
}

export function firstLanguage() {
  const kept = remembered();
  return LANGUAGES.includes(kept) ? kept : LANGUAGES[0];
}

export async function useLanguage(chosen) {
  const answer = await fetch(`static/words.${chosen}.json`, { cache: "no-store" });
  if (!answer.ok) throw new Error("words are missing");
  words = await answer.json();
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = word("title");
  document.querySelectorAll("[data-word], [data-label], [data-hint]").forEach(translate);
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // a private window keeps nothing; the page then begins in Spanish next time
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function format(options) {
  return new Intl.DateTimeFormat(language === "es" ? "es-PE" : "en-GB", { timeZone: ZONE, ...options });
}

export function hour(instant) {
  return format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant);
}

export function day(instant) {
  return format({ weekday: "long", day: "numeric", month: "long" }).format(instant);
}

export function dayAndHour(instant) {
  return `${format({ weekday: "short", day: "numeric", month: "short" }).format(instant)} · ${hour(instant)}`;
}
