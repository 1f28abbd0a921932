// Runs before the first paint, and stays: the choices a person made on this device, the page
// that is shown when the application breaks, and the registration of the service worker.
// It is plain JavaScript because it has to work where the application does not.
(() => {
  "use strict";
  const root = document.documentElement;
  const CHINESE = "zh-Hans";

  // 1. Language, size of print, colours: the same keys and attributes as src/preferences.rs,
  //    set before anything is painted, so that nothing flashes.
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage may be forbidden; then the browser's settings are the choice.
    }
  };
  const known = (tag) =>
    /^zh\b/i.test(tag || "") ? CHINESE : /^en\b/i.test(tag || "") ? "en" : null;
  const preferred = navigator.languages || [navigator.language];
  root.lang =
    known(kept("yc-language")) ||
    preferred.map(known).find(Boolean) ||
    (preferred.length ? "en" : CHINESE);
  if (kept("yc-print-size") === "large") root.dataset.printSize = "large";
  if (location.pathname !== "/") root.dataset.boot = "page";
  if (["light", "dark"].includes(kept("yc-scheme"))) root.dataset.scheme = kept("yc-scheme");

  // 2. The application broke. After a panic no part of it can be trusted, so the page is
  //    replaced. What was typed lies on the device and comes back after a reload.
  const WORDS = {
    [CHINESE]: {
      title: "页面出错了",
      text: "这不是您的问题。您填写的内容已保存在这台设备上，重新加载后可以继续。",
      again: "重新加载",
      title_load: "页面没有加载完整",
      text_load: "可能是网络不稳定。请检查网络后重新加载。",
    },
    en: {
      title: "Something went wrong",
      text: "This is not your fault. What you filled in is kept on this device; reload to go on.",
      again: "Reload",
      title_load: "The page did not load completely",
      text_load: "The connection may be unstable. Check it and reload.",
    },
  };
  let isBroken = false;

  const element = (name, className, text) => {
    const node = document.createElement(name);
    node.className = className;
    if (text) node.textContent = text;
    return node;
  };

  const showFailure = (suffix) => {
    if (isBroken) return;
    isBroken = true;
    const show = () => {
      const words = WORDS[root.lang] || WORDS.en;
      const panel = element("main", "yc-failure", "");
      panel.id = "failure";
      panel.setAttribute("role", "alert");
      const title = element("h1", "yc-failure__title", words["title" + suffix]);
      title.tabIndex = -1;
      const button = element("button", "yc-button yc-failure__reload", words.again);
      button.type = "button";
      button.addEventListener("click", () => location.reload());
      panel.append(title, element("p", "yc-failure__text", words["text" + suffix]), button);
      document.body.replaceChildren(panel);
      document.title = words["title" + suffix];
      title.focus();
    };
    if (document.body) show();
    else addEventListener("DOMContentLoaded", show);
  };

  // The report names the page's pattern and places in the code; never an address, an answer or
  // anything typed. The places are read off the stack, because a panic of the released module
  // carries no message (docs/decisions/code-splitting.md); the release says which module it was.
  const places = (error) => {
    const stack = String((error && error.stack) || "");
    const frames = [...stack.matchAll(/wasm-function\[(\d+)\]:(0x[0-9a-f]+)|\.js:(\d+:\d+)/g)].map(
      ([, number, offset, line]) => (number ? `function ${number} ${offset}` : `script ${line}`),
    );
    return [error && error.name, ...frames.slice(0, 8)].filter(Boolean).join(" < ").slice(0, 300);
  };

  const report = (kind, error) => {
    const place = places(error);
    const route = location.pathname.replace(/\b[A-Z]{2}-\d+\b/g, ":code").slice(0, 80);
    const module = document.querySelector('link[type="application/wasm"]');
    const release = ((module && module.href.match(/-([0-9a-f]{8})[0-9a-f]*_bg/)) || [])[1] || "";
    fetch("/api/v1/client-reports", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind, route, place, release }),
      keepalive: true,
    }).catch(() => {}); // Offline: nobody can be told, and nobody need wait.
  };

  const isPanic = (error) =>
    error instanceof WebAssembly.RuntimeError ||
    (error instanceof Error && /\bunreachable\b|recursive use of an object/.test(error.message));

  const failed = (error) => {
    if (isBroken) return;
    if (isPanic(error)) {
      report("panic", error);
      showFailure("");
    } else if (error) {
      report("script", error);
    }
  };

  addEventListener("unhandledrejection", (event) => failed(event.reason));
  addEventListener(
    "error",
    (event) => {
      const source = event.target;
      // A file of the first page is missing: without it nothing comes.
      if (source instanceof HTMLScriptElement) showFailure("_load");
      else if (event.error) failed(event.error);
    },
    true,
  );

  // 3. The service worker, once the page is quiet: it must not compete with the first visit.
  if (!("serviceWorker" in navigator)) return;
  const quiet = window.requestIdleCallback || ((work) => setTimeout(work, 1000));
  addEventListener("load", () =>
    quiet(async () => {
      try {
        const registration = await navigator.serviceWorker.register("/sw.js");
        await navigator.serviceWorker.ready;
        // What this first visit already loaded belongs to the offline copy as well.
        const files = performance
          .getEntriesByType("resource")
          .map((entry) => entry.name)
          .filter((name) => name.startsWith(location.origin));
        registration.active?.postMessage({ type: "keep", files });
      } catch {
        // Private windows and some in-app browsers forbid it: everything else still works.
      }
    }),
  );
})();
