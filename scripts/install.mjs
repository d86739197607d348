/**
 * Brings a fresh clone to the point where TypeScript can run: dependencies as locked, and Prisma's client.
 * Plain JavaScript without imports from packages, because nothing is installed yet. Does nothing when all is in place.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules', '.teststrip-installed')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(
    `Teststrip needs Node 20.9 or newer; this is ${process.version}. Install a newer Node and run this again.`,
  )
  process.exit(1)
}

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(process.version)
  .digest('hex')
const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock

if (!isCurrent) {
  console.log('• Installing dependencies (a minute or two, once)')
  // Not `npm ci`: it refuses where a registry lacks optional packages of other platforms. This keeps to the lock all
  // the same, and --no-save leaves it as it is.
  const npm = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      // The CPU and WebGPU providers are inside the npm package; its install script would fetch CUDA libraries.
      ONNXRUNTIME_NODE_INSTALL: process.env.ONNXRUNTIME_NODE_INSTALL ?? 'skip',
      // Prisma's engines come from a host that need not be reachable; nothing here uses them.
      PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
      NODE_ENV: 'development',
    },
  })
  if (npm.status !== 0) {
    console.error(
      'The dependencies could not be installed. Check that the npm registry can be reached, then run this again.',
    )
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

const generate = spawnSync(process.execPath, [join(root, 'scripts', 'generate-prisma.mjs')], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(generate.status ?? 1)
