/* Putting right what is stored: which lines of the queue offer it, the form filled in with
   what was told, and what of that was changed. What is put right (a base) is
   {number, version, body, at}: the visit as the portal has it, as far as this phone knows.

   yhCorrect.isOffered(line, lines), isAsked(line, hash), hashOf(line), baseOf(line)
   yhCorrect.isOfferedThere(line, lines) nobody can read it here: the portal puts it right
   yhCorrect.filled(base)                the values of the form
   yhCorrect.changed(base, body, moment) what is told by a correction, null for nothing */
(() => {
  "use strict";

  const MINUTE = 60_000;
  const FIELDS = ["method", "outcome", "note", "follow_up_on", "members"];

  const hashOf = (line) => `#correct-${line.client_uuid}`;
  const isAsked = (line, hash) => hash === hashOf(line);
  const isToday = (moment) => new Date(moment).toDateString() === new Date().toDateString();
  const isStored = ({ state, result }) =>
    state === "stored" && ["created", "duplicate"].includes(result);

  /* On the day on which it was stored, the newest that is known of a visit; nothing else
     of that visit may be on its way or lie with a person */
  function isOffered(line, lines) {
    if (!isStored(line) || !line.version || !line.about?.body) return false;
    if (!isToday(line.stored)) return false;
    const others = lines.filter(
      (one) => one !== line && one.about?.corrects?.number === line.number,
    );
    return others.every((one) => isStored(one) && one.stored <= line.stored);
  }

  function isOfferedThere(line, lines) {
    if (line.about || !line.version || !isStored(line) || !isToday(line.stored)) return false;
    const others = lines.filter((one) => one.version && one.number === line.number);
    return others.every((one) => one.stored <= line.stored);
  }

  /* A correction that was refused is written anew on what it was based on */
  const baseOf = (line) =>
    line.state === "needs-you"
      ? line.about.corrects
      : { number: line.number, version: line.version, body: line.about.body, at: line.at };

  /* 2026-12-01T09:30, as a field wants it */
  function localTime(at) {
    const moment = new Date(at);
    return new Date(at - moment.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
  }

  const filled = ({ body, at }) => ({
    method: body.method,
    when: "other",
    other_at: localTime(at),
    outcome: body.outcome,
    members: body.members.map(String),
    phrases: [],
    note: body.note,
    next: body.follow_up_on ? "chosen" : "rule",
    next_on: body.follow_up_on ?? "",
    ledgers: [],
  });

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const inOrder = (value) => (Array.isArray(value) ? [...value].sort() : value);

  function changed(base, body, moment) {
    const told = {};
    for (const name of FIELDS) {
      if (!same(inOrder(base.body[name]), inOrder(body[name]))) told[name] = body[name];
    }
    const isMoved = Math.floor(base.at / MINUTE) !== Math.floor(moment / MINUTE);
    if (isMoved) told.visited_at = moment.toISOString();
    return Object.keys(told).length ? told : null;
  }

  self.yhCorrect = { isOffered, isOfferedThere, isAsked, hashOf, baseOf, filled, changed };
})();
