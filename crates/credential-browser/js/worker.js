// The worker: reads pictures, verifies, presents. wasm-bindgen's script stands before this text
// when the application is built (crates/xtask/src/build/identity.rs), hence `__wbg_init` and the
// functions of src/export.rs.
//
// Each message is {call, values} with a port for the answer: {value} or {error}.

let ready;
let desk;
let phone;
/** The browser's own decoder, where there is one: it is faster, ours reads what it does not. */
let detector;
let canvas;

async function start({ module }) {
  ready ??= __wbg_init({ module_or_path: new URL(module, import.meta.url) });
  await ready;
  if ("BarcodeDetector" in self) {
    try {
      detector = new BarcodeDetector({ formats: ["qr_code"] });
    } catch {
      // A system without the formats we need.
    }
  }
}

/** The text of the code in a picture (empty if it cannot be read), and when that began. The picture is used up. */
async function read(bitmap) {
  const { width, height } = bitmap;
  let text;
  let began = performance.now();
  if (detector) {
    text = (await detector.detect(bitmap).catch(() => []))[0]?.rawValue;
  }
  if (!text) {
    canvas ??= new OffscreenCanvas(width, height);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    // From here on it is our work; the lines above are the camera's.
    began = performance.now();
    text = read_picture(new Uint8Array(data.buffer), width, height);
  }
  bitmap.close();
  return { text, began };
}

const calls = {
  start,
  sentences: (reason) => sentences(reason),
  compress: (point) => compress(point),
  paper: (credential) => paper(credential),
  read: async (bitmap) => (await read(bitmap)).text,

  "desk-open": (kit, now) => {
    // A kit that is refused leaves the old one in place.
    const opened = new DeskEngine(kit, now);
    desk?.free();
    desk = opened;
    return desk.view();
  },
  "desk-renew": (trust, status) => {
    desk.renew(trust, status);
    return desk.view();
  },
  "desk-numbers": (numbers) => desk.set_numbers(numbers),
  "desk-code-message": (number, now) => desk.code_message(number, now),
  "desk-code": (number, now, signature) => desk.code(number, now, signature),
  "desk-check": (text, now) => desk.check(text, now),
  "desk-remember": (credential, presentation, at, isHere) =>
    desk.remember(credential, presentation ?? undefined, at, isHere),
  /** A frame of the camera: {text, verdict, ms}, or {text} where there is nothing to verify. */
  "desk-scan": async (bitmap, now) => {
    const { text, began } = await read(bitmap);
    if (!text || !desk) return { text };
    const verdict = desk.check(text, now);
    return { text, verdict, ms: performance.now() - began };
  },

  "phone-open": (kit) => {
    const opened = new PhoneEngine(kit);
    phone?.free();
    phone = opened;
    return phone.view();
  },
  "phone-ask": (now) => {
    // One number in four thousand million is no key.
    for (;;) {
      try {
        return phone.ask(crypto.getRandomValues(new Uint8Array(32)), now);
      } catch (reason) {
        if (reason !== "damaged") throw reason;
      }
    }
  },
  "phone-unlock": (authenticatorData, clientData, signature) =>
    phone.unlock(authenticatorData, clientData, signature),
  "phone-lock": () => phone?.lock(),
  "phone-counter": (text, now) => phone.read_counter(text, now),
  "phone-agree": () => phone.agree(),
  "phone-present": (now) => phone.present(now),
};

self.onmessage = async ({ data: { call, values }, ports: [port] }) => {
  try {
    if (call !== "start") await ready;
    port.postMessage({ value: await calls[call](...values) });
  } catch (error) {
    port.postMessage({ error: String(error?.message ?? error) });
  }
};
