// What the application calls of the browser for identity: passkeys, the worker, the camera, the
// browser's database, sound. Loaded by the pages that need it (src/identity/browser.rs), never
// with the first visit.
//
// globalThis.ycParts names this file, its styles, the worker and its module as they were built.
const [, , WORKER, MODULE] = globalThis.ycParts;

// --- The worker -------------------------------------------------------------------------------

let worker;

function ask(call, values = [], transfer = []) {
  if (!worker) {
    worker = new Worker(new URL(WORKER, import.meta.url), { type: "module" });
    worker.onerror = () => {
      worker = undefined;
    };
    ask("start", [{ module: MODULE }]);
  }
  const own = worker;
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const lost = () => reject(new Error("worker"));
    own.addEventListener("error", lost, { once: true });
    port1.onmessage = ({ data }) => {
      own.removeEventListener("error", lost);
      port1.close();
      if ("error" in data) reject(new Error(data.error));
      else resolve(data.value);
    };
    own.postMessage({ call, values }, [port2, ...transfer]);
  });
}

// --- Time -------------------------------------------------------------------------------------

/** How far the server's clock is ahead of ours, in milliseconds. */
let skew = 0;
const now = () => Math.floor((Date.now() + skew) / 1000);

// --- The browser's database -------------------------------------------------------------------
// Values are encrypted under a key that scripts can use and not read, so that nothing personal
// lies in the browser's files in the clear.

const STORES = ["keys", "kept", "check-ins", "seen"];
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("yichuang", 1);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function transact(store, mode, act) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const request = act(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const get = (store, key) => transact(store, "readonly", (objects) => objects.get(key));
const put = (store, key, value) => transact(store, "readwrite", (objects) => objects.put(value, key));
const remove = (store, key) => transact(store, "readwrite", (objects) => objects.delete(key));
const all = (store) => transact(store, "readonly", (objects) => objects.getAll());

/** A key of this device; made once, never readable. Two tabs may make one: the first stays. */
async function key(name, make) {
  const known = await get("keys", name);
  if (known) return known;
  const made = await make();
  await transact("keys", "readwrite", (objects) => objects.add(made, name)).catch(() => {});
  return get("keys", name);
}

const cipherKey = () =>
  key("cipher", () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]));

async function keep(name, text) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await cipherKey(), new TextEncoder().encode(text));
  await put("kept", name, { iv, data });
}

async function kept(name) {
  const sealed = await get("kept", name);
  if (!sealed) return undefined;
  try {
    const data = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, await cipherKey(), sealed.data);
    return new TextDecoder().decode(data);
  } catch {
    // The key is gone, so is what it kept.
    return undefined;
  }
}

// --- Passkeys ---------------------------------------------------------------------------------

const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

/** Older browsers have neither parse…FromJSON nor toJSON; these are the members we use. */
async function register(options) {
  const wanted = JSON.parse(options);
  const decode = (list) => list.map((entry) => ({ ...entry, id: fromBase64url(entry.id) }));
  const made = await navigator.credentials.create({
    publicKey: {
      ...wanted,
      challenge: fromBase64url(wanted.challenge),
      user: { ...wanted.user, id: fromBase64url(wanted.user.id) },
      excludeCredentials: decode(wanted.excludeCredentials ?? []),
    },
  });
  return JSON.stringify({
    id: made.id,
    rawId: base64url(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: base64url(made.response.clientDataJSON),
      attestationObject: base64url(made.response.attestationObject),
    },
  });
}

const use = (publicKey) => navigator.credentials.get({ publicKey });

async function signIn(options) {
  const wanted = JSON.parse(options);
  const used = await use({
    ...wanted,
    challenge: fromBase64url(wanted.challenge),
    allowCredentials: (wanted.allowCredentials ?? []).map((entry) => ({ ...entry, id: fromBase64url(entry.id) })),
  });
  const { response } = used;
  return JSON.stringify({
    id: used.id,
    rawId: base64url(used.rawId),
    type: used.type,
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      authenticatorData: base64url(response.authenticatorData),
      signature: base64url(response.signature),
      userHandle: response.userHandle ? base64url(response.userHandle) : null,
    },
  });
}

/** Unlocks the credential: works without a network. `passkey` is the credential's, if known. */
async function unlock(relyingParty, passkey) {
  const challenge = await ask("phone-ask", [now()]);
  const { response } = await use({
    challenge,
    rpId: relyingParty,
    userVerification: "required",
    allowCredentials: passkey ? [{ type: "public-key", id: fromBase64url(passkey) }] : [],
  });
  const { authenticatorData, clientDataJSON, signature } = response;
  await ask("phone-unlock", [authenticatorData, clientDataJSON, signature].map((bytes) => new Uint8Array(bytes)));
}

// --- The camera -------------------------------------------------------------------------------

let watching;

function stopCamera() {
  watching?.stream?.getTracks().forEach((track) => track.stop());
  watching = undefined;
}

/** How long a code may be in sight without being read before that is said. */
const UNREADABLE_MS = 8000;
/** A code that was out of sight for this long begins anew. */
const OUT_OF_SIGHT_MS = 2000;

/**
 * Shows the camera in the element `id` and looks at its frames until it is stopped. What is found
 * arrives as the event `yc-scan`: detail {text, verdict, ms} for a desk, {text} otherwise; an empty
 * text says that a code has been in sight for long and cannot be read.
 */
async function startCamera(id, isDesk) {
  stopCamera();
  const own = {};
  watching = own;
  own.stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  const video = document.getElementById(id);
  // Meanwhile the page may have been left.
  if (watching !== own || !video) {
    own.stream.getTracks().forEach((track) => track.stop());
    return;
  }
  video.srcObject = own.stream;
  await video.play();
  const next = () => {
    if (watching !== own) return;
    if (!video.isConnected) return stopCamera();
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(look);
    else setTimeout(look, 40);
  };
  const look = async () => {
    try {
      const frame = await createImageBitmap(video);
      const found = await scan(frame, isDesk);
      if (watching === own && isTold(own, found.text)) {
        dispatchEvent(new CustomEvent("yc-scan", { detail: found }));
      }
    } catch {
      // A frame that cannot be taken is followed by another.
    }
    next();
  };
  next();
}

/** Whether what a frame held is worth telling. */
function isTold(own, text) {
  const time = performance.now();
  if (text || text === undefined) {
    if (text || time - own.unreadAt > OUT_OF_SIGHT_MS) own.unreadSince = undefined;
    return Boolean(text);
  }
  own.unreadAt = time;
  own.unreadSince ??= time;
  if (time - own.unreadSince < UNREADABLE_MS) return false;
  own.unreadSince = undefined;
  return true;
}

async function scan(frame, isDesk) {
  if (isDesk) return ask("desk-scan", [frame, now()], [frame]);
  return { text: await ask("read", [frame], [frame]) };
}

/** Looks for a code in the picture that was chosen in the file input `id`. */
async function readFile(id, isDesk) {
  const file = document.getElementById(id)?.files?.[0];
  if (!file) return false;
  let found = {};
  try {
    found = await scan(await createImageBitmap(file), isDesk);
  } catch {
    // No picture.
  }
  document.getElementById(id).value = "";
  if (found.text) dispatchEvent(new CustomEvent("yc-scan", { detail: found }));
  return Boolean(found.text);
}

// --- A scanner that types ----------------------------------------------------------------------

let typed = "";
let typedAt = 0;

/** Keys that come too quickly for a person and end with Enter, while no field has the focus. */
function onKey(event) {
  const { target } = event;
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.timeStamp - typedAt > 200) typed = "";
  typedAt = event.timeStamp;
  if (event.key.length === 1) typed += event.key;
  else if (event.key === "Enter" && typed.length > 8) {
    // The button that happens to have the focus is not meant.
    event.preventDefault();
    dispatchEvent(new CustomEvent("yc-typed", { detail: typed }));
    typed = "";
  }
}

const listenToKeys = (isOn) => {
  removeEventListener("keydown", onKey, true);
  if (isOn) addEventListener("keydown", onKey, true);
};

// --- Sound, vibration, a screen that stays on ---------------------------------------------------

const TONES = { green: [[880, 0, 0.12], [1320, 0.13, 0.18]], amber: [[660, 0, 0.15], [660, 0.22, 0.15]], red: [[220, 0, 0.5]] };
const SHAKES = { green: [80], amber: [80, 80, 80], red: [400] };
let audio;

function signal(light) {
  navigator.vibrate?.(SHAKES[light]);
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume();
    for (const [pitch, after, length] of TONES[light]) {
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = pitch;
      volume.gain.value = 0.2;
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + length);
    }
  } catch {
    // A device without sound still shows the colour and the word.
  }
}

let lock;
async function stayAwake(isOn) {
  await lock?.release().catch(() => {});
  lock = isOn ? await navigator.wakeLock?.request("screen").catch(() => undefined) : undefined;
  return Boolean(lock);
}

// --- The desk ------------------------------------------------------------------------------------

const deskKeyPair = () =>
  key("desk", () => crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]));

/** The compressed public key of this desk, base64url. */
async function deskKey() {
  const { publicKey } = await deskKeyPair();
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  return base64url(await ask("compress", [point]));
}

/** How many of the last numbers may still be answered: the guest may have scanned the one before. */
const NUMBERS_KEPT = 3;

/** The counter's code with a fresh number. The last numbers survive a reload. */
async function counterCode(isFresh) {
  let numbers = (await get("keys", "numbers")) ?? [];
  if (isFresh || numbers.length === 0) {
    numbers = [[...crypto.getRandomValues(new Uint8Array(4))], ...numbers].slice(0, NUMBERS_KEPT);
    await put("keys", "numbers", numbers);
  }
  await ask("desk-numbers", [Uint8Array.from(numbers.flat())]);
  const [number, at] = [Uint8Array.from(numbers[0]), now()];
  const { privateKey } = await deskKeyPair();
  const message = await ask("desk-code-message", [number, at]);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, message);
  return ask("desk-code", [number, at, new Uint8Array(signature)]);
}

/** Opens the kit and tells the worker what was accepted before. */
async function openDesk(kit) {
  const view = await ask("desk-open", [kit, now()]);
  for (const { credential, presentation, at, isHere } of await all("seen")) {
    await ask("desk-remember", [credential, presentation, at, isHere]);
  }
  return view;
}

/** Credentials live three days at most; after that they cannot come again. */
const MEMORY_S = 4 * 24 * 3600;

async function remember(credential, presentation, at, isHere) {
  await put("seen", credential, { credential, presentation, at, isHere });
  for (const old of await all("seen")) {
    if (old.at < now() - MEMORY_S) await remove("seen", old.credential);
  }
  await ask("desk-remember", [credential, presentation, at, isHere]);
}

globalThis.ycIdentity = {
  ask: (call, ...values) => ask(call, values),
  now,
  setServerTime: (milliseconds) => {
    skew = milliseconds - Date.now();
    return keep("skew", String(skew));
  },
  restoreTime: async () => {
    skew = Number(await kept("skew")) || 0;
    return skew;
  },
  keep,
  kept,
  forget: (name) => remove("kept", name),
  forgetEverything: async () => {
    for (const store of STORES) await transact(store, "readwrite", (objects) => objects.clear());
  },
  register,
  signIn,
  unlock,
  startCamera,
  stopCamera,
  readFile,
  listenToKeys,
  signal,
  stayAwake,
  deskKey,
  counterCode,
  openDesk,
  remember,
  randomId: () => crypto.randomUUID(),
  enqueue: (id, record) => put("check-ins", id, { id, record }),
  queued: async () => JSON.stringify(await all("check-ins")),
  dequeue: (id) => remove("check-ins", id),
};
