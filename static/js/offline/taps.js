/* Lists of people of whom one thing is told with one tap each, such as the roll call of a
   typhoon. What a tap says has been written by the portal; here it is sealed and sent.

   yhTaps.show(lists, lines)         lines are what waits or was sent
   yhTaps.onTapped = async () => …   called once a tap waits in the queue */
(() => {
  "use strict";

  const { one, copy, fill, word, keyOf } = yhPage;

  async function tap(list, door, { label, body }) {
    const about = {
      door: keyOf(door),
      name: `${door.sign}　${door.name}`,
      words: list.title + word("colon") + label,
      label,
    };
    const number = crypto.randomUUID();
    await yhKeep({ number, kind: list.kind, body, moment: new Date(), about });
    await self.yhTaps.onTapped();
  }

  /* What cannot follow is not offered; what was tapped here by mistake is put right by
     whatever could have been tapped before it */
  const mayFollow = ({ after }, door, told) =>
    !after || after.includes(told ?? door.now) || after.includes(door.now);

  function line(list, door, told) {
    const row = copy("tapped");
    fill(row, "sign", door.sign);
    fill(row, "name", door.name);
    fill(row, "where", door.lane + door.house);
    fill(row, "state", told ?? door.now);
    const buttons = door.taps.map((choice) => {
      const button = copy("tap");
      button.textContent = choice.label;
      const isOn = choice.label === (told ?? door.now);
      button.disabled = isOn || !mayFollow(choice, door, told);
      button.setAttribute("aria-pressed", String(isOn));
      button.addEventListener("click", () => tap(list, door, choice), { once: true });
      return button;
    });
    one("[data-yh-buttons]", row).replaceChildren(...buttons);
    return row;
  }

  function show(lists, lines) {
    // The newest tap of a person is what holds.
    const told = new Map(lines.map(({ about }) => [about?.door, about?.label]));
    const shown = (list) => {
      const part = copy("taps");
      one("h2", part).textContent = list.title;
      one("[data-yh-cut]", part).hidden = !(list.total > list.shown);
      fill(part, "cut", word("cut", list));
      const rows = list.doors.map((door) => line(list, door, told.get(keyOf(door))));
      one("ul", part).append(...rows);
      return part;
    };
    const isInEarnest = (list) => !list.is_exercise;
    const isExercise = (list) => list.is_exercise;
    one("[data-yh-tap-lists]").replaceChildren(...lists.filter(isInEarnest).map(shown));
    one("[data-yh-exercises]").replaceChildren(...lists.filter(isExercise).map(shown));
  }

  self.yhTaps = { show, onTapped: async () => {} };
})();
