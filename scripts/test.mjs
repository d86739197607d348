/**
 * `npm test`: unit tests, tests on a real Postgres and a real Temporal server, WebGPU's kernels on a software Vulkan
 * device, then the stories in a real browser.
 * Ends with the names of what failed, since a log is often kept by its end alone, and one line `N passed, N failed`.
 * `npm test -- unit|stack|webgpu|e2e` runs one part.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { findBrowser } from './browser.mjs'
import { softwareGpu } from './software-gpu.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const reports = mkdtempSync(join(tmpdir(), 'teststrip-report-'))
const wanted = process.argv.slice(2)
const total = { passed: 0, failed: 0, skipped: 0 }
/** What failed, each with the first line of its reason. */
const failures = []

function bin(path) {
  return join(root, 'node_modules', ...path.split('/'))
}

function count({ passed, failed, skipped }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

function countUnreported(part) {
  failures.push(`${part}: ended before it could report`)
  count({ passed: 0, failed: 1, skipped: 0 })
}

/** `reason`: a message of many lines, coloured for a terminal. */
function noteFailure(file, test, reason = '') {
  const [first = ''] = stripVTControlCharacters(reason).split('\n')
  failures.push([relative(root, file), test, first].filter(Boolean).join(' › '))
}

function noteVitestFailures({ testResults }) {
  for (const { name, message, status, assertionResults } of testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    for (const test of failed) noteFailure(name, test.fullName, test.failureMessages[0])
    if (status === 'failed' && failed.length === 0) noteFailure(name, '', message)
  }
}

function noteStoryFailures(suites) {
  for (const { file, specs = [], suites: within = [] } of suites) {
    for (const { title, ok, tests } of specs) {
      const reason = tests.at(0)?.results.at(-1)?.error?.message
      if (!ok) noteFailure(join(root, 'e2e', file), title, reason)
    }
    noteStoryFailures(within)
  }
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
  if (!existsSync(report)) return countUnreported(project)
  const result = JSON.parse(readFileSync(report, 'utf8'))
  noteVitestFailures(result)
  // A file that could not be loaded has no failed test, yet the run has failed.
  const failed = result.numFailedTests || (status === 0 ? 0 : 1)
  count({ passed: result.numPassedTests, failed, skipped: result.numPendingTests + result.numTodoTests })
}

function runStories(more = {}) {
  const browser = findBrowser()
  if (!browser) return countUnreported('e2e')
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
  if (!existsSync(report)) return countUnreported('e2e')
  const { stats, suites } = JSON.parse(readFileSync(report, 'utf8'))
  noteStoryFailures(suites)
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
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
