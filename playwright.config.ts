import { randomInt } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";

// Workers load this file again, and inherit the first process's environment: so all of them mean one server and one folder.
process.env["E2E_PORT"] ??= String(randomInt(20_000, 30_000));
const port = process.env["E2E_PORT"];
process.env["E2E_DATA_DIR"] ??= path.join(tmpdir(), `charla-e2e-${port}`);
const workers = 4;
const baseURL = `http://localhost:${port}`;

export default defineConfig({
  // More tries on CI alone, where they are reported as flaky: a finding, not a reason to stop.
  retries: process.env["CI"] ? 2 : 0,
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  workers,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  // What `npm start` runs, as a newcomer has it: no PostgreSQL, no Redis, no configuration, an empty folder for its data.
  webServer: {
    // The shell outlives the signal that stops the server, to clear up behind it.
    command: 'trap : TERM; node scripts/start.js; rm -rf "$DATA_DIR"',
    url: `${baseURL}/readyz`,
    // With E2E_PORT set to one that runs already, the tests go there.
    reuseExistingServer: true,
    timeout: 180_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    env: {
      PORT: port,
      DATA_DIR: process.env["E2E_DATA_DIR"],
      DATABASE_URL: "",
      REDIS_URL: "",
      LOG_LEVEL: "warn",
      TRUSTED_PROXIES: "1",
      // Push services that tests open (`e2e/push.ts`): one a worker.
      PUSH_HOSTS: Array.from(
        { length: workers },
        (_, index) => `127.0.0.1:${Number(port) + 1 + index}`,
      ).join(),
    },
  },
  use: {
    ...devices["Desktop Chrome"],
    baseURL,
    viewport: { width: 1280, height: 800 },
    locale: "es-AR",
    timezoneId: "America/Montevideo",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        // A microphone that beeps once a second. Whether a page may use it is each test's to say.
        "--use-fake-device-for-media-stream",
      ],
    },
  },
  projects: [
    { name: "flows", testMatch: "**/*.spec.ts" },
    // Not a check: the pictures of the README, as `npm run screenshots`.
    { name: "screenshots", testMatch: "screenshots.ts" },
  ],
});
