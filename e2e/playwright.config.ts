import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { defineConfig, devices } from '@playwright/test'

/** The stories run against the real thing: `npm start` with a fresh data folder, as a newcomer has it. */
const port = Number(process.env.TESTSTRIP_E2E_PORT ?? 3456)
process.env.TESTSTRIP_E2E_DATA ??= mkdtempSync(join(tmpdir(), 'teststrip-e2e-'))
// Under root Postgres runs as another user, who must be able to reach its data.
chmodSync(process.env.TESTSTRIP_E2E_DATA, 0o755)

export default defineConfig({
  testDir: import.meta.dirname,
  // `npm run screens` takes pictures with the same machinery.
  testMatch: process.env.TESTSTRIP_SCREENS ? 'screens/*.screens.ts' : '*.story.ts',
  outputDir: resolve(import.meta.dirname, '..', 'test-results'),
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    baseURL: `http://127.0.0.1:${port}`,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: 'node scripts/start.mjs --no-open',
    cwd: resolve(import.meta.dirname, '..'),
    url: `http://127.0.0.1:${port}/api/health`,
    timeout: 240_000,
    // A port that was named may be one where it runs already, in the midst of work.
    reuseExistingServer: process.env.TESTSTRIP_E2E_PORT !== undefined,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    env: { TESTSTRIP_DATA: process.env.TESTSTRIP_E2E_DATA, PORT: String(port) },
    stdout: 'pipe',
  },
})
