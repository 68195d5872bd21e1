/* Hand in what waits, and note what became of it. An item is closed only by its own
   receipt; whatever else happens, it stays and is sent again under the same number.

   yhSend(url) -> how much still waits, photos included */
(() => {
  "use strict";

  const BATCH = 50;
  const PIECE = 128 * 1024;
  const PATIENCE = 30_000;
  // The results that end the matter for the phone: the portal has it.
  const TAKEN = ["created", "duplicate", "conflict", "handover"];
  const { aboutOf, items, change, tokenOf, photosOf, dropPhoto } = self.yhStore;

  const isOpen = (line) => line.state === "waiting" || line.state === "sent";

  /* What the portal refused and nobody can read here any more: a person shall see it */
  async function giveUp() {
    for (const line of await items()) {
      const isLost = line.state === "needs-you" && !(await aboutOf(line));
      if (isLost) await change(line.client_uuid, { state: "waiting", keep: true });
    }
  }

  async function handIn(url, token, lines) {
    const body = {
      sent_at: new Date().toISOString(),
      items: lines.map(({ client_uuid, sealed, keep = false }) => ({ client_uuid, sealed, keep })),
    };
    return fetch(url, {
      method: "POST",
      // The lease says for whom; nobody need be signed in.
      credentials: "omit",
      headers: { "Content-Type": "application/json", Authorization: `Lease ${token}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  /* Note the answer to one item */
  async function note(line, answer) {
    const { result, receipt, number, message, errors } = answer;
    if (TAKEN.includes(result) && Number.isInteger(receipt)) {
      const told = { state: "stored", result, receipt, number, message };
      await change(line.client_uuid, { ...told, sealed: null });
    } else if (result === "invalid") {
      await change(line.client_uuid, { state: "needs-you", result, errors });
    } else {
      await change(line.client_uuid, { state: "waiting", result: "retry", message });
    }
  }

  async function sendOf(url, who, lines) {
    const token = await tokenOf(who);
    if (!token) return;
    for (let start = 0; start < lines.length; start += BATCH) {
      const part = lines.slice(start, start + BATCH);
      for (const line of part) await change(line.client_uuid, { state: "sent" });
      const answer = await handIn(url, token, part).catch(() => null);
      if (!answer) return;
      if (!answer.ok) {
        // Refused as a whole: nothing was looked at.
        const result = answer.status === 401 ? "sign-in" : "retry";
        for (const line of part) await change(line.client_uuid, { state: "waiting", result });
        return;
      }
      const told = await answer.json().catch(() => null);
      const byNumber = new Map(told?.items.map((one) => [one.client_uuid, one]));
      for (const line of part) {
        const own = byNumber.get(line.client_uuid);
        if (own) await note(line, own);
      }
    }
  }

  /* Hand in one photo from where it was cut off; whether it is there */
  async function sendPhoto(url, token, { client_uuid, digest, sealed }) {
    const whole = new TextEncoder().encode(sealed);
    const place = `${url}photos/${client_uuid}/${digest}/`;
    const head = { Authorization: `Lease ${token}` };
    const begun = await fetch(place, { headers: head, credentials: "omit" });
    let told = begun.ok ? await begun.json() : { received: 0, is_whole: false };
    while (!told.is_whole) {
      const { received } = told;
      const piece = whole.subarray(received, received + PIECE);
      const range = `bytes ${received}-${received + piece.length - 1}/${whole.length}`;
      const answer = await fetch(place, {
        method: "PUT",
        credentials: "omit",
        headers: { ...head, "Content-Range": range, "Content-Type": "application/octet-stream" },
        body: piece,
        signal: AbortSignal.timeout(PATIENCE),
      });
      // More photos than are taken with one visit: the visit itself is there.
      if (answer.status === 400) return true;
      if (!answer.ok) return false;
      told = await answer.json();
      if (!told.is_whole && told.received === received) return false;
    }
    return true;
  }

  /* One photo after the other, once what they belong to is there */
  async function sendPhotos(url) {
    for (const line of await items()) {
      if (line.state !== "stored") continue;
      const token = await tokenOf(line.who);
      for (const photo of await photosOf(line.client_uuid)) {
        const isThere = await sendPhoto(url, token, photo).catch(() => false);
        if (!isThere) return;
        await dropPhoto(photo.digest);
      }
    }
  }

  async function sendAll(url) {
    await giveUp();
    const waiting = (await items()).filter(isOpen);
    for (const who of new Set(waiting.map((line) => line.who))) {
      await sendOf(url, who, waiting.filter((line) => line.who === who));
    }
    await sendPhotos(url);
  }

  self.yhSend = async (url) => {
    // One of all tabs and the worker; the others need not send the same again.
    const alone = { ifAvailable: true };
    const start = (lock) => lock && navigator.onLine && sendAll(url);
    await navigator.locks.request("yh-send", alone, start);
    let left = 0;
    for (const line of await items()) {
      left += isOpen(line) || (await photosOf(line.client_uuid)).length;
    }
    return left;
  };
})();
