/* The form of a visit out of reach. It is kept half filled, with its number, until it is
   saved; then it is sealed and waits in the queue.

   yhForm.open(door, line)           show the form for a door, or to put a line right
   yhForm.close()                    keep what is half said
   yhForm.onSaved = async () => …    called once a visit waits in the queue */
(() => {
  "use strict";

  const { one, all, fill, word, listed, keyOf } = yhPage;
  const { momentOf, dayAgreed, noteOf, isVain } = yhTelling;
  const HOUR = 3_600_000;
  const form = one("[data-yh-visit]");
  const rules = JSON.parse(document.getElementById("yh-ledger-rules").textContent);
  // The phrases for who met nobody.
  const inVain = new Set(
    [...all(".yh-said--missed input", form)].map((box) => box.value),
  );

  let door = null;
  let base = null; // what is put right, null where a visit is told
  let number = ""; // that the visit will bear
  let later = 0; // when what was typed is kept
  let isSaving = false;
  let turn = 0; // of the forms that were opened; an older one gives way

  /* What is typed, and putting it back */

  function values() {
    const data = new FormData(form);
    const { photo: _photo, ...told } = Object.fromEntries(data);
    for (const name of ["phrases", "members", "ledgers"]) told[name] = data.getAll(name);
    return { ...told, number };
  }

  function putBack(kept) {
    form.reset();
    const hourAgo = new Date(Date.now() - HOUR);
    form.elements.earlier_at.value = hourAgo.toTimeString().slice(0, 5);
    for (const field of form.elements) {
      if (!(field.name in kept) || field.type === "file") continue;
      const value = kept[field.name];
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = value.includes(field.value);
      else field.value = value;
    }
  }

  /* Under what a form half filled is kept */
  const place = () => (base ? `correct-${base.number}` : keyOf(door));

  function keepDraft() {
    clearTimeout(later);
    later = 0;
    return yhStore.keepDraft(place(), values());
  }

  /* What a door asks */

  function pick({ id, name }) {
    const box = { type: "checkbox", name: "members", value: id, id: `id_member_${id}` };
    const label = { htmlFor: box.id, textContent: name };
    const place = document.createElement("div");
    place.className = "yh-pick";
    place.append(
      Object.assign(document.createElement("input"), box),
      Object.assign(document.createElement("label"), label),
    );
    return place;
  }

  function askMembers() {
    const place = one("[data-yh-members]", form);
    place.hidden = !door.members.length;
    one(".yh-picks", place).replaceChildren(...door.members.map(pick));
  }

  /* Ledgers that fit are offered; none is chosen beforehand, since that would tell why
     somebody is visited */

  const boxOf = (slug) => one(`[name=ledgers][value="${slug}"]`, form);

  function offerLedgers() {
    for (const [slug, { kinds }] of Object.entries(rules)) {
      const fits = kinds.includes(door.kind);
      boxOf(slug).closest(".yh-ledger").hidden = !fits;
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

  /* The first answer that a chosen ledger still wants */
  function missing(entries) {
    for (const { ledger, fields } of entries) {
      const column = rules[ledger].needs.find((name) => !fields[name]?.trim());
      const prefix = `ledger-${ledger.replaceAll(".", "-")}-`;
      if (column) return one(`[name="${prefix}${column}"]`, form);
    }
    return null;
  }

  function mark(field) {
    for (const marked of all(".is-invalid", form)) marked.classList.remove("is-invalid");
    (field?.closest(".yh-picks") ?? field)?.classList.add("is-invalid");
    field?.scrollIntoView({ block: "center" });
  }

  /* Saving */

  /* What the portal has refused of a door, to be put right under its number */
  async function refusedOf(key) {
    for (const line of await yhStore.items()) {
      if (line.state !== "needs-you") continue;
      const about = await yhStore.aboutOf(line);
      if (about?.door === key && !about.corrects) return { ...line, about };
    }
    return null;
  }

  function labelOf(name) {
    const chosen = one(`[name=${name}]:checked`, form);
    return chosen ? one(`label[for=${chosen.id}]`, form).textContent : "";
  }

  function complain(names = [], field = null) {
    const place = one("[data-yh-faults]", form);
    place.hidden = !names.length;
    one("p", place).textContent = names.map((name) => word(name)).join("");
    if (names.length && !field) place.focus();
  }

  const bodyOf = (told, note, followUp) => ({
    subject: { kind: door.kind, id: door.id },
    method: told.method,
    outcome: told.outcome,
    note,
    follow_up_on: followUp,
    members: isVain(told) ? [] : told.members.map(Number),
    ledgers: entered(told),
    // Which are suggested is not known here: the portal enters the visit into them.
    with_suggested: !told.unsuggested,
  });

  async function save() {
    await yhPhotos.settled();
    const told = values();
    const reason = told.reason.trim();
    const [hourFault, moment] = momentOf(told);
    const [dayFault, followUp] = dayAgreed(told);
    const [noteFault, note] = noteOf(told, inVain);
    const faults = [hourFault, dayFault, noteFault].filter(Boolean);
    const wanting = base ? null : missing(entered(told));
    if (wanting) faults.push("ledger-missing");
    const body = faults.length ? null : bodyOf(told, note, followUp);
    const changed = base && body ? yhCorrect.changed(base, body, moment) : null;
    if (base && body && !changed) faults.push("nothing-changed");
    if (base && !reason) faults.push("reason-needed");
    mark(wanting);
    if (faults.length) return complain(faults, wanting);
    const about = {
      door: keyOf(door),
      // A list that is taken anew may lack it.
      whom: door,
      name: `${door.sign}　${door.name}`,
      words: listed([labelOf("method"), labelOf("outcome"), note]),
      values: told,
      body,
    };
    const kept = base
      ? correction({ reason, changed, moment, about })
      : { kind: "visit", body, moment, about };
    await yhKeep({ number, ...kept });
    clearTimeout(later);
    later = 0;
    await yhStore.dropDraft(place());
    return self.yhForm.onSaved();
  }

  const correction = ({ reason, changed, moment, about }) => ({
    kind: "visit-correction",
    body: { number: base.number, reason, ...changed },
    moment: changed.visited_at ? moment : new Date(base.at),
    version: base.version,
    about: { ...about, words: word("corrects", { reason }), corrects: base },
  });

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
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(keepDraft, 300);
  });
  // The phone goes into the pocket: nothing half said is lost there.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && later && door) keepDraft();
  });

  /* What stands on the form only where a visit is told, or where one is put right */
  function askFor(isCorrection) {
    const whole = form.closest("[data-yh-view]");
    for (const part of all("[data-yh-new]", whole)) part.hidden = isCorrection;
    for (const part of all("[data-yh-correction]", whole)) part.hidden = !isCorrection;
  }

  async function open(asked, line = null) {
    turn += 1;
    const own = turn;
    const wrong = line && yhCorrect.baseOf(line);
    const key = wrong ? `correct-${wrong.number}` : keyOf(asked);
    const again = line?.state === "needs-you" ? line : null;
    const refused = line ? again : await refusedOf(key);
    const kept = await yhStore.draft(key);
    const wanted = refused?.client_uuid ?? crypto.randomUUID();
    const found = await yhStore.numberOf(key, wanted);
    if (own !== turn) return;
    [door, base, number] = [asked, wrong, found];
    askFor(Boolean(base));
    for (const name of ["sign", "name"]) fill(form, name, door[name]);
    fill(form, "where", door.lane + door.house);
    askMembers();
    offerLedgers();
    putBack(kept ?? refused?.about.values ?? (base ? yhCorrect.filled(base) : {}));
    complain();
    mark(null);
    await yhPhotos.show(number);
  }

  async function close() {
    if (later && door) await keepDraft();
    door = null;
  }

  self.yhForm = { open, close, onSaved: async () => {} };
})();
