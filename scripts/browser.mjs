/** Finds a Chromium for the browser stories, or gets one. Prints nothing but one line when it has to fetch. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

const usual = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function installed() {
  const found = usual.find((path) => path && existsSync(path))
  if (found) return found
  const { chromium } = createRequire(import.meta.url)('@playwright/test')

  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null
}

/** The path of a Chromium, or null with the reason printed. */
export function findBrowser() {
  const found = installed()
  if (found) return found

  console.log('• Fetching Chromium for the browser stories (once)')
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'ignore',
      env,
    })
  }
  if (!installed())
    spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'ignore', timeout: 300_000 })
  const fetched = installed()
  if (!fetched) {
    console.error(
      'The browser stories need Chromium, and it could not be fetched. Install it (for example "apt-get install chromium"), ' +
        'or set CHROMIUM_PATH to one, and run npm test again.',
    )
  }

  return fetched
}
