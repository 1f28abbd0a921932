// The service worker: what was visited works without a network.
//
// Two rules keep versions from mixing:
// - Everything with its content's hash in its name (scripts, modules, styles, content packs)
//   never changes, so it is taken from the cache first and kept in one place, FILES.
// - The page itself (index.html) names all of these. An offline copy of it is replaced only
//   after every file of the new one is in FILES. Until then the whole old copy is served.
//
// A running page is never reloaded or changed underneath: what is typed stays. A new worker
// waits until the pages of the old one are closed (no skipWaiting).
"use strict";

const FILES = "yc-files";
const PAGES = "yc-pages";
/** The offline copy of the page; every path of the application is the same page. */
const PAGE = "/";
/** Which files belong to the last copies: a list of {files, content}, newest first. */
const COPIES = "/.copies";
/** Pages of older copies may still be open, so their files stay this long. */
const COPIES_KEPT = 3;
/** How long the network may take before an offline copy is shown instead. */
const PATIENCE_MS = 4000;
/** Packs fetched at the same time when everything is asked for. */
const AT_ONCE = 4;

// Trunk writes a hash as a number: one of sixteen begins with a zero and is a digit shorter.
const isHashed = (path) =>
  /-[0-9a-f]{8,16}(_bg)?\.(js|css|wasm)$/.test(path) || path.startsWith("/packs/");
const isAsset = (path) => /^\/(icons\/|manifest\.webmanifest$)/.test(path);

self.addEventListener("install", (event) => event.waitUntil(copyOpenPage()));
// The first visit has no older worker: taking the page over lets it keep what it loads next.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (isApplication(url.pathname)) event.respondWith(page(event));
  } else if (isHashed(url.pathname)) {
    event.respondWith(file(url.pathname, request));
  } else if (isAsset(url.pathname)) {
    event.respondWith(asset(request, url.pathname));
  }
});

/** The server's own pages (API, metrics, health) are no pages of the application. */
const isApplication = (path) => !/^\/(api|packs|metrics|healthz|readyz)(\/|$)/.test(path);

/** The network's page; if it does not come in time, the offline copy. */
async function page(event) {
  const network = fetch(event.request).then((response) => {
    if (response.ok && (response.headers.get("content-type") || "").startsWith("text/html")) {
      event.waitUntil(copy(response.clone()).catch(() => {}));
    }
    return response;
  });
  // A page that came too late still renews the copy.
  event.waitUntil(network.catch(() => {}));
  const kept = await (await caches.open(PAGES)).match(PAGE);
  if (!kept) return network;
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([
    network.then((response) => (response.status >= 500 ? kept : response)).catch(() => kept),
    late,
  ]);
}

/** A file whose name says what is in it. */
async function file(path, request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(path);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(path, response.clone()).catch(() => {});
  return response;
}

/** Icons and the like: the network's, else the kept one. */
async function asset(request, path) {
  const cache = await caches.open(FILES);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(path, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(path);
    if (kept) return kept;
    throw error;
  }
}

/** At installation: keeps the page that is open, from the HTTP cache it just came into. */
async function copyOpenPage() {
  const open = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const address = open.map((client) => client.url).find((url) => isApplication(new URL(url).pathname));
  try {
    const response = await fetch(address || PAGE, { cache: "force-cache" });
    if (response.ok) await copy(response);
  } catch {
    // Without a network there is nothing to keep yet; the next visit keeps it.
  }
}

/** Makes this page the offline copy once all its files are here. */
async function copy(response) {
  // Without what the server wrote in for one address: the copy stands for all.
  const text = (await response.text()).replace(/<!--page-->.*?<!--\/page-->/s, "");
  const pages = await caches.open(PAGES);
  const kept = await pages.match(PAGE);
  const isNew = !kept || (await kept.text()) !== text;

  const files = [...new Set([...text.matchAll(/(?:href|src)=["']?(\/[^"'\s>]+)/g)].map(([, path]) => path))];
  const content = contentVersion(text);
  const pack = (name) => (content ? [`/packs/${content}/${name}.pack`] : []);
  const first = [...new Set([...files.filter(isHashed), ...pack("catalogue")])];
  if (isNew) await keep(first);
  const parts = await partsOf(first);
  const used = await usedPaths();
  const wasUsed = (part) => {
    const stem = part.replace(/[0-9a-f]{8,16}\.\w+$/, "");
    return used.some((path) => path.startsWith(stem));
  };
  // On a first visit only what it used is kept; who comes back gets all parts, so that an open
  // page works on after the server has a newer version (unless the device saves data).
  const isSaving = Boolean(navigator.connection?.saveData);
  const isForFew = (part) => part.startsWith("/identity");
  await keep(parts.filter((part) => (kept && !isSaving && !isForFew(part)) || wasUsed(part)));
  if (kept && !isSaving) await keep(pack("summaries"), { mayBeMissing: true });
  if (!isNew) return;

  // Every pack this device has of an older version, it gets in the new one.
  const packs = used
    .map((path) => path.match(/^\/packs\/([^/]+)\/(.+)$/))
    .filter((match) => content && match && match[1] !== content)
    .map((match) => `/packs/${content}/${match[2]}`);
  await keep([...new Set(packs)], { mayBeMissing: true });

  const headers = new Headers(response.headers);
  // The text is no longer compressed, and its length is another.
  for (const name of ["content-encoding", "content-length", "set-cookie"]) headers.delete(name);
  await pages.put(PAGE, new Response(text, { headers }));
  await remember({ files: [...first, ...parts], content });
}

/** The parts that are loaded when asked for: the script names them. */
async function partsOf(files) {
  const cache = await caches.open(FILES);
  const parts = [];
  for (const path of files.filter((path) => path.endsWith(".js"))) {
    const script = await (await cache.match(path))?.text();
    for (const [, part] of script?.matchAll(/["'`]\.\/([\w-]+-[0-9a-f]{8,16}\.(?:wasm|js|css))["'`]/g) ?? []) {
      parts.push("/" + part);
    }
  }
  return parts;
}

async function usedPaths() {
  const cache = await caches.open(FILES);
  return (await cache.keys()).map((request) => new URL(request.url).pathname);
}

function contentVersion(text) {
  const tag = text.match(/<meta[^>]*name=["']?content-version[^>]*>/);
  return tag?.[0].match(/content=["']?([^"'\s>]+)/)?.[1];
}

/** Fetches what is not in FILES yet. Fails if one of them fails, so that no copy has holes. */
async function keep(paths, { mayBeMissing = false, progress = () => {} } = {}) {
  const cache = await caches.open(FILES);
  const waiting = [...paths];
  let done = 0;
  const work = async () => {
    for (let path = waiting.shift(); path; path = waiting.shift()) {
      if (!(await cache.match(path))) {
        const response = await fetch(path);
        if (response.ok) await cache.put(path, response);
        else if (!mayBeMissing || response.status !== 404) throw new Error(path);
      }
      progress(++done, paths.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Notes the newest copy and drops files that no recent copy names. */
async function remember(newest) {
  const pages = await caches.open(PAGES);
  const noted = await pages.match(COPIES);
  const copies = [newest, ...(noted ? await noted.json() : [])].slice(0, COPIES_KEPT);
  await pages.put(COPIES, Response.json(copies));

  const files = new Set(copies.flatMap((copy) => copy.files));
  const contents = new Set(copies.map((copy) => copy.content));
  const cache = await caches.open(FILES);
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    const pack = path.match(/^\/packs\/([^/]+)\//);
    const isNeeded = pack ? contents.has(pack[1]) : files.has(path) || isAsset(path);
    if (!isNeeded) await cache.delete(request);
  }
}

self.addEventListener("message", (event) => {
  const { data } = event;
  if (data?.type === "keep") {
    // What the first visit loaded before this worker was there.
    const paths = data.files.map((name) => new URL(name).pathname).filter(isHashed);
    event.waitUntil(keep(paths, { mayBeMissing: true }).catch(() => {}));
  } else if (data?.type === "keep-all") {
    // All details: the page knows their paths. It is told after each how far this is.
    const port = event.ports[0];
    const progress = (done, total) => port?.postMessage({ done, total });
    // The pages of these details are parts of the program; older scripts may name parts long gone.
    const parts = usedPaths().then(partsOf);
    event.waitUntil(
      parts.then((parts) => keep(parts, { mayBeMissing: true })).then(() =>
        keep(data.paths.filter(isHashed), { progress }),
      ).then(
        () => port?.postMessage({ finished: true }),
        () => port?.postMessage({ finished: false }),
      ),
    );
  }
});
