// Runs the probe under Node and prints one line of JSON.
//   node probe.cjs measure PACKAGE CATALOGUE QUERIES   every prefix of every line, typed
//   node probe.cjs digest  PACKAGE CATALOGUE QUERIES GUIDES SEED COUNT
const fs = require("node:fs");
const path = require("node:path");

const [task, folder, catalogue, queries, guides, seed, count] = process.argv.slice(2);
const probe = require(path.join(path.resolve(folder), "yichuang_wasm_probe.js"));
const opening = performance.now();
const index = new probe.Probe(fs.readFileSync(catalogue));
const openMs = performance.now() - opening;
const lines = fs.readFileSync(queries, "utf8");

// A keystroke is measured three times: what else the machine does should not count.
function medianOfThree(query) {
  const times = [0, 0, 0].map(() => {
    const started = performance.now();
    index.search(query);
    return performance.now() - started;
  });
  return times.sort((one, other) => one - other)[1];
}

function measure() {
  const typed = [];
  for (const query of lines.split("\n").filter(Boolean)) {
    const characters = Array.from(query);
    for (let end = 1; end <= characters.length; end += 1) {
      typed.push(characters.slice(0, end).join(""));
    }
  }
  // The compiler of the engine gets its first look.
  for (const query of typed.slice(0, 300)) index.search(query);
  const times = [];
  let slowest = ["", 0];
  for (const query of typed) {
    const took = medianOfThree(query);
    times.push(took);
    if (took > slowest[1]) slowest = [query, took];
  }
  times.sort((one, other) => one - other);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return {
    keystrokes: times.length,
    open_ms: openMs,
    p50_ms: at(0.5),
    p99_ms: at(0.99),
    slowest_ms: slowest[1],
    slowest: slowest[0],
  };
}

function digest() {
  return {
    search: index.search_digest(lines),
    guides: probe.guide_digest(fs.readFileSync(guides), Number(seed), Number(count)),
  };
}

console.log(JSON.stringify(task === "measure" ? measure() : digest()));
