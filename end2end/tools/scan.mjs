// Measures how long a guest waits at the hotel's desk: from the first camera frame that holds the
// code to the verdict on the screen, without a network. Usage: node tools/scan.mjs URL GUESTS
//
// A patch in the film's corner says when a code is in sight; a watcher in the page notes when the
// frame was presented and when the verdict appeared.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { CHROMIUM, CHROMIUM_ARGUMENTS } from "../support/chromium.mjs";
import { cameraArguments, film, guestsOf, setUpDesk } from "../support/guests.mjs";

const GUESTS = 12;
const MEASUREMENTS = 36;

const [, , url, program] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "yichuang-scan-"));
const camera = join(folder, "camera.mjpeg");
const open = (more) =>
  chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: CHROMIUM,
    args: [...CHROMIUM_ARGUMENTS, ...more],
    viewport: { width: 1280, height: 900 },
    locale: "zh-CN",
  });

/** Runs in the page. */
function watch() {
  const video = document.getElementById("desk-camera");
  const canvas = Object.assign(document.createElement("canvas"), { width: 4, height: 4 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const state = { waits: [], works: [], verdicts: [] };
  globalThis.scan = state;
  let cameAt;
  addEventListener("yc-scan", ({ detail }) => state.works.push(detail.ms));
  new MutationObserver(() => {
    const verdict = document.querySelector(".yc-verdict");
    if (!verdict || verdict.noted) return;
    verdict.noted = true;
    state.verdicts.push(verdict.dataset.reason);
    if (cameAt !== undefined) state.waits.push(performance.now() - cameAt);
  }).observe(document.querySelector(".yc-desk__answer"), { childList: true, subtree: true });
  const look = (_, { presentationTime }) => {
    context.drawImage(video, 8, 8, 32, 32, 0, 0, 4, 4);
    const isInSight = context.getImageData(1, 1, 1, 1).data[0] > 128;
    if (isInSight) cameAt ??= presentationTime;
    else {
      cameAt = undefined;
      // The guest has gone: next, without a check-in, so that the film can be shown again.
      const buttons = document.querySelectorAll(".yc-verdict .yc-button");
      buttons[buttons.length - 1]?.click();
    }
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}

const quantile = (values, share) => {
  const sorted = [...values].sort((one, other) => one - other);
  return Number(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)].toFixed(1));
};

try {
  const first = await open([]);
  const page = await first.newPage();
  await page.goto(`${url}/desk`);
  await page.waitForFunction(() => globalThis.ycIdentity);
  const guests = guestsOf(program, url, await page.evaluate(() => globalThis.ycIdentity.deskKey()), GUESTS);
  await setUpDesk(page, guests);
  // Once more, so that the service worker has everything.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.locator(".yc-desk__code svg").waitFor();
  await film(page, guests.forms, camera);
  await first.close();

  const desk = await open(cameraArguments(camera));
  const counter = await desk.newPage();
  await counter.goto(`${url}/desk`);
  await counter.locator(".yc-desk__code svg").waitFor();
  await desk.setOffline(true);
  await counter.reload();
  await counter.locator(".yc-desk__code svg").waitFor();
  await counter.getByRole("button", { name: /摄像头/ }).click();
  await counter.waitForFunction(() => document.getElementById("desk-camera").videoWidth === 1280);
  await counter.evaluate(watch);
  await counter.waitForFunction((count) => globalThis.scan.waits.length > count, MEASUREMENTS, { timeout: 170_000 });
  const { waits, works, verdicts } = await counter.evaluate(() => globalThis.scan);
  await desk.close();
  const other = verdicts.filter((reason) => reason !== "valid");
  if (other.length > 0) throw new Error(`not every guest was let in: ${other}`);
  // The first guest comes while the program is still warming up.
  console.log(
    JSON.stringify({
      p50_ms: quantile(waits.slice(1), 0.5),
      p95_ms: quantile(waits.slice(1), 0.95),
      decode_verify_ms: quantile(works.slice(1), 0.95),
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
