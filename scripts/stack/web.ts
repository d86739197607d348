import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keepRunning, type Service } from './service.ts'
import { root } from './settings.ts'
import { waitUntil } from './wait.ts'

/** What the dashboard is built from; a change in any of these makes the next start build again. */
const ingredients = [
  'web',
  'study',
  'charts',
  'prisma',
  'blobs',
  'archive',
  'workflows',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
]

function* filesOf(path: string): Generator<string> {
  if (statSync(join(root, path)).isFile()) {
    yield path

    return
  }
  for (const name of readdirSync(join(root, path)).sort()) {
    if (name !== '.next' && name !== 'next-env.d.ts' && !/\.test\.tsx?$/.test(name))
      yield* filesOf(`${path}/${name}`)
  }
}

function fingerprint(): string {
  const hash = createHash('sha256').update(process.version)
  for (const path of ingredients)
    for (const file of filesOf(path)) hash.update(file).update(readFileSync(join(root, file)))

  return hash.digest('hex')
}

const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')

/** Builds the dashboard unless the build at hand is of just these sources. */
export function buildWeb(say: (line: string) => void): void {
  const stamp = join(root, 'web', '.next', 'teststrip-build')
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return

  say('Building the dashboard (half a minute, once per version)')
  const built = spawnSync(process.execPath, [next, 'build', 'web'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (built.status !== 0)
    throw new Error(`The dashboard could not be built:\n${built.stdout}\n${built.stderr}`)
  writeFileSync(stamp, wanted)
}

export async function startWeb(options: {
  data: string
  port: number
  env: NodeJS.ProcessEnv
  onRestart?: (ended: string) => void
}): Promise<{ url: string; service: Service }> {
  const url = `http://127.0.0.1:${options.port}`
  const service = keepRunning({
    name: 'web',
    data: options.data,
    command: process.execPath,
    args: [next, 'start', 'web', '--hostname', '127.0.0.1', '--port', String(options.port)],
    cwd: root,
    env: { ...options.env, PORT: String(options.port), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    graceMs: 5000,
    onRestart: options.onRestart,
  })
  await waitUntil('The dashboard', 60, async () => {
    try {
      // Any answer will do here: whether all is well is asked afterwards.
      await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2000) })

      return true
    } catch {
      return false
    }
  })

  return { url, service }
}
