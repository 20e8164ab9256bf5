// Talking to the rehearsal. Each call either works or throws a Trouble with the key of a kind sentence.

const LONGEST_POLL = 30_000; // milliseconds; the server answers within 20 s even if nothing happened
const LONGEST_ACTION = 15_000;

export class Trouble extends Error {
  constructor(key) {
    super(key);
    this.key = key;
  }
}

export function state(after) {
  const query = after === null ? "" : `?after=${encodeURIComponent(after)}`;
  return call(`state${query}`, {}, LONGEST_POLL);
}

export const write = (phone, text) => post(`phones/${encodeURIComponent(phone)}/write`, { text });
export const press = (phone, message, data) => post(`phones/${encodeURIComponent(phone)}/press`, { message, data });
export const sendMedia = (phone, kind) => post(`phones/${encodeURIComponent(phone)}/media`, { kind });
export const block = (phone, blocked) => post(`phones/${encodeURIComponent(phone)}/block`, { blocked });
export const forward = (milliseconds) => post("clock", { forward_ms: milliseconds });
export const restart = () => post("restart", {});

function post(path, body) {
  const options = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  return call(path, options, LONGEST_ACTION);
}

async function call(path, options, patience) {
  let answer;
  try {
    answer = await fetch(path, { ...options, cache: "no-store", signal: AbortSignal.timeout(patience) });
  } catch {
    throw new Trouble("trouble-away");
  }
  if (!answer.ok) throw new Trouble(answer.status >= 500 ? "trouble-server" : "trouble-refused");
  try {
    return await answer.json();
  } catch {
    return {}; // an action may answer with nothing at all
  }
}
