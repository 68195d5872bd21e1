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

  function line(list, door, told) {
    const row = copy("tapped");
    fill(row, "sign", door.sign);
    fill(row, "name", door.name);
    fill(row, "where", door.lane + door.house);
    fill(row, "state", told ?? door.now);
    const buttons = door.taps.map((choice) => {
      const button = copy("tap");
      button.textContent = choice.label;
      // Who was not moved does not come back.
      button.disabled = Boolean(choice.needs) && choice.needs !== (told ?? door.now);
      button.setAttribute("aria-pressed", String(choice.label === (told ?? door.now)));
      button.addEventListener("click", () => tap(list, door, choice), { once: true });
      return button;
    });
    one("[data-yh-buttons]", row).replaceChildren(...buttons);
    return row;
  }

  function show(lists, lines) {
    // The newest tap of a person is what holds.
    const told = new Map(lines.map(({ about }) => [about?.door, about?.label]));
    const parts = lists.map((list) => {
      const part = copy("taps");
      one("h2", part).textContent = list.title;
      one("[data-yh-cut]", part).hidden = !(list.total > list.shown);
      fill(part, "cut", word("cut", list));
      const rows = list.doors.map((door) => line(list, door, told.get(keyOf(door))));
      one("ul", part).append(...rows);
      return part;
    });
    one("[data-yh-tap-lists]").replaceChildren(...parts);
  }

  self.yhTaps = { show, onTapped: async () => {} };
})();
