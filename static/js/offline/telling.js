/* What a filled form tells: the moment, the day agreed on, the note, and a photo made small.
   Each answers [fault] or [null, value]; faults are names of words in the template.

   yhTelling.momentOf, dayAgreed, noteOf, isVain, digest, shrunk */
(() => {
  "use strict";

  const LONGEST_NOTE = 150;
  const DAY = 86_400_000;
  // Pixels of the longer side, and how good a JPEG.
  const PHOTO_SIDE = 1600;
  const PHOTO_QUALITY = 0.8;

  const isVain = ({ outcome }) => ["nobody_home", "refused"].includes(outcome);

  function momentOf({ when, earlier_at, other_at }) {
    if (when === "earlier" && !earlier_at) return ["hour-needed"];
    if (when === "other" && !other_at) return ["hour-needed"];
    const at = new Date();
    if (when === "earlier") at.setHours(...earlier_at.split(":").map(Number), 0, 0);
    const moment = when === "other" ? new Date(other_at) : at;
    return moment > new Date() ? ["in-future"] : [null, moment];
  }

  const two = (number) => String(number).padStart(2, "0");
  const isoDay = (day) =>
    `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;

  function dayAgreed({ next, next_on }) {
    if (next === "chosen") return next_on ? [null, next_on] : ["date-needed"];
    if (next !== "three") return [null, null];
    return [null, isoDay(new Date(Date.now() + 3 * DAY))];
  }

  /* The note with the phrases that fit the outcome in front of it */
  function noteOf(told, inVain) {
    const fitting = told.phrases.filter((phrase) => inVain.has(phrase) === isVain(told));
    const whole = fitting.length ? `${fitting.join("，")}。${told.note}` : told.note;
    return whole.length > LONGEST_NOTE ? ["too-long"] : [null, whole];
  }

  async function digest(text) {
    const octets = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(octets)].map((one) => one.toString(16).padStart(2, "0")).join("");
  }

  /* A photo drawn anew, small: nothing of where and when it was taken leaves the phone */
  async function shrunk(file, side = PHOTO_SIDE) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = (keep) => canvas.toBlob(keep, "image/jpeg", PHOTO_QUALITY);
    return new Uint8Array(await (await new Promise(made)).arrayBuffer());
  }

  self.yhTelling = { momentOf, dayAgreed, noteOf, isVain, digest, shrunk };
})();
