/**
 * `npm test`: unit tests, tests on a real Postgres and a real Temporal server, WebGPU's kernels on a software Vulkan
 * device, then the stories in a real browser.
 * Ends with one line `N passed, N failed`. `npm test -- unit|stack|webgpu|e2e` runs one part.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.mjs'
import { softwareGpu } from './software-gpu.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const reports = mkdtempSync(join(tmpdir(), 'teststrip-report-'))
const wanted = process.argv.slice(2)
const total = { passed: 0, failed: 0, skipped: 0 }

function bin(path) {
  return join(root, 'node_modules', ...path.split('/'))
}

function count({ passed, failed, skipped }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

function runVitest(project, env = {}) {
  const report = join(reports, `${project}.json`)
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const { status } = spawnSync(process.execPath, [bin('vitest/vitest.mjs'), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (!existsSync(report)) return count({ passed: 0, failed: 1, skipped: 0 })
  const result = JSON.parse(readFileSync(report, 'utf8'))
  // A file that could not be loaded has no failed test, yet the run has failed.
  const failed = result.numFailedTests || (status === 0 ? 0 : 1)
  count({ passed: result.numPassedTests, failed, skipped: result.numPendingTests + result.numTodoTests })
}

function runStories(more = {}) {
  const browser = findBrowser()
  if (!browser) return count({ passed: 0, failed: 1, skipped: 0 })
  const report = join(reports, 'e2e.json')
  const { status } = spawnSync(
    process.execPath,
    [bin('@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...more, CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    },
  )
  if (!existsSync(report)) return count({ passed: 0, failed: 1, skipped: 0 })
  const { stats } = JSON.parse(readFileSync(report, 'utf8'))
  const failed = stats.unexpected || (status === 0 ? 0 : 1)
  count({ passed: stats.expected + stats.flaky, failed, skipped: stats.skipped })
}

/** On a Vulkan device; where none can be had the tests say so and are skipped. */
function runWebGpu() {
  runVitest('webgpu', softwareGpu(findBrowser()) ?? {})
}

const parts = {
  unit: () => runVitest('unit'),
  stack: () => runVitest('stack'),
  webgpu: runWebGpu,
  e2e: () => runStories(),
}
/** Parts that are no tests, so they run by name only. */
const others = { screens: () => runStories({ TESTSTRIP_SCREENS: '1' }) }
for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
  const run = parts[name] ?? others[name]
  if (!run) {
    console.error(`There is no part "${name}"; the parts are ${Object.keys(parts).join(', ')}.`)
    process.exit(2)
  }
  console.log(`\n• ${name}`)
  run()
}

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
