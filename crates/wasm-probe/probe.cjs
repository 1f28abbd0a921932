// Runs the probe under Node and prints one line of JSON.
//   node probe.cjs measure PACKAGE CATALOGUE QUERIES   every prefix of every line, typed
//   node probe.cjs digest  PACKAGE CATALOGUE QUERIES GUIDES SEED COUNT
//   node probe.cjs plans   PACKAGE WORLD SEED COUNT     digest of random plans
//   node probe.cjs plan    PACKAGE WORLD BASKETS        every bundle and so many baskets, planned
const fs = require("node:fs");
const path = require("node:path");

const [task, folder, ...rest] = process.argv.slice(2);
const probe = require(path.join(path.resolve(folder), "yichuang_wasm_probe.js"));
// What is measured is done three times: what else the machine does should not count.
function medianOfThree(act) {
  const times = [0, 0, 0].map(() => {
    const started = performance.now();
    act();
    return performance.now() - started;
  });
  return times.sort((one, other) => one - other)[1];
}

function shares(times) {
  times.sort((one, other) => one - other);
  return (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
}

function measure(catalogue, queries) {
  const opening = performance.now();
  const index = new probe.Probe(fs.readFileSync(catalogue));
  const openMs = performance.now() - opening;
  const typed = [];
  for (const query of fs.readFileSync(queries, "utf8").split("\n").filter(Boolean)) {
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
    const took = medianOfThree(() => index.search(query));
    times.push(took);
    if (took > slowest[1]) slowest = [query, took];
  }
  const at = shares(times);
  return {
    keystrokes: times.length,
    open_ms: openMs,
    p50_ms: at(0.5),
    p99_ms: at(0.99),
    slowest_ms: slowest[1],
    slowest: slowest[0],
  };
}

function digest(catalogue, queries, guides, seed, count) {
  const index = new probe.Probe(fs.readFileSync(catalogue));
  return {
    search: index.search_digest(fs.readFileSync(queries, "utf8")),
    guides: probe.guide_digest(fs.readFileSync(guides), Number(seed), Number(count)),
  };
}

function plans(world, seed, count) {
  const planning = new probe.Planning(fs.readFileSync(world));
  return { plans: planning.digest(Number(seed), Number(count)) };
}

// A plan is what a link to it costs: joining the guides, asking, listing, dating.
function plan(world, baskets) {
  const planning = new probe.Planning(fs.readFileSync(world));
  const times = [];
  const take = (warm) => {
    const took = medianOfThree(() => planning.plan());
    if (!warm) times.push(took);
  };
  for (let seed = 0; seed < 50; seed += 1) {
    planning.take_basket(12, seed);
    take(true);
  }
  for (let bundle = 0; bundle < planning.bundles(); bundle += 1) {
    planning.take_bundle(bundle, bundle);
    take(false);
  }
  for (let seed = 0; seed < Number(baskets); seed += 1) {
    planning.take_basket(12, seed);
    take(false);
  }
  const at = shares(times);
  return { plans: times.length, p50_ms: at(0.5), p99_ms: at(0.99), slowest_ms: at(1) };
}

console.log(JSON.stringify({ measure, digest, plans, plan }[task](...rest)));
