{% comment %}
Keeps the shell of the portal on a phone, and nothing else: no page of a signed-in
person, no answer of the API. Variables: page, files, scripts, sync_url, logout_url.
{% endcomment %}importScripts({% for script in scripts %}"{{ script|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %});

const SHELL = "{{ page|escapejs }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const SYNC = "{{ sync_url|escapejs }}";
const LOGOUT = "{{ logout_url|escapejs }}";
const CACHE = "yuhai-shell-{{ version }}";

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(CACHE);
    // Not from the browser's own cache, and without any cookie: the same for everybody.
    const asked = [SHELL, ...FILES].map(
      (url) => new Request(url, { cache: "reload", credentials: "omit" }),
    );
    await cache.addAll(asked);
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const clear = async () => {
    const names = (await caches.keys()).filter((name) => name !== CACHE);
    await Promise.all(names.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clear());
});

const kept = (url) => caches.open(CACHE).then((cache) => cache.match(url));

/* A page that cannot be fetched: the shell stands in for the worker's own pages */
async function orShell(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const shell = await kept(SHELL);
    if (!shell) throw failure;
    return Response.redirect(new URL(SHELL, location.origin));
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === LOGOUT) {
    event.waitUntil(self.yhStore.forget());
    return;
  }
  if (request.method !== "GET") return;
  if (url.pathname === SHELL || FILES.includes(url.pathname)) {
    event.respondWith(kept(url.pathname).then((found) => found ?? fetch(request)));
  } else if (request.mode === "navigate" && /^\/(visits|desk|safety)\//.test(url.pathname)) {
    event.respondWith(orShell(request));
  }
});

self.addEventListener("sync", (event) => {
  // A browser tries again later what has failed.
  const sendAll = async () => {
    if (await self.yhSend(SYNC)) throw new Error("something still waits");
  };
  if (event.tag === "yh-send") event.waitUntil(sendAll());
});
