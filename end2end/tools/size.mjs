// Measures the first visit to the home page: every byte over the wire until the page is idle,
// the service worker's requests included. Usage: node tools/size.mjs URL
//
// A proxy between browser and server counts, because it sees what no browser interface shows as
// a whole: headers, the worker's own requests, the manifest, the icon.
import http from "node:http";
import { chromium } from "playwright-core";
import { CHROMIUM, CHROMIUM_ARGUMENTS } from "../support/chromium.mjs";

/** Idle: no request for this long after the page has loaded. */
const IDLE_MS = 4000;

const target = new URL(process.argv[2]);
const seen = [];
let open = 0;
let lastActivity = Date.now();

const headerBytes = (message) =>
  `HTTP/1.1 ${message.statusCode} ${message.statusMessage}\r\n`.length +
  message.rawHeaders.reduce((bytes, text) => bytes + Buffer.byteLength(text) + 2, 0) + 2;

const proxy = http.createServer((request, response) => {
  open += 1;
  const entry = { path: request.url, body: 0, headers: 0 };
  seen.push(entry);
  const forward = http.request(
    { host: "127.0.0.1", port: target.port, method: request.method, path: request.url, headers: request.headers },
    (answer) => {
      entry.headers = headerBytes(answer);
      entry.encoding = answer.headers["content-encoding"] || "";
      entry.status = answer.statusCode;
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.on("data", (data) => (entry.body += data.length));
      answer.pipe(response);
      answer.on("end", () => {
        open -= 1;
        lastActivity = Date.now();
      });
    },
  );
  forward.on("error", () => response.destroy());
  request.pipe(forward);
});
await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));

const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(`http://localhost:${proxy.address().port}/`, { waitUntil: "load" });
  await page.getByRole("searchbox").or(page.getByRole("combobox")).first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  while (open > 0 || Date.now() - lastActivity < IDLE_MS) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
} finally {
  await browser.close();
  proxy.close();
}

const sum = (entries) => entries.reduce((bytes, entry) => bytes + entry.body + entry.headers, 0);
for (const entry of seen) {
  console.error(`${String(entry.headers + entry.body).padStart(8)}  ${entry.status} ${entry.encoding.padEnd(4)} ${entry.path}`);
}
console.log(
  JSON.stringify({
    first_visit_bytes: sum(seen),
    wasm_bytes: seen.filter((entry) => entry.path.endsWith(".wasm")).reduce((bytes, entry) => bytes + entry.body, 0),
    requests: seen.length,
  }),
);
