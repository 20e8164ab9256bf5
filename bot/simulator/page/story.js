// The stories to play by hand: steps that can be ticked, and a button that puts the words into her phone.

import { element } from "./dom.js";
import { stories, tell, word } from "./words.js";

const KEPT = "ayni-rehearsal-steps";

let ticked = remembered();

/** `findPhone(name)` gives a phone or undefined; `draft(phone, text)` puts words into its field. */
export function showStories(place, findPhone, draft) {
  place.replaceChildren(...stories().map((story, index) => chapter(story, index, findPhone, draft)));
}

function chapter(story, index, findPhone, draft) {
  const steps = story.steps.map((step, number) => stepItem(step, `${story.id}.${number}`, findPhone, draft));
  return element(
    "details",
    { class: "chapter", open: index === 0 },
    element("summary", {}, element("h3", {}, story.title)),
    element("ol", {}, ...steps),
  );
}

function stepItem(step, id, findPhone, draft) {
  const box = element("input", { type: "checkbox", id: `step-${id}` });
  box.checked = ticked.has(id);
  box.addEventListener("change", () => tick(id, box.checked));
  const body = element("div", { class: "step-body" }, element("label", { for: box.id }, step.text));
  const phone = step.who && findPhone(step.who);
  if (step.write && phone) body.append(draftButton(step, () => draft(phone, step.write)));
  return element("li", {}, box, body);
}

function draftButton(step, act) {
  const hand = element("span", { class: "unseen" });
  tell(hand, "draft", { name: step.who });
  const node = element("button", { type: "button", class: "draft", title: word("draft", { name: step.who }) }, hand, step.write);
  node.addEventListener("click", act);
  return node;
}

function tick(id, isDone) {
  if (isDone) ticked.add(id);
  else ticked.delete(id);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([...ticked]));
  } catch {
    // a private window keeps nothing
  }
}

function remembered() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
  } catch {
    return new Set();
  }
}
