/* Hand in what waits, and note what became of it. An item is closed only by its own
   receipt; whatever else happens, it stays and is sent again under the same number.

   yhSend(url) -> how much still waits, photos included */
(() => {
  "use strict";

  const BATCH = 50;
  const PIECE = 128 * 1024;
  const PATIENCE = 30_000;
  // Nothing that could be sent again would be taken.
  const FINAL = 422;
  // The results that end the matter for the phone: the portal has it.
  const TAKEN = ["created", "duplicate", "conflict", "handover"];
  const { aboutOf, aboutWith, items, change, lease, newestToken } = self.yhStore;
  const { photosOf, photoArrived, refusePhoto, forget } = self.yhStore;

  const isOpen = (line) => line.state === "waiting" || line.state === "sent";

  // The lease says for whom; nobody need be signed in.
  const ask = (place, token, { headers, language, ...more } = {}) =>
    fetch(place, {
      credentials: "omit",
      headers: {
        Authorization: `Lease ${token}`,
        ...(language ? { "Accept-Language": language } : {}),
        ...headers,
      },
      signal: AbortSignal.timeout(PATIENCE),
      ...more,
    });

  const handIn = (url, token, told, language) =>
    ask(url, token, {
      method: "POST",
      language,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sent_at: new Date().toISOString(), items: told }),
    });

  /* What the portal refused and nobody can read here any more: a person shall see it */
  async function giveUp() {
    for (const line of await items()) {
      const isLost = line.state === "needs-you" && !line.keep && !(await aboutOf(line));
      if (isLost) await change(line.client_uuid, { state: "waiting", keep: true });
    }
  }

  /* Note the answer to one item */
  async function note(line, answer) {
    const { result, receipt, number, version, message, errors, entered_in = [] } = answer;
    if (TAKEN.includes(result) && Number.isInteger(receipt)) {
      const told = { state: "stored", result, receipt, number, version, message };
      told.stored = Date.now();
      // In which ledgers it stands may tell why somebody is visited.
      told.about = await aboutWith(line, { ledgers: entered_in });
      await change(line.client_uuid, { ...told, sealed: null });
    } else if (result === "invalid") {
      // Even a person could not be shown it.
      const state = line.keep ? "refused" : "needs-you";
      await change(line.client_uuid, { state, result, errors, message });
    } else {
      await change(line.client_uuid, { state: "waiting", result: "retry", message });
    }
  }

  /* Send one batch with a token; whether the lease was known */
  async function sendPart(url, token, part) {
    for (const line of part) await change(line.client_uuid, { state: "sent" });
    const told = part.map(({ client_uuid, sealed, keep = false }) => ({
      client_uuid,
      sealed,
      keep,
    }));
    const answer = await handIn(url, token, told, part[0].language);
    if (answer.status === 401) return false;
    const found = answer.ok ? await answer.json() : null;
    const byNumber = new Map(found?.items?.map((one) => [one.client_uuid, one]));
    for (const line of part) {
      const own = byNumber.get(line.client_uuid);
      if (own) await note(line, own);
      else await change(line.client_uuid, { state: "waiting", result: "retry" });
    }
    await heed(token, found);
    return true;
  }

  /* The portal may say that this phone shall hold its day no longer */
  async function heed(token, found) {
    const now = await lease();
    if (found?.may_hold === false && now?.token === token) await forget();
  }

  async function sendOf(url, token, lines) {
    for (let start = 0; start < lines.length; start += BATCH) {
      const part = lines.slice(start, start + BATCH);
      // An old lease that is known no more: the newest of the same person will do.
      const newest = await newestToken(part[0].who);
      const isKnown = (await sendPart(url, token, part)) || (await sendPart(url, newest, part));
      if (isKnown) continue;
      for (const line of part) {
        await change(line.client_uuid, { state: "waiting", result: "sign-in" });
      }
    }
  }

  /* Hand in one photo from where it was cut off */
  async function sendPhoto(url, { token, language }, photo) {
    const whole = new TextEncoder().encode(photo.sealed);
    const place = `${url}photos/${photo.client_uuid}/${photo.digest}/`;
    const begun = await ask(place, token, { language });
    let told = begun.ok ? await begun.json() : { received: 0, is_whole: false };
    while (!told.is_whole) {
      const { received } = told;
      const piece = whole.subarray(received, received + PIECE);
      const range = `bytes ${received}-${received + piece.length - 1}/${whole.length}`;
      const answer = await ask(place, token, {
        method: "PUT",
        language,
        headers: { "Content-Range": range, "Content-Type": "application/octet-stream" },
        body: piece,
      });
      if (answer.status === FINAL) return refusePhoto(photo, sentenceIn(await answer.json()));
      if (!answer.ok) return null;
      told = await answer.json();
      if (!told.is_whole && told.received <= received) return null;
    }
    return told.refusal ? refusePhoto(photo, told.refusal) : photoArrived(photo);
  }

  const sentenceIn = (told) => [Object.values(told)].flat(3).join("");

  /* One photo after the other, once what they belong to is there; one that fails does not
     keep the others */
  async function sendPhotos(url) {
    for (const line of (await items()).filter((one) => one.state === "stored")) {
      for (const photo of await photosOf(line.client_uuid)) {
        if (!photo.refusal) await sendPhoto(url, line, photo).catch(() => {});
      }
    }
  }

  async function sendAll(url) {
    await giveUp();
    const waiting = (await items()).filter(isOpen);
    for (const token of new Set(waiting.map((line) => line.token))) {
      const own = waiting.filter((line) => line.token === token);
      await sendOf(url, token, own).catch(() => {});
    }
    await sendPhotos(url);
    const now = waiting.length ? null : await lease();
    // Nothing to send: ask whether the day may still lie here.
    if (now) {
      const answer = await handIn(url, now.token, []).catch(() => null);
      if (answer?.ok) await heed(now.token, await answer.json());
    }
  }

  async function countLeft() {
    let left = 0;
    for (const line of await items()) {
      const photos = await photosOf(line.client_uuid);
      left += isOpen(line) + photos.filter((photo) => !photo.refusal).length;
    }
    return left;
  }

  self.yhSend = async (url) => {
    // One of all tabs and the worker; the others need not send the same again.
    const alone = { ifAvailable: true };
    const start = (lock) => lock && navigator.onLine && sendAll(url);
    await navigator.locks.request("yh-send", alone, start);
    return countLeft();
  };
})();
