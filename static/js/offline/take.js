/* On the day's list: take it along for out of reach, and say what waits in the phone.

   data-yh-take     the part of the page, with the address that gives the list
   data-yh-unable   what is said where a browser cannot do it
   data-yh-waiting  what is said while something waits to be sent */
(() => {
  "use strict";

  const part = document.querySelector("[data-yh-take]");
  if (!part) return;
  const one = (selector) => part.querySelector(selector);
  async function take() {
    const button = one("button");
    button.disabled = true;
    one("[data-yh-failed]").hidden = true;
    try {
      const token = document.getElementsByName("csrfmiddlewaretoken")[0].value;
      const { yhTake, yhWorker, yhShell } = part.dataset;
      const answer = await fetch(yhTake, { method: "POST", headers: { "X-CSRFToken": token } });
      if (!answer.ok) throw new Error(answer.status);
      await navigator.serviceWorker.register(yhWorker, { scope: "/" });
      await yhStore.takeAlong(await answer.json());
      await navigator.serviceWorker.ready;
      location.assign(yhShell);
    } catch {
      one("[data-yh-failed]").hidden = false;
      button.disabled = false;
    }
  }

  async function look() {
    const open = (await yhStore.items()).filter((line) => line.state !== "stored");
    one("[data-yh-waiting]").hidden = !open.length;
    one("[data-yh-number]").textContent = open.length;
    const holds = Boolean(await yhStore.lease());
    one("[data-yh-held]").hidden = !holds;
    one("[data-yh-first]").hidden = holds;
    one("[data-yh-again]").hidden = !holds;
  }

  part.hidden = false;
  one("[data-yh-able]").hidden = !yhStore.canWork;
  one("[data-yh-unable]").hidden = yhStore.canWork;
  if (!yhStore.canWork) return;
  one("button").addEventListener("click", take);
  look();
})();
