// A server of a journey's own, for journeys that change the release or stop it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class OwnServer {
  constructor(port) {
    this.port = port;
    this.url = `http://localhost:${port}`;
    this.data = mkdtempSync(join(tmpdir(), "yichuang-journey-"));
  }

  async start(releaseDir, content = process.env.YICHUANG_CONTENT || "../content") {
    this.process = spawn(
      process.env.YICHUANG_SERVER,
      ["serve", "--port", this.port, "--data", this.data, "--content", content, "--release-dir", releaseDir],
      { stdio: "ignore" },
    );
    for (let tries = 0; tries < 200; tries += 1) {
      try {
        if ((await fetch(`http://127.0.0.1:${this.port}/readyz`)).ok) return;
      } catch {
        // Not yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("the journey's server did not become ready");
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}
