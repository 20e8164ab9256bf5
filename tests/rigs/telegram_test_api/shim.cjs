// telegram-test-api (by others) made to answer as Telegram does today: dates in seconds, no nulls, long polling with
// an offset, the secret header on webhooks, and faults on demand. What was said by whom stays in its own storage.
'use strict';
const express = require('express');
const TelegramServer = require('telegram-test-api');

const theirs = new TelegramServer({ storeTimeout: 3600 });
const bots = new Map(); // token -> {waiting: updates not yet confirmed, hook}
const faults = [];
const HARMLESS = ['sendChatAction', 'setMyCommands', 'deleteMyCommands', 'setMyDescription', 'setMyShortDescription'];
const CLIENT_EVENTS = ['AddedUserMessage', 'AddedUserCommand', 'AddedUserCallbackQuery'];
const asObject = (value) => (typeof value === 'string' ? JSON.parse(value) : value);

/** A press has a chat_instance, which theirs leaves out. */
function whole(update) {
  const press = update.callback_query;
  return press ? { ...update, callback_query: { chat_instance: String(press.from.id), ...press } } : update;
}

function bot(token) {
  if (!bots.has(token)) bots.set(token, { waiting: [], hook: null });
  const known = bots.get(token);
  known.waiting.push(...theirs.getUpdates(token).map(whole));
  return known;
}

/** Wait until `ready` says yes or the seconds are over; looks again at each event of theirs. */
function until(events, seconds, ready) {
  if (ready() || !seconds) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => { if (ready()) end(); };
    const end = () => { clearTimeout(clock); events.forEach((name) => theirs.off(name, look)); resolve(); };
    const clock = setTimeout(end, seconds * 1000);
    events.forEach((name) => theirs.on(name, look));
  });
}

/** Post what waits to the webhook, in order, with the secret; an update that was not taken stays. */
async function deliver(token) {
  const known = bot(token);
  while (known.hook && known.waiting.length) {
    const headers = { 'Content-Type': 'application/json' };
    if (known.hook.secret_token) headers['X-Telegram-Bot-Api-Secret-Token'] = known.hook.secret_token;
    const [update] = known.waiting;
    const answer = await fetch(known.hook.url, { method: 'POST', headers, body: JSON.stringify(update) });
    if (!answer.ok) return { ok: false, error_code: answer.status, description: 'Webhook refused' };
    known.waiting = known.waiting.filter((other) => other !== update);
  }
  return { ok: true, result: true };
}

function sent(body) {
  const kept = theirs.storage.botMessages.find((row) => String(row.messageId) === String(body.message_id)
    && String(row.message.chat_id) === String(body.chat_id));
  if (!kept) return { ok: false, error_code: 400, description: 'Bad Request: message to edit not found' };
  const keyboard = asObject(body.reply_markup);
  const markup = keyboard && keyboard.inline_keyboard ? keyboard : undefined;
  return { ok: true, result: { message_id: kept.messageId, date: Math.floor(kept.time / 1000), text: kept.message.text,
    chat: { id: Number(kept.message.chat_id), type: 'private', first_name: 'Bot' }, reply_markup: markup } };
}

const methods = {
  getMe: () => ({ ok: true, result: { id: 900000099, is_bot: true, first_name: 'Ayni', username: 'ayni_rig_bot',
    can_join_groups: false, can_read_all_group_messages: false, supports_inline_queries: false } }),
  async getUpdates(token, body) {
    const known = bot(token);
    const offset = Number(body.offset || 0);
    known.waiting = known.waiting.filter((update) => update.update_id >= offset);
    await until(CLIENT_EVENTS, Number(body.timeout || 0), () => bot(token).waiting.length > 0);
    return { ok: true, result: known.waiting.slice(0, Number(body.limit || 100)) };
  },
  async setWebhook(token, body) {
    bot(token).hook = body.url ? body : null;
    deliver(token).catch((error) => console.error(String(error)));
    return { ok: true, result: true };
  },
  deleteWebhook(token) { bot(token).hook = null; return { ok: true, result: true }; },
  getWebhookInfo(token) {
    const { hook, waiting } = bot(token);
    return { ok: true, result: { url: hook ? hook.url : '', has_custom_certificate: false, pending_update_count: waiting.length } };
  },
  deleteMessages(token, body) {
    asObject(body.message_ids).forEach((id) => theirs.deleteMessage(Number(body.chat_id), Number(id)));
    return { ok: true, result: true };
  },
};

/** What theirs answers, put right on its way out. */
function mend(method, body, answer) {
  if (!answer.ok) return answer;
  if (/^editMessage/.test(method)) return sent(body);
  if (answer.result === null) return { ...answer, result: true };
  if (method === 'sendMessage') answer.result.date = Math.floor(answer.result.date / 1000);
  return answer;
}

const app = express();
app.use(express.json(), express.urlencoded({ extended: true }));

// For the tests: provoke `times` faults, press a button, see what was said to a person.
app.post('/faults', (req, res) => { faults.push({ times: 1, ...req.body }); res.json({ ok: true }); });
app.post('/said', async (req, res) => {
  const { token, chat, count, seconds } = req.body;
  const said = () => theirs.storage.botMessages.filter((row) => row.botToken === token && String(row.message.chat_id) === String(chat));
  await until(['AddedBotMessage'], seconds, () => said().length >= count);
  res.json(said().map((row) => ({ id: row.messageId, text: row.message.text, markup: asObject(row.message.reply_markup) || {} })));
});
for (const path of ['/sendMessage', '/sendCommand', '/sendCallback']) {
  app.post(path, (req, res, next) => {
    res.on('finish', () => deliver(req.body.botToken).catch((error) => console.error(String(error))));
    next();
  });
}

app.all('/bot:token/:method', async (req, res, next) => {
  const { token, method } = req.params;
  const body = { ...req.query, ...req.body };
  const fault = faults.find((one) => one.times > 0 && one.method === method && (!one.chat_id || String(one.chat_id) === String(body.chat_id)));
  if (fault) {
    fault.times -= 1;
    return res.status(fault.status).json(fault.body || { ok: false, error_code: fault.status, description: 'Provoked' });
  }
  if (HARMLESS.includes(method)) return res.json({ ok: true, result: true });
  if (methods[method]) return res.json(await methods[method](token, body));
  const json = res.json.bind(res);
  res.json = (answer) => {
    const mended = 'ok' in answer ? mend(method, body, answer) : { ok: false, error_code: 404, description: 'Not Found: method not found' };
    res.status(mended.error_code || 200);
    return json(mended);
  };
  return next();
});
app.use(theirs.webServer);

const listener = app.listen(Number(process.env.PORT || 0), '127.0.0.1', () => console.log(listener.address().port));
