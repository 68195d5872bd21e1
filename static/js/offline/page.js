/* What the parts of the page for out of reach share: its places, its words, sealing.

   yhPage.one, all, copy, fill, word, put, time, listed, keyOf
   yhKeep({number, kind, body, moment, version, about})   into the queue, sealed at once;
                                       `version` is that which a correction puts right */
(() => {
  "use strict";

  const main = document.getElementById("main");
  const one = (selector, within = main) => within.querySelector(selector);
  const all = (selector, within = main) => within.querySelectorAll(selector);
  const copy = (name) =>
    one(`template[data-yh-${name}]`).content.firstElementChild.cloneNode(true);
  const fill = (within, name, text) => {
    for (const place of all(`[data-yh-${name}]`, within)) place.textContent = text;
  };

  /* Every word stands in the template, in the language of the page. */
  const words = one("template[data-yh-words]").content;
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, key) => values[key] ?? "");
  const word = (name, values = {}) => put(one(`[data-${name}]`, words).textContent, values);

  const keyOf = (door) => `${door.kind}-${door.id}`;
  const language = document.documentElement.lang;
  const time = (at) =>
    new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  const listed = (parts) => parts.filter(Boolean).join(word("comma"));

  /* Put into the queue, sealed at once. Another text that bears the number already, from
     another tab, stays as it is; this one then waits beside it. */
  async function keep({ number, ...told }) {
    const isNew = await putIn({ number, ...told });
    if (isNew) return;
    const known = await yhStore.aboutOf(await yhStore.item(number));
    const isSame = JSON.stringify(known?.values) === JSON.stringify(told.about.values);
    if (!isSame) await putIn({ number: crypto.randomUUID(), ...told });
  }

  async function putIn({ number, kind, body, moment, version = "", about }) {
    const { sealing } = await yhStore.owner();
    const text = JSON.stringify(body);
    const item = {
      client_uuid: number,
      kind,
      body: text,
      sha256: await yhTelling.digest(text),
      occurred_at: moment.toISOString(),
      written_at: new Date().toISOString(),
      base_version: version,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    };
    const info = `yuhai sync item\0${number}`;
    const sealed = await yhSeal(JSON.stringify(item), sealing, info);
    // Its answer is wanted in the language of the page.
    const line = { client_uuid: number, at: Number(moment), language, sealed };
    return yhStore.add(line, about);
  }

  self.yhPage = { one, all, copy, fill, word, put, time, listed, keyOf };
  self.yhKeep = keep;
})();
