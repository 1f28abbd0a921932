// Verifies live forms with the probe under Node and prints how many a second.
//   node credential.cjs PACKAGE MATERIAL
const fs = require("node:fs");
const path = require("node:path");

const SECONDS = 3;
const [folder, file] = process.argv.slice(2);
const probe = require(path.join(path.resolve(folder), "yichuang_wasm_probe.js"));
const material = JSON.parse(fs.readFileSync(file, "utf8"));
const bytes = (digits) => Buffer.from(digits, "hex");
const desk = new probe.CredentialDesk(
  bytes(material.root),
  bytes(material.trust),
  bytes(material.status),
  material.relying_party,
  material.origin,
  material.premises,
  bytes(material.audience),
  bytes(material.nonce),
);

function round() {
  for (const shown of material.shown) {
    const reason = desk.verify(shown, material.now);
    if (reason !== "valid") throw new Error(`a live form is ${reason}`);
  }
}

// The compiler of the engine gets its first look.
round();
const started = performance.now();
const busy = process.cpuUsage();
let count = 0;
while (performance.now() - started < SECONDS * 1000) {
  round();
  count += material.shown.length;
}
// The time that this process has had a core: what else the machine does should not count.
const { user, system } = process.cpuUsage(busy);
console.log(JSON.stringify({ per_second: (count * 1e6) / (user + system) }));
