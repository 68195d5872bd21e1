/* The sign-in of a page that is left open: warn before it ends, veil the page once it
   has ended, and keep what was typed until the same person is back.

   body data-yh-idle    seconds without work after which the server ends the sign-in
   body data-yh-whole   seconds until it ends whatever is done
   body data-yh-who     tells this person's pages from another's
   data-yh-session      the texts of the dialog: "near", "last" and "over"
   data-yh-left         the minutes left
   data-yh-stay         a button: still here
   data-yh-seen         a button: read, let me go on */
(() => {
  "use strict";

  const { yhIdle, yhWhole, yhWho } = document.body.dataset;

  /* Somebody else's day of visits does not stay on this device (offline/store.js). */
  const dayOf = localStorage.getItem("yh-day-of");
  if (yhWho && dayOf && dayOf !== yhWho) {
    indexedDB.deleteDatabase("yuhai-day");
    localStorage.removeItem("yh-day-of");
  }

  const dialog = document.getElementById("yh-session");
  if (!yhIdle || !dialog?.showModal) return;

  const MINUTE = 60_000;
  const IDLE = Number(yhIdle) * 1000;
  const WARNING = Math.min(5 * MINUTE, IDLE / 2);
  // The server takes note at most every five minutes.
  const NOTE = Math.min(5 * MINUTE, IDLE / 6);
  const TICK = Math.min(15_000, IDLE / 60);

  let heard = Date.now(); // when the server last heard of this person
  let active = heard; // when this person last did something here
  let end = heard + (Number(yhWhole) * 1000 || IDLE); // of the whole sign-in
  let until = Math.min(heard + IDLE, end);
  let state = ""; // which text is shown
  let seenTheLast = false;

  function show(name) {
    state = name;
    for (const text of dialog.querySelectorAll("[data-yh-session]")) {
      text.hidden = text.dataset.yhSession !== name;
    }
    dialog.dataset.state = name;
    document.body.toggleAttribute("data-yh-veiled", name === "over");
    if (!dialog.open) dialog.showModal();
  }

  function hide() {
    state = "";
    document.body.removeAttribute("data-yh-veiled");
    if (dialog.open) dialog.close();
  }

  function renew(token) {
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    if (document.body.hasAttribute("hx-headers")) {
      document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    }
  }

  const token = () => document.getElementsByName("csrfmiddlewaretoken")[0]?.value ?? "";

  /* Ask how long it goes on; with "POST" also say that somebody is here. Answers whether
     the sign-in goes on: null where the network is away and nobody knows. */
  async function ask(method = "GET") {
    const headers = { "X-Requested-With": "fetch" };
    if (method === "POST") headers["X-CSRFToken"] = token();
    let answer;
    try {
      answer = await fetch(dialog.dataset.ask, { method, headers, redirect: "manual" });
    } catch {
      return unknown();
    }
    if (answer.status >= 500) return unknown();
    // Signed in again elsewhere: the token of this page is an old one.
    if (answer.status === 403 && method === "POST") return ask();
    if (!answer.ok) {
      show("over");
      return false;
    }
    const told = await answer.json();
    if (told.who !== yhWho) {
      location.reload();
      return false;
    }
    if (method === "POST") heard = Date.now();
    renew(told.token);
    goOn(told);
    return true;
  }

  /* Nobody answers. By the clock of this device the time is over: veil, unless somebody
     is typing here and now. */
  function unknown() {
    if (Date.now() > until && Date.now() - active > WARNING) show("over");
    return null;
  }

  function goOn({ left, whole }) {
    until = Date.now() + left * 1000;
    end = Date.now() + whole * 1000;
    dialog.querySelectorAll("[data-yh-left]").forEach((place) => {
      place.textContent = Math.ceil(left / 60);
    });
    if (left * 1000 > WARNING) hide();
    else if (left < whole) show("near");
    else if (seenTheLast) hide();
    else show("last");
  }

  function tick() {
    if (state === "over") return;
    if (active - heard > NOTE && !dialog.open) ask("POST");
    else if (Date.now() > until - WARNING) ask();
  }
  setInterval(tick, TICK);

  for (const sign of ["keydown", "pointerdown", "input"]) {
    addEventListener(
      sign,
      () => {
        if (!dialog.open) active = Date.now();
      },
      { capture: true, passive: true },
    );
  }
  document.addEventListener("htmx:afterOnLoad", () => {
    heard = Date.now();
    until = Math.min(Math.max(until, heard + IDLE), end);
  });
  // Somebody comes back from another window, or the device wakes up.
  const comeBack = () => {
    const isNear = state === "over" || Date.now() > until - WARNING;
    if (document.visibilityState === "visible" && isNear) ask();
  };
  document.addEventListener("visibilitychange", comeBack);
  addEventListener("focus", comeBack);

  function press(event) {
    if (event.target.closest("[data-yh-stay]")) ask(state === "over" ? "GET" : "POST");
    if (event.target.closest("[data-yh-seen]")) {
      seenTheLast = true;
      hide();
    }
  }
  dialog.addEventListener("click", press);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (state === "near") ask("POST");
  });
  // A browser closes a dialog at the third Escape, whatever the page says to it.
  dialog.addEventListener("close", () => {
    if (state) show(state);
  });

  /* Nothing is sent into a sign-in that has ended: it would be lost on the way. */
  document.addEventListener(
    "submit",
    async (event) => {
      const { target: form, submitter } = event;
      // A field called method would stand before the form's own.
      const isPost = form.getAttribute("method")?.toLowerCase() === "post";
      if (!isPost || dialog.contains(form) || Date.now() <= until) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const goesOn = await ask("POST");
      if (goesOn) {
        until = Math.max(until, Date.now() + MINUTE);
        form.requestSubmit(submitter);
      } else if (goesOn === null) {
        show("over");
      }
    },
    { capture: true },
  );
})();
