// A desk and its guests without a server: keys made up by an example of crates/credential-browser,
// and films of the guests' phones for Chromium's camera.
import { execFileSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { once } from "node:events";

/** Frames a second of Chromium's camera when it plays a file of JPEG pictures. */
const FRAMES_A_SECOND = 30;

/** {kit, number, forms} for a desk with this key; see the example. */
export function guestsOf(program, origin, point, count) {
  return JSON.parse(execFileSync(program, [origin, point, String(count)], { maxBuffer: 1 << 26 }));
}

/** Gives the desk page its kit, as if the device had been set up. */
export async function setUpDesk(page, { kit, number }) {
  await page.evaluate(
    async ([kit, number]) => {
      await globalThis.ycIdentity.keep("desk-kit", kit);
      const request = indexedDB.open("yichuang", 1);
      await new Promise((resolve) => (request.onsuccess = resolve));
      const transaction = request.result.transaction("keys", "readwrite");
      transaction.objectStore("keys").put([number], "numbers");
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      request.result.close();
    },
    [kit, number],
  );
}

/**
 * Films phones held before a camera: for each form some frames without a code, then some with it,
 * turned, blurred, noisy and of low contrast. A patch in the corner is white while a code is in
 * sight, so that whoever measures sees it without reading the code.
 */
export async function film(page, forms, path, { blank = 0.7, shown = 1.3 } = {}) {
  const out = createWriteStream(path);
  const write = async (frame, seconds) => {
    for (let count = Math.round(seconds * FRAMES_A_SECOND); count > 0; count -= 1) {
      if (!out.write(frame)) await once(out, "drain");
    }
  };
  const empty = await picture(page, null, 0);
  for (const [index, form] of forms.entries()) {
    await write(empty, blank);
    // Two pictures a guest: a hand moves.
    const turn = ((index * 7) % 24) - 12;
    await write(await picture(page, form.rows, turn), shown / 2);
    await write(await picture(page, form.rows, turn * 0.8), shown / 2);
  }
  out.end();
  await once(out, "finish");
}

/** One frame as JPEG. */
async function picture(page, rows, degrees) {
  const base64 = await page.evaluate(
    async ([rows, degrees]) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
      const context = canvas.getContext("2d");
      context.fillStyle = "#5a564f";
      context.fillRect(0, 0, 1280, 720);
      if (rows) {
        const scale = 5;
        const side = (rows.length + 8) * scale;
        context.save();
        context.filter = "blur(1.2px)";
        context.translate(660, 360);
        context.rotate((degrees * Math.PI) / 180);
        context.fillStyle = "#101010";
        context.fillRect(-side / 2 - 20, -side / 2 - 90, side + 40, side + 180);
        // A screen in bright light: 40 % of the contrast.
        context.fillStyle = "#c8c8c8";
        context.fillRect(-side / 2, -side / 2, side, side);
        const code = new OffscreenCanvas(side, side);
        const dark = code.getContext("2d");
        dark.fillStyle = "#626262";
        rows.forEach((row, y) =>
          [...row].forEach((module, x) => {
            if (module === "1") dark.fillRect((x + 4) * scale, (y + 4) * scale, scale, scale);
          }),
        );
        context.drawImage(code, -side / 2, -side / 2);
        context.restore();
      }
      const image = context.getImageData(0, 0, 1280, 720);
      // Noise that is the same every time.
      let seed = 12345;
      for (let at = 0; at < image.data.length; at += 4) {
        seed = (seed * 1103515245 + 12345) & 0x7fffffff;
        const noise = (seed >> 16) % 17 - 8;
        for (let channel = 0; channel < 3; channel += 1) image.data[at + channel] += noise;
      }
      context.putImageData(image, 0, 0);
      context.fillStyle = rows ? "#ffffff" : "#000000";
      context.fillRect(0, 0, 48, 48);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [rows, degrees],
  );
  return Buffer.from(base64, "base64");
}

/** Chromium's arguments for a camera that plays a film. */
export const cameraArguments = (path) => [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  `--use-file-for-fake-video-capture=${path}`,
];
