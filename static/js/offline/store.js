/* What a phone keeps. Two databases, because one of them has to die.

   yuhai-day   the key, the doors of the day and forms half filled; all but the key
               encrypted with it. Deleted at log-out and when the lease is over.
   yuhai-out   what was written down, sealed for the portal, until its receipt is here;
               and by person the lease to hand it in with. Never deleted by us before.

   The key cannot be exported: it can be used, not read. */
(() => {
  "use strict";

  const DAY = "yuhai-day";
  const OUT = "yuhai-out";
  // A mark for other pages of the portal: whose day lies here.
  const MARK = "yh-day-of";
  const HOUR = 3_600_000;
  // A stored line is shown for so long; then the office's own list is the place.
  const KEPT = 36 * HOUR;
  // So many keys before that of now are held: a list is taken anew some times a day.
  const FORMER = 20;

  // In-app browsers throw away what they are given to keep.
  const canWork =
    self.isSecureContext &&
    "serviceWorker" in navigator &&
    "locks" in navigator &&
    Boolean(self.crypto?.subtle && self.indexedDB) &&
    !/MicroMessenger|DingTalk|QQ\//i.test(navigator.userAgent);

  const opened = {};

  function open(name, stores) {
    opened[name] ??= self.idb
      .openDB(name, 1, {
        upgrade(db) {
          for (const [store, keyPath] of Object.entries(stores)) {
            db.createObjectStore(store, { keyPath });
          }
        },
        // Somebody wants it deleted: a log-out in another tab.
        blocking: () => close(name),
        terminated: () => close(name),
      })
      .catch((failure) => {
        delete opened[name];
        throw failure;
      });
    return opened[name];
  }

  async function close(name) {
    const db = opened[name];
    delete opened[name];
    (await db)?.close();
  }

  const day = () => open(DAY, { lease: "name", doors: "name", drafts: "door", numbers: "door" });
  const out = () => open(OUT, { items: "client_uuid", leases: "who", photos: "digest" });

  /* The key of the day, and how to use it */

  async function lease() {
    const found = await (await day()).get("lease", "now");
    if (!found) return null;
    // A clock that was set back would make the day last for ever.
    const isOver = Date.now() > found.until || Date.now() < found.taken - HOUR;
    if (!isOver) return found;
    await forget();
    return null;
  }

  async function hide(key, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
  }

  async function show(key, { iv, data }) {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  /* What was hidden with the key of now, or with one that the same person held before it;
     null where nobody can read it here any more */
  async function shown(now, hidden) {
    for (const key of [now.key, ...(now.former ?? [])]) {
      const found = await show(key, hidden).catch(() => null);
      if (found) return found;
    }
    return null;
  }

  /* Take a day along: a new key. Half filled forms of the same person go on under it, and
     what he has told stays readable; all else that lay here is gone in the same step. */
  async function takeAlong({ who, token, lasts, key: sealing, ...list }) {
    const old = await lease();
    const isSame = old?.who === who;
    const db = await day();
    const drafts = isSame ? await db.getAll("drafts") : [];
    const algorithm = { name: "AES-GCM", length: 256 };
    const key = await crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]);
    const moved = await Promise.all(
      drafts.map(async (one) => ({
        door: one.door,
        ...(await hide(key, await show(old.key, one))),
      })),
    );
    const former = isSame ? [old.key, ...(old.former ?? [])].slice(0, FORMER) : [];
    const taken = Date.now();
    const until = taken + lasts * 1000;
    const hidden = await hide(key, list);
    await (await out()).put("leases", { who, token, sealing, taken });
    const write = db.transaction(["lease", "doors", "drafts", "numbers"], "readwrite");
    if (!isSame) write.objectStore("numbers").clear();
    write.objectStore("drafts").clear();
    for (const one of moved) write.objectStore("drafts").put(one);
    const held = { name: "now", who, token, key, former, sealing, taken, until };
    write.objectStore("lease").put(held);
    write.objectStore("doors").put({ name: "all", ...hidden });
    await write.done;
    self.localStorage?.setItem(MARK, who);
    await navigator.storage?.persist?.();
  }

  /* The doors of the day, and the lists to tap through */
  async function list() {
    const now = await lease();
    const kept = now && (await (await day()).get("doors", "all"));
    return kept ? show(now.key, kept) : { doors: [], taps: [] };
  }

  /* Delete the day; what is to be handed in stays, sealed */
  async function forget() {
    await close(DAY);
    await self.idb.deleteDB(DAY, { blocked: () => {} });
    self.localStorage?.removeItem(MARK);
  }

  /* For whom something is written down, and with what it is sealed: the owner of the day,
     or whoever took the last one along where that is over by now. */
  async function owner() {
    const now = await lease();
    if (now) return now;
    const all = await (await out()).getAll("leases");
    return all.sort((one, other) => other.taken - one.taken)[0] ?? null;
  }

  /* Forms half filled, one for each door, each with the number that its visit will bear:
     two tabs find the same */

  async function numberOf(door, wanted) {
    const write = (await day()).transaction("numbers", "readwrite");
    const known = await write.store.get(door);
    if (!known) await write.store.put({ door, number: wanted });
    await write.done;
    return known?.number ?? wanted;
  }

  async function draft(door) {
    const now = await lease();
    const kept = now && (await (await day()).get("drafts", door));
    return kept ? show(now.key, kept) : null;
  }

  async function keepDraft(door, values) {
    const now = await lease();
    if (now) await (await day()).put("drafts", { door, ...(await hide(now.key, values)) });
  }

  async function dropDraft(door) {
    const write = (await day()).transaction(["drafts", "numbers"], "readwrite");
    write.objectStore("drafts").delete(door);
    write.objectStore("numbers").delete(door);
    await write.done;
  }

  /* What is to be handed in: waiting, sent (nobody knows yet), stored, needs-you, refused */

  /* Whether it waits now; false where another text waits or was sent under its number */
  async function add(item, about) {
    const { who, token, key } = await owner();
    const kept = key ? await hide(key, about) : null;
    const line = { ...item, who, token, state: "waiting", about: kept };
    const write = (await out()).transaction("items", "readwrite");
    const known = await write.store.get(item.client_uuid);
    // What was refused is put right under its number.
    const isFree = !known || known.state === "needs-you";
    if (isFree) await write.store.put(line);
    await write.done;
    return isFree;
  }

  const item = async (client_uuid) => (await out()).get("items", client_uuid);

  async function items() {
    const all = await (await out()).getAll("items");
    return all.sort((one, other) => one.at - other.at);
  }

  async function change(client_uuid, values) {
    const write = (await out()).transaction("items", "readwrite");
    const line = await write.store.get(client_uuid);
    if (line) await write.store.put({ ...line, ...values });
    await write.done;
  }

  /* A person said that it shall not be sent */
  async function remove(client_uuid) {
    for (const photo of await photosOf(client_uuid)) await dropPhoto(photo.digest);
    await (await out()).delete("items", client_uuid);
  }

  /* Photos, sealed as soon as they are taken; handed in after what they belong to */

  /* `small` is a picture of it, to be seen as long as the day lies here */
  async function addPhoto({ small, ...photo }) {
    const now = await lease();
    const seen = now ? await hide(now.key, small) : null;
    await (await out()).put("photos", { ...photo, seen, at: Date.now() });
  }

  async function smallOf(photo) {
    const now = await lease();
    return now && photo.seen ? shown(now, photo.seen) : null;
  }

  /* The portal has it */
  async function photoArrived(photo) {
    const { arrived = 0 } = (await item(photo.client_uuid)) ?? {};
    await change(photo.client_uuid, { arrived: arrived + 1 });
    await dropPhoto(photo.digest);
  }

  async function photosOf(client_uuid) {
    const all = await (await out()).getAll("photos");
    return all.filter((photo) => photo.client_uuid === client_uuid);
  }

  async function refusePhoto(photo, refusal) {
    await (await out()).put("photos", { ...photo, refusal });
  }

  async function dropPhoto(digest) {
    await (await out()).delete("photos", digest);
  }

  /* Leave out lines whose receipt is old, and photos of forms that were never saved;
     nothing that was saved and has no receipt is touched */
  async function tidy() {
    const lines = await items();
    const isOld = ({ at }) => Date.now() - at > KEPT;
    for (const line of lines.filter((one) => one.state === "stored" && isOld(one))) {
      const waits = (await photosOf(line.client_uuid)).some((photo) => !photo.refusal);
      if (!waits) await remove(line.client_uuid);
    }
    const numbers = (await (await day()).getAll("numbers")).map((one) => one.number);
    const wanted = new Set([...numbers, ...lines.map((line) => line.client_uuid)]);
    for (const photo of await (await out()).getAll("photos")) {
      if (!wanted.has(photo.client_uuid) && isOld(photo)) await dropPhoto(photo.digest);
    }
  }

  /* What a line was about, as long as the key is there */
  async function aboutOf(line) {
    const now = await lease();
    if (!now || !line.about || now.who !== line.who) return null;
    return shown(now, line.about);
  }

  /* What more is known of a line, as hidden as the rest of it */
  async function aboutWith(line, more) {
    const known = await aboutOf(line);
    return known ? hide((await lease()).key, { ...known, ...more }) : line.about;
  }

  const newestToken = async (who) => (await (await out()).get("leases", who))?.token;

  self.yhStore = {
    canWork,
    lease,
    takeAlong,
    list,
    forget,
    owner,
    numberOf,
    draft,
    keepDraft,
    dropDraft,
    add,
    item,
    items,
    change,
    remove,
    addPhoto,
    smallOf,
    photoArrived,
    photosOf,
    refusePhoto,
    dropPhoto,
    tidy,
    aboutOf,
    aboutWith,
    newestToken,
  };
})();
