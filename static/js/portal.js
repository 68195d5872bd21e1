/* 玉海 portal: small conveniences. Every page works without this file.

   data-yh-slash    the field that "/" brings the cursor to
   data-yh-print    a button that prints the page (hidden without script)
   data-yh-back     a button that goes one page back (hidden without script)
   data-yh-speak    a button that reads the element of this selector aloud
   data-yh-once     a form that is sent once, however often its button is pressed
   data-yh-filter   a form whose empty fields stay out of the address
   data-yh-focus    takes the focus when the page opens (a summary of errors)
   data-yh-announce a text that is read out when htmx brings a new one
   data-yh-hide     hides a revealed value after so many seconds (data-yh-masked)
   data-yh-fold     a part that stands open at a desk and is folded on a phone */
(() => {
  "use strict";

  const root = document.documentElement;
  const all = (selector, within = document) =>
    [within, ...within.querySelectorAll(selector)].filter((one) => one.matches?.(selector));

  /* Theme: the server writes it; who left the choice to the device gets the device's.
     The colours come from tokens.css either way, this only tells Bootstrap and charts. */
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follows = !root.hasAttribute("data-bs-theme");
  const followDevice = () => {
    root.dataset.bsTheme = dark.matches ? "dark" : "light";
    document.dispatchEvent(new CustomEvent("yh:theme"));
  };
  if (follows) {
    followDevice();
    dark.addEventListener("change", followDevice);
  }

  /* Keyboard */
  const typing = (element) =>
    element.isContentEditable || element.matches("input, textarea, select");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePanels(event);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) return;
    const field = all("[data-yh-slash], main input[type=search]").find(
      (input) => input.offsetParent !== null,
    );
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  /* Panels that hang below a button: one at a time, Escape and a click beside close them */
  const PANELS = "details.yh-reveal[open], details.yh-step[open]";
  function closePanels(event) {
    for (const panel of all(PANELS)) {
      const inside = panel.contains(document.activeElement);
      panel.open = false;
      if (inside) panel.querySelector("summary").focus();
      event.preventDefault();
    }
    if (location.hash === "#rail") location.hash = "#main";
  }
  document.addEventListener("click", (event) => {
    for (const panel of all(PANELS)) {
      if (!panel.contains(event.target)) panel.open = false;
    }
    const button = event.target.closest("[data-yh-print], [data-yh-back], [data-yh-speak]");
    if (!button) return;
    if (button.matches("[data-yh-print]")) window.print();
    else if (button.matches("[data-yh-back]")) history.back();
    else speak(button);
  });

  /* A panel that opens near the lower edge is brought above what is stuck there */
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.matches(PANELS)) target.lastElementChild.scrollIntoView({ block: "nearest" });
    },
    true,
  );

  /* Reading aloud, where the device has a voice */
  const voice = window.speechSynthesis;
  function speak(button) {
    const wasSpeaking = voice.speaking;
    voice.cancel();
    button.setAttribute("aria-pressed", String(!wasSpeaking));
    if (wasSpeaking) return;
    const words = new SpeechSynthesisUtterance(
      document.querySelector(button.dataset.yhSpeak).innerText,
    );
    words.lang = root.lang.startsWith("en") ? "en-GB" : "zh-CN";
    words.rate = 0.9;
    words.onend = () => button.setAttribute("aria-pressed", "false");
    voice.speak(words);
  }

  /* Forms */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-yh-once]")) return;
    if (form.dataset.yhSent) event.preventDefault();
    form.dataset.yhSent = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of all("[data-yh-sent]")) delete form.dataset.yhSent;
  });
  document.addEventListener("formdata", (event) => {
    if (!event.target.matches("[data-yh-filter]")) return;
    for (const [name, value] of [...event.formData]) {
      if (value === "" && event.formData.getAll(name).length === 1) event.formData.delete(name);
    }
  });

  /* A revealed value goes back under its mask */
  const LONGEST = 600;
  function hideLater(value) {
    const seconds = Math.min(Number(value.dataset.yhHide) || 60, LONGEST);
    delete value.dataset.yhHide;
    setTimeout(() => {
      if (value.nextElementSibling?.matches("small")) value.nextElementSibling.remove();
      value.textContent = value.dataset.yhMasked;
      value.classList.remove("yh-shown");
    }, seconds * 1000);
  }

  /* What a page or a piece of a page needs once it stands */
  const phone = matchMedia("(max-width: 61.98rem)");
  function dress(within) {
    for (const button of all("[data-yh-print]", within)) button.hidden = false;
    for (const button of all("[data-yh-back]", within)) button.hidden = history.length < 2;
    for (const button of all("[data-yh-speak]", within)) button.hidden = !voice;
    for (const value of all("[data-yh-hide]", within)) hideLater(value);
    for (const part of all("[data-yh-fold]", within)) part.open = !phone.matches;
    all("[data-yh-focus]", within)[0]?.focus();
  }

  /* htmx: say what changed, say what failed, leave the page when the session is over */
  const live = () => document.getElementById("yh-live");
  let said = document.querySelector("[data-yh-announce]")?.textContent;
  document.addEventListener("htmx:afterSwap", () => {
    const text = document.querySelector("[data-yh-announce]")?.textContent;
    if (text && text !== said && live()) live().textContent = text;
    said = text;
  });
  document.addEventListener("htmx:load", (event) => dress(event.detail.elt));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const wanted = event.detail.elt.closest("[hx-select]")?.getAttribute("hx-select");
    if (!wanted || event.detail.isError) return;
    if (event.detail.serverResponse.includes(`id="${wanted.slice(1)}"`)) return;
    event.detail.shouldSwap = false;
    location.assign(event.detail.xhr.responseURL);
  });
  function fail(sentence) {
    const place = document.getElementById("yh-messages");
    if (!place || !live()) return;
    const banner = document.createElement("div");
    banner.className = "yh-banner yh-banner--urgent";
    banner.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = sentence;
    banner.append(words);
    place.replaceChildren(banner);
    banner.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, requestConfig } = event.detail;
    // A condition that cannot be read: the whole page says which one.
    if (xhr.status === 400 && requestConfig.verb === "get") {
      location.assign(xhr.responseURL);
      return;
    }
    const refused = xhr.status < 500;
    fail(refused ? live()?.dataset.yhRefused : live()?.dataset.yhFailed);
  });
  document.addEventListener("htmx:sendError", () => fail(live()?.dataset.yhFailed));

  dress(document);
})();
