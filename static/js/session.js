/* The sign-in of a page that is left open: warn before it ends, veil the page once it
   has ended, and keep what was typed until the same person is back.

   body data-yh-idle    seconds without work after which the server ends the sign-in
   body data-yh-who     tells this person's pages from another's
   data-yh-session      the two texts of the dialog: "near" and "over"
   data-yh-left         the minutes left
   data-yh-stay         a button: still here */
(() => {
  "use strict";

  const { yhIdle, yhWho } = document.body.dataset;
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
  let until = heard + IDLE;
  let isOver = false;
  const text = (name) => dialog.querySelector(`[data-yh-session=${name}]`);

  function show(name) {
    isOver = name === "over";
    dialog.dataset.state = name;
    text("near").hidden = isOver;
    text("over").hidden = !isOver;
    if (!dialog.open) dialog.showModal();
  }

  function go(token) {
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    if (document.body.hasAttribute("hx-headers")) {
      document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    }
    isOver = false;
    if (dialog.open) dialog.close();
  }

  const token = () => document.getElementsByName("csrfmiddlewaretoken")[0]?.value ?? "";

  /* Ask how long it goes on; with "POST" also say that somebody is here. Answers whether
     the sign-in goes on: null where the network is away and nobody knows. */
  async function ask(method = "GET") {
    const headers = method === "POST" ? { "X-CSRFToken": token() } : {};
    let answer;
    try {
      answer = await fetch(dialog.dataset.ask, { method, headers, redirect: "manual" });
    } catch {
      return null;
    }
    if (answer.status >= 500) return null;
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
    until = Date.now() + told.left * 1000;
    if (method === "POST") heard = Date.now();
    if (told.left * 1000 > WARNING) {
      go(told.token);
    } else {
      dialog.querySelector("[data-yh-left]").textContent = Math.ceil(told.left / 60);
      show("near");
    }
    return true;
  }

  function tick() {
    if (isOver) return;
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
    until = Math.max(until, heard + IDLE);
  });
  // Somebody comes back from another window, or the device wakes up.
  const comeBack = () => {
    if (document.visibilityState === "visible" && Date.now() > until - WARNING) ask();
  };
  document.addEventListener("visibilitychange", comeBack);
  addEventListener("focus", () => {
    if (isOver) ask();
    else comeBack();
  });

  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!isOver) ask("POST");
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-yh-stay]")) ask(isOver ? "GET" : "POST");
  });

  /* Nothing is sent into a sign-in that has ended: it would be lost on the way. */
  document.addEventListener(
    "submit",
    async (event) => {
      const { target: form, submitter } = event;
      if (form.method !== "post" || dialog.contains(form) || Date.now() <= until) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if ((await ask("POST")) !== false) {
        until = Math.max(until, Date.now() + MINUTE);
        form.requestSubmit(submitter);
      }
    },
    { capture: true },
  );
})();
