/* What the parts of the page for out of reach share: its places, its words, sealing.

   yhPage.one, all, copy, fill, word, put, time, keyOf
   yhKeep({number, kind, body, moment, about})   into the queue, sealed at once */
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
  const time = (at) =>
    new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });

  async function keep({ number, kind, body, moment, about }) {
    const { sealing } = await yhStore.lease();
    const text = JSON.stringify(body);
    const item = {
      client_uuid: number,
      kind,
      body: text,
      sha256: await yhTelling.digest(text),
      occurred_at: moment.toISOString(),
      written_at: new Date().toISOString(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    };
    const info = `yuhai sync item\0${number}`;
    const sealed = await yhSeal(JSON.stringify(item), sealing, info);
    await yhStore.add({ client_uuid: number, at: Number(moment), sealed }, about);
  }

  self.yhPage = { one, all, copy, fill, word, put, time, keyOf };
  self.yhKeep = keep;
})();
