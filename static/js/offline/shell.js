/* The page for out of reach: the doors of the day, the form, and what waits to be sent.
   Every word on it stands in the template; this only fills in and keeps. */
(() => {
  "use strict";

  const { yhSync, yhWorker } = document.body.dataset;
  const main = document.getElementById("main");
  const one = (selector, within = main) => within.querySelector(selector);
  const copy = (name) =>
    one(`template[data-yh-${name}]`).content.firstElementChild.cloneNode(true);
  const fill = (within, name, text) => {
    for (const place of within.querySelectorAll(`[data-yh-${name}]`)) place.textContent = text;
  };
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, key) => values[key] ?? "");
  const words = one("template[data-yh-words]").content;
  const word = (name, values = {}) => put(one(`[data-${name}]`, words).textContent, values);
  const { momentOf, dayAgreed, noteOf, isVain, digest, shrunk } = yhTelling;
  const HALF_DAY = 12 * 3_600_000;
  const MOST_PHOTOS = 3;
  const SOON = 1_000;
  const MINUTE = 60_000;

  const canWork =
    window.isSecureContext &&
    "serviceWorker" in navigator &&
    "locks" in navigator &&
    window.crypto?.subtle &&
    window.indexedDB &&
    !/MicroMessenger|DingTalk|QQ\//i.test(navigator.userAgent);

  let doors = [];
  let current = null; // the door whose form is open
  let number = ""; // that its visit will bear

  const keyOf = (door) => `${door.kind}-${door.id}`;
  const time = (at) =>
    new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });

  const untilOf = ({ until }) => {
    const isToday = new Date(until).toDateString() === new Date().toDateString();
    return (isToday ? "" : word("tomorrow")) + time(until);
  };

  /* The list */

  function showDoors(lines) {
    const place = one("[data-yh-doors]");
    place.replaceChildren();
    const done = new Set(lines.map((line) => line.door));
    let lane = null;
    let house = null;
    for (const door of doors) {
      if (!lane || lane.name !== door.lane) {
        lane = { name: door.lane, part: copy("lane") };
        one("span", lane.part).textContent = door.lane;
        place.append(lane.part);
        house = null;
      }
      if (!house || house.name !== door.house) {
        house = { name: door.house, part: copy("house") };
        one("h3", house.part).textContent = door.house;
        lane.part.append(house.part);
      }
      one("ul", house.part).append(doorLine(door, done.has(keyOf(door))));
    }
  }

  function doorLine(door, isDone) {
    const line = copy("door");
    fill(line, "sign", door.sign);
    fill(line, "name", door.name);
    fill(line, "advice", [door.task, door.advice].filter(Boolean).join("　"));
    fill(line, "clock", door.clock);
    one("[data-yh-clock]", line).classList.toggle("yh-clock--late", door.tone === "late");
    one("[data-yh-clock]", line).classList.toggle("yh-clock--near", door.tone === "near");
    one("a", line).href = `#${keyOf(door)}`;
    if (isDone) {
      fill(line, "clock", word("held"));
      one("[data-yh-clock]", line).className = "yh-state yh-state--done";
      one("a", line).classList.replace("btn-primary", "btn-outline-secondary");
    }
    return line;
  }

  function stateOf(line) {
    if (line.state === "stored") {
      const name = { conflict: "conflict", handover: "handover" }[line.result] ?? "stored";
      return [word(name, line), name === "stored" ? "done" : "wait"];
    }
    if (line.state === "needs-you") return [word("needs-you"), "bad"];
    if (line.result === "sign-in") return [word("sign-in"), "wait"];
    return [word(line.state), "wait"];
  }

  function queueLine(line) {
    const row = copy("line");
    const [text, tone] = stateOf(line);
    fill(row, "time", time(line.at));
    fill(row, "name", line.about?.name ?? word("hidden"));
    const faults = Object.values(line.errors ?? {}).flat(2).join("");
    const more = line.photos ? word("photos-wait", { count: line.photos }) : "";
    fill(row, "words", (faults || line.message || line.about?.words || "") + more);
    fill(row, "state", text);
    one("[data-yh-state]", row).classList.add(`yh-state--${tone}`);
    if (line.state === "needs-you" && line.about) {
      const mend = one("[data-yh-mend]", row);
      mend.hidden = false;
      mend.href = `#${line.about.door}`;
    }
    return row;
  }

  async function show() {
    const lease = await yhStore.lease();
    const lines = await yhStore.items();
    for (const line of lines) {
      line.about = await yhStore.aboutOf(line);
      line.door = line.about?.door;
      line.photos = (await yhStore.photosOf(line.client_uuid)).length;
    }
    doors = lease ? await yhStore.doors() : [];
    const open = lines.filter((line) => line.state !== "stored");
    const done = new Set(lines.map((line) => line.door));
    const left = doors.filter((door) => !done.has(keyOf(door)));
    const homes = new Set(left.map((door) => door.home)).size;
    const held = one("[data-yh-lease]");
    held.hidden = !lease;
    if (lease) held.textContent = put(held.dataset.yhWords, { until: untilOf(lease), homes });
    fill(main, "count", open.length ? word("open", { count: open.length }) : word("done"));
    one("[data-yh-nothing]").hidden = Boolean(lease);
    one("[data-yh-offline]").hidden = navigator.onLine;
    one("[data-yh-queue]").hidden = !lines.length;
    one("[data-yh-send]").hidden = !open.length;
    one("[data-yh-late]").hidden = !open.some((line) => Date.now() - line.at > HALF_DAY);
    one("[data-yh-lines]").replaceChildren(...lines.reverse().map(queueLine));
    showDoors(lines);
  }

  /* The form */

  const form = one("[data-yh-visit]");

  function values() {
    const { photo: _photo, ...told } = Object.fromEntries(new FormData(form));
    const chosen = (name) => new FormData(form).getAll(name);
    return { ...told, phrases: chosen("phrases"), members: chosen("members"), ledgers: chosen("ledgers"), number };
  }

  function fillIn(kept) {
    form.reset();
    const hourAgo = new Date(Date.now() - 3_600_000);
    form.elements.earlier_at.value = hourAgo.toTimeString().slice(0, 5);
    for (const field of form.elements) {
      if (!(field.name in kept) || field.type === "file") continue;
      const value = kept[field.name];
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = value.includes(field.value);
      else field.value = value;
    }
  }

  function askMembers(door) {
    const place = one("[data-yh-members]");
    place.hidden = !door.members.length;
    const picks = door.members.map(({ id, name }) => {
      const pick = document.createElement("div");
      pick.className = "yh-pick";
      const box = Object.assign(document.createElement("input"), {
        type: "checkbox",
        name: "members",
        value: id,
        id: `id_member_${id}`,
      });
      const label = Object.assign(document.createElement("label"), {
        htmlFor: box.id,
        textContent: name,
      });
      pick.append(box, label);
      return pick;
    });
    one(".yh-picks", place).replaceChildren(...picks);
  }

  async function openForm(door) {
    current = door;
    for (const name of ["sign", "name"]) fill(form, name, door[name]);
    fill(form, "where", door.lane + door.house);
    askMembers(door);
    offerLedgers(door);
    const refused = await refusedOf(keyOf(door));
    const kept = await yhStore.draft(keyOf(door));
    // What was refused was not kept there: it may be told anew under its number.
    number = kept?.number ?? refused?.client_uuid ?? crypto.randomUUID();
    fillIn(kept ?? refused?.about.values ?? {});
    complain();
    await countPhotos();
    view("form");
    scrollTo(0, 0);
  }

  /* Photos: optional, made small and sealed at once */

  async function countPhotos() {
    const count = (await yhStore.photosOf(number)).length;
    one("[data-yh-photos]", form).textContent = count ? word("photos", { count }) : "";
    one("[name=photo]", form).disabled = count >= MOST_PHOTOS;
  }

  async function keepPhotos(files) {
    const { sealing } = await yhStore.lease();
    const room = MOST_PHOTOS - (await yhStore.photosOf(number)).length;
    for (const file of [...files].slice(0, room)) {
      const info = `yuhai sync photo\0${number}`;
      const octets = await shrunk(file).catch(() => null);
      if (!octets) continue;
      const envelope = await yhSeal(octets, sealing, info);
      const photo = { client_uuid: number, digest: await digest(envelope), sealed: envelope };
      await yhStore.addPhoto(photo);
    }
    await keepDraft();
    await countPhotos();
  }

  /* Ledgers: those that fit the door are offered, none is chosen beforehand, since that
     would tell why somebody is visited */

  const ledgerRules = JSON.parse(document.getElementById("yh-ledger-rules").textContent);
  const boxOf = (slug) => one(`[name=ledgers][value="${slug}"]`, form);

  function offerLedgers(door) {
    for (const [slug, { kinds }] of Object.entries(ledgerRules)) {
      const fits = kinds.includes(door.kind);
      const part = boxOf(slug).closest(".yh-ledger");
      part.hidden = !fits;
      boxOf(slug).disabled = !fits;
    }
  }

  function entered(told) {
    const needsMeeting = (slug) => boxOf(slug).closest(".yh-ledger--met");
    const chosen = told.ledgers.filter((slug) => !(isVain(told) && needsMeeting(slug)));
    return chosen.map((ledger) => {
      const prefix = `ledger-${ledger.replaceAll(".", "-")}-`;
      const own = Object.entries(told).filter(([name]) => name.startsWith(prefix));
      const fields = own.map(([name, value]) => [name.slice(prefix.length), value]);
      return { ledger, fields: Object.fromEntries(fields) };
    });
  }

  const isAnyMissing = (entries) =>
    entries.some(({ ledger, fields }) =>
      ledgerRules[ledger].needs.some((column) => !fields[column]?.trim()),
    );

  /* What the portal has refused of a door, to be put right */
  async function refusedOf(key) {
    for (const line of await yhStore.items()) {
      if (line.state !== "needs-you") continue;
      const about = await yhStore.aboutOf(line);
      if (about?.door === key) return { ...line, about };
    }
    return null;
  }

  // The phrases for who met nobody.
  const inVain = new Set(
    [...form.querySelectorAll(".yh-said--missed input")].map((box) => box.value),
  );

  const label = (name) => {
    const chosen = one(`[name=${name}]:checked`, form);
    return chosen ? one(`label[for=${chosen.id}]`, form).textContent : "";
  };

  function complain(names = []) {
    const place = one("[data-yh-faults]", form);
    place.hidden = !names.length;
    one("p", place).textContent = names.map((name) => word(name)).join("");
    if (names.length) place.focus();
  }

  async function sealed(told, moment, followUp, note) {
    const { sealing } = await yhStore.lease();
    const body = JSON.stringify({
      subject: { kind: current.kind, id: current.id },
      method: told.method,
      outcome: told.outcome,
      note,
      follow_up_on: followUp,
      members: isVain(told) ? [] : told.members.map(Number),
      ledgers: entered(told),
    });
    const item = {
      client_uuid: number,
      kind: "visit",
      body,
      sha256: await digest(body),
      occurred_at: moment.toISOString(),
      written_at: new Date().toISOString(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    };
    return yhSeal(JSON.stringify(item), sealing, `yuhai sync item\0${number}`);
  }

  let isSaving = false;
  let later = 0;

  async function save() {
    const told = values();
    const [hourFault, moment] = momentOf(told);
    const [dayFault, followUp] = dayAgreed(told);
    const [noteFault, note] = noteOf(told, inVain);
    const faults = [hourFault, dayFault, noteFault].filter(Boolean);
    if (isAnyMissing(entered(told))) faults.push("ledger-missing");
    if (!(await yhStore.lease())) faults.push("gone");
    if (faults.length) return complain(faults);
    const door = keyOf(current);
    const about = {
      door,
      name: `${current.sign}　${current.name}`,
      words: [label("method"), label("outcome"), note].filter(Boolean).join("，"),
      values: told,
    };
    const item = { client_uuid: number, at: Number(moment) };
    await yhStore.add({ ...item, sealed: await sealed(told, moment, followUp, note) }, about);
    clearTimeout(later);
    later = 0;
    await yhStore.dropDraft(door);
    one("[data-yh-saved]").hidden = false;
    location.hash = "";
    await sendNow();
    (await navigator.serviceWorker.ready).sync?.register("yh-send").catch(() => {});
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    try {
      await save();
    } finally {
      isSaving = false;
    }
  });

  function keepDraft() {
    clearTimeout(later);
    later = 0;
    return yhStore.keepDraft(keyOf(current), values());
  }
  one("[name=photo]", form).addEventListener("change", async ({ target }) => {
    await keepPhotos(target.files);
    target.value = "";
  });
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(keepDraft, 300);
  });

  /* Going to and fro */

  function view(name) {
    for (const part of main.querySelectorAll("[data-yh-view]")) {
      part.hidden = part.dataset.yhView !== name;
    }
  }

  async function route() {
    if (later && current) await keepDraft();
    const door = doors.find((known) => `#${keyOf(known)}` === location.hash);
    if (door) return openForm(door);
    current = null;
    view("list");
    return show();
  }

  /* Send, and as long as something waits try again, soon at first and then each minute */
  let retry = 0;
  let pause = SOON;
  async function send() {
    clearTimeout(retry);
    const left = await yhSend(yhSync);
    if (!current) await show();
    pause = left ? Math.min(pause * 2, MINUTE) : SOON;
    if (left) retry = setTimeout(send, pause);
  }

  function sendNow() {
    pause = SOON;
    return send();
  }

  async function start() {
    if (!canWork) {
      one("[data-yh-unable]").hidden = false;
      view("list");
      return;
    }
    navigator.serviceWorker.register(yhWorker, { scope: "/" });
    await yhStore.tidy();
    await show();
    await route();
    addEventListener("hashchange", route);
    addEventListener("online", sendNow);
    addEventListener("offline", () => !current && show());
    one("[data-yh-send]").addEventListener("click", sendNow);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) sendNow();
      // The phone goes into the pocket: nothing half said is lost there.
      else if (later && current) keepDraft();
    });
    await send();
  }
  start();
})();
