/* The page for out of reach: the doors of the day, lists to tap through, and what waits to
   be sent. Every word on it stands in the template; this only fills in and sends. */
(() => {
  "use strict";

  const { yhSync, yhWorker } = document.body.dataset;
  const { one, all, copy, fill, word, put, time, listed, keyOf } = yhPage;
  const main = document.getElementById("main");
  const HALF_DAY = 12 * 3_600_000;
  const SOON = 1_000;
  const MINUTE = 60_000;

  let day = { doors: [], taps: [] };
  let isFormOpen = false;
  let end = 0; // when the lease is over

  const untilOf = ({ until }) => {
    const isToday = new Date(until).toDateString() === new Date().toDateString();
    return (isToday ? "" : word("tomorrow")) + time(until);
  };

  /* The doors */

  function showDoors(lines) {
    const place = one("[data-yh-doors]");
    place.replaceChildren();
    const done = new Set(lines.map((line) => line.about?.door));
    let lane = null;
    let house = null;
    for (const door of day.doors) {
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
    const clock = one("[data-yh-clock]", line);
    clock.textContent = isDone ? word("held") : door.clock;
    clock.className = isDone ? "yh-state yh-state--done" : `yh-clock yh-clock--${door.tone}`;
    one("a", line).href = `#${keyOf(door)}`;
    if (isDone) one("a", line).classList.replace("btn-primary", "btn-outline-secondary");
    return line;
  }

  /* What waits, and what became of it */

  function stateOf(line) {
    if (line.state === "stored") {
      const waits = { conflict: "conflict", handover: "handover" }[line.result];
      const done = line.about?.corrects ? "corrected" : "stored";
      return [word(waits ?? done, line), waits ? "wait" : "done"];
    }
    if (["needs-you", "refused"].includes(line.state)) return [word(line.state), "bad"];
    if (line.result === "sign-in") return [word("sign-in"), "wait"];
    return [word(line.state), "wait"];
  }

  /* Where else it stands, and that its photos are there */
  function besides(line) {
    const names = (line.about?.ledgers ?? []).join(word("enumerated"));
    const count = line.arrived;
    return listed([
      names ? word("entered", { names }) : "",
      count ? word("photos-arrived", { count }) : "",
    ]);
  }

  /* The state; in reach the number of a visit leads to its receipt */
  function receiptOf(line, text) {
    const isVisit = Boolean(line.about?.values && line.number);
    const isThere = line.state === "stored" && ["created", "duplicate"].includes(line.result);
    if (!isVisit || !isThere || !navigator.onLine) return document.createTextNode(text);
    const link = document.createElement("a");
    link.href = atNumber("yhReceipt", line);
    link.textContent = text;
    return link;
  }

  function queueLine(line, _at, lines) {
    const row = copy("line");
    const [text, tone] = stateOf(line);
    fill(row, "time", time(line.at));
    fill(row, "name", line.about?.name ?? word("hidden"));
    const count = line.photos.filter((photo) => !photo.refusal).length;
    const refused = line.photos.find((photo) => photo.refusal)?.refusal;
    const more = [
      count ? word("photos-wait", { count }) : "",
      refused ? word("photo-refused", { refused }) : "",
    ].join("");
    const said = (line.message || line.about?.words || "") + more;
    fill(row, "words", said);
    fill(row, "besides", besides(line));
    const state = one("[data-yh-state]", row);
    state.classList.add(`yh-state--${tone}`);
    state.replaceChildren(receiptOf(line, text));
    if (line.state === "needs-you" && line.about?.values) {
      const mend = one("[data-yh-mend]", row);
      mend.hidden = false;
      mend.href = line.about.corrects ? yhCorrect.hashOf(line) : `#${line.about.door}`;
    }
    offerCorrection(one("[data-yh-correct]", row), line, lines);
    const drop = one("[data-yh-drop]", row);
    drop.hidden = !["needs-you", "refused"].includes(line.state);
    drop.addEventListener("click", async () => {
      if (!confirm(word("drop-sure"))) return;
      await yhStore.remove(line.client_uuid);
      await show();
    });
    return row;
  }

  function offerCorrection(link, line, lines) {
    const isHere = yhCorrect.isOffered(line, lines) && Boolean(whomOf(line));
    const isThere =
      line.isOwn && navigator.onLine && yhCorrect.isOfferedThere(line, lines);
    link.hidden = !(isHere || isThere);
    link.href = isThere ? atNumber("yhCorrection", line) : yhCorrect.hashOf(line);
  }

  const atNumber = (name, { number }) =>
    one("[data-yh-queue]").dataset[name].replace("/0/", `/${number}/`);

  const doorOf = (key) => day.doors.find((door) => keyOf(door) === key);
  /* Whom a line is about, on the list of now or on that of then */
  const whomOf = ({ about }) => doorOf(about?.door) ?? about?.whom;

  async function known() {
    const lines = await yhStore.items();
    const lease = await yhStore.lease();
    for (const line of lines) {
      line.isOwn = lease?.who === line.who;
      line.about = await yhStore.aboutOf(line);
      line.photos = await yhStore.photosOf(line.client_uuid);
    }
    return lines;
  }

  function showLease(lease, lines) {
    const done = new Set(lines.map((line) => line.about?.door));
    const left = day.doors.filter((door) => !done.has(keyOf(door)));
    const homes = new Set(left.map((door) => door.home)).size;
    const held = one("[data-yh-lease]");
    held.hidden = !lease;
    if (lease) held.textContent = put(held.dataset.yhWords, { until: untilOf(lease), homes });
    one("[data-yh-nothing]").hidden = Boolean(lease);
    // What is on the screen goes with the lease, too.
    clearTimeout(end);
    if (lease) end = setTimeout(route, lease.until - Date.now() + 1);
    showJumps(homes);
  }

  /* Where there are both, the way to each */
  function showJumps(homes) {
    const count = (lists) => lists.reduce((sum, list) => sum + list.doors.length, 0);
    const people = count(day.taps.filter((list) => !list.is_exercise));
    const practised = count(day.taps.filter((list) => list.is_exercise));
    const there = { people, homes: day.doors.length, exercise: practised };
    const parts = Object.values(there).filter(Boolean);
    one("[data-yh-jumps]").hidden = parts.length < 2;
    for (const link of all("[data-yh-jumps] a")) {
      link.hidden = !there[link.hash.slice(1)];
      link.textContent = put(link.dataset.yhWords, { people, homes, practised });
    }
    one("[data-yh-cut-doors]").hidden = !(day.total > day.shown);
    fill(main, "cut-doors", word("cut", day));
  }

  /* Out of reach no other page opens, so none is offered */
  function showReach() {
    one("[data-yh-offline]").hidden = navigator.onLine;
    for (const link of all(".yh-mast a", document)) {
      link.dataset.yhHref ??= link.getAttribute("href");
      if (navigator.onLine) link.setAttribute("href", link.dataset.yhHref);
      else link.removeAttribute("href");
    }
    one("[data-yh-desk]", document).hidden = !navigator.onLine;
  }

  const waits = (line) => line.photos.some((photo) => !photo.refusal);
  const isOnItsWay = (line) => ["waiting", "sent"].includes(line.state) || waits(line);

  /* What was just kept: it waits, it has all arrived, or it wants somebody first */
  function showSaved(isWaiting, left) {
    one("[data-yh-kept]").hidden = !isWaiting;
    one("[data-yh-received]").hidden = isWaiting || left > 0;
    if (!isWaiting && left) one("[data-yh-saved]").hidden = true;
  }

  async function show() {
    const lease = await yhStore.lease();
    const lines = await known();
    day = lease ? await yhStore.list() : { doors: [], taps: [] };
    const open = lines.filter((line) => line.state !== "stored" || waits(line));
    fill(main, "count", open.length ? word("open", { count: open.length }) : word("done"));
    showReach();
    showSaved(lines.some(isOnItsWay), open.length);
    one("[data-yh-queue]").hidden = !lines.length;
    one("[data-yh-send]").hidden = !open.length;
    one("[data-yh-late]").hidden = !open.some((line) => Date.now() - line.at > HALF_DAY);
    showLease(lease, lines);
    showDoors(lines);
    yhTaps.show(day.taps, lines);
    one("[data-yh-lines]").replaceChildren(...lines.reverse().map(queueLine));
  }

  /* Going to and fro */

  /* The door whose form the address names, and the line that is put right there */
  async function asked() {
    const key = location.hash.slice(1);
    const found = doorOf(key);
    if (found || !key) return [found, null];
    const lines = await known();
    const line = lines.find((one) => yhCorrect.isAsked(one, location.hash)) ?? null;
    const isRefused = ({ state, about }) => state === "needs-you" && about?.door === key;
    const own = line ?? lines.find(isRefused);
    return [own && whomOf(own), line];
  }

  function view(name) {
    for (const part of all("[data-yh-view]")) part.hidden = part.dataset.yhView !== name;
  }

  async function route() {
    const isOver = isFormOpen && !(await yhStore.lease());
    // What is half said when the day is over may still be saved.
    if (isOver && location.hash) return;
    await yhForm.close();
    const [door, line] = await asked();
    isFormOpen = Boolean(door);
    if (door) {
      await yhForm.open(door, line);
      view("form");
      scrollTo(0, 0);
    } else {
      view("list");
      await show();
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
    }
  }

  /* Send, and as long as something waits try again, soon at first and then each minute */

  let retry = 0;
  let pause = SOON;

  async function send() {
    clearTimeout(retry);
    const left = await yhSend(yhSync);
    if (!isFormOpen) await show();
    pause = left ? Math.min(pause * 2, MINUTE) : SOON;
    if (left) retry = setTimeout(send, pause);
  }

  async function sendNow() {
    pause = SOON;
    await send();
    (await navigator.serviceWorker.ready).sync?.register("yh-send").catch(() => {});
  }

  yhForm.onSaved = async () => {
    one("[data-yh-saved]").hidden = false;
    location.hash = "";
    await sendNow();
  };
  yhTaps.onTapped = async () => {
    await show();
    await sendNow();
  };

  async function start() {
    if (!yhStore.canWork) {
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
    addEventListener("offline", () => !isFormOpen && show());
    for (const turn of ["online", "offline"]) addEventListener(turn, showReach);
    one("[data-yh-send]").addEventListener("click", sendNow);
    document.addEventListener("visibilitychange", () => !document.hidden && sendNow());
    await send();
  }
  start();
})();
