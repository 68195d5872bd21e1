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

  const day = () => open(DAY, { lease: "name", doors: "name", drafts: "door" });
  const out = () => open(OUT, { items: "client_uuid", leases: "who", photos: "digest" });

  /* The key of the day, and how to use it */

  async function lease() {
    const found = await (await day()).get("lease", "now");
    if (!found) return null;
    // A clock that was set back would make the day last for ever.
    const isOver = Date.now() > found.until || Date.now() < found.taken - 5 * 60_000;
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

  /* Take a day along: a new key, what lay here before is gone */
  async function takeAlong({ who, token, lasts, key: sealing, doors, taps }) {
    await forget();
    const algorithm = { name: "AES-GCM", length: 256 };
    const key = await crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]);
    const taken = Date.now();
    const db = await day();
    const hidden = await hide(key, { doors, taps });
    await db.put("lease", { name: "now", who, key, sealing, taken, until: taken + lasts * 1000 });
    await db.put("doors", { name: "all", ...hidden });
    await (await out()).put("leases", { who, token });
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

  /* Forms half filled, one for each door; each has the number that its visit will bear */

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
    await (await day()).delete("drafts", door);
  }

  /* What is to be handed in: waiting, sent (nobody knows yet), stored or needs-you */

  async function add(item, about) {
    const now = await lease();
    const line = { ...item, who: now.who, state: "waiting", about: await hide(now.key, about) };
    const db = await out();
    const write = db.transaction("items", "readwrite");
    const known = await write.store.get(item.client_uuid);
    // A second tap or tab finds it there already; what was refused is put right.
    if (!known || known.state === "needs-you") await write.store.put(line);
    await write.done;
  }

  async function items() {
    const all = await (await out()).getAll("items");
    return all.sort((one, other) => one.at - other.at);
  }

  async function change(client_uuid, values) {
    const db = await out();
    const write = db.transaction("items", "readwrite");
    const line = await write.store.get(client_uuid);
    if (line) await write.store.put({ ...line, ...values });
    await write.done;
  }

  async function remove(client_uuid) {
    await (await out()).delete("items", client_uuid);
  }

  /* Photos, sealed as soon as they are taken; handed in after what they belong to */

  async function addPhoto(photo) {
    await (await out()).put("photos", photo);
  }

  async function photosOf(client_uuid) {
    const all = await (await out()).getAll("photos");
    return all.filter((photo) => photo.client_uuid === client_uuid);
  }

  async function dropPhoto(digest) {
    await (await out()).delete("photos", digest);
  }

  /* Leave out the lines whose receipt is old; nothing without receipt is touched */
  async function tidy() {
    for (const line of await items()) {
      const isOld = line.state === "stored" && Date.now() - line.at > KEPT;
      const isWhole = isOld && !(await photosOf(line.client_uuid)).length;
      if (isWhole) await remove(line.client_uuid);
    }
  }

  /* What a line was about, as long as the key is there */
  async function aboutOf(line) {
    const now = await lease();
    if (!now || now.who !== line.who) return null;
    return show(now.key, line.about).catch(() => null);
  }

  const tokenOf = async (who) => (await (await out()).get("leases", who))?.token;

  self.yhStore = {
    canWork,
    lease,
    takeAlong,
    list,
    forget,
    draft,
    keepDraft,
    dropDraft,
    add,
    items,
    change,
    remove,
    addPhoto,
    photosOf,
    dropPhoto,
    tidy,
    aboutOf,
    tokenOf,
  };
})();
