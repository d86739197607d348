import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../stack/ports.ts'
import { root } from '../stack/settings.ts'
import { answers, waitUntil } from '../stack/wait.ts'

const version = '1.8.0'
const tools = join(root, 'var', 'tools', `versitygw-${version}`)

/**
 * A real S3 server for tests: versitygw from PATH, or from `var/tools`, where TESTSTRIP_TEST_S3=1 builds it once with
 * Go (some minutes). Else the reason why there is none, for the test to be skipped with.
 */
export function findS3Server(): { program: string; missing: null } | { program: null; missing: string } {
  const known = [onPath('versitygw'), join(tools, 'versitygw')].find((path) => path && existsSync(path))
  if (known) return { program: known, missing: null }
  if (process.env.TESTSTRIP_TEST_S3 !== '1')
    return {
      program: null,
      missing: 'there is no versitygw here; TESTSTRIP_TEST_S3=1 builds it once with Go',
    }
  if (!onPath('go'))
    return { program: null, missing: 'there is no versitygw here, and no Go to build it with' }

  return build()
}

function build(): ReturnType<typeof findS3Server> {
  const draft = `${tools}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  const built = spawnSync(
    'go',
    ['install', '-trimpath', '-ldflags=-s -w', `github.com/versity/versitygw/cmd/versitygw@v${version}`],
    { env: { ...process.env, GOBIN: draft }, encoding: 'utf8' },
  )
  if (built.status === 0 && !existsSync(tools)) renameSync(draft, tools)
  rmSync(draft, { recursive: true, force: true })
  if (built.status === 0) return { program: join(tools, 'versitygw'), missing: null }

  return { program: null, missing: `versitygw could not be built: ${built.stderr.trim().split('\n').at(-1)}` }
}

function onPath(program: string): string | null {
  const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', [program], { encoding: 'utf8' })

  return found.status === 0 ? found.stdout.trim().split('\n')[0]! : null
}

export interface S3Server {
  port: number
  /** A bucket is a folder in here, an object a file. */
  folder: string
  /** What its users set. */
  env: Record<'AWS_ENDPOINT_URL_S3' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_REGION', string>
  stop(): Promise<void>
}

/** Starts it on loopback over an empty folder of its own, with one bucket, `pictures`. */
export async function startS3Server(program: string): Promise<S3Server> {
  const base = mkdtempSync(join(tmpdir(), 'teststrip-s3-'))
  const folder = join(base, 'buckets')
  mkdirSync(join(folder, 'pictures'), { recursive: true })
  mkdirSync(join(base, 'sidecar'))
  const port = await freePort(47_070)
  const keys = { access: 'AKTESTSTRIP', secret: 'not-to-be-seen-anywhere' }
  const server: ChildProcess = spawn(
    program,
    [
      ...['--access', keys.access, '--secret', keys.secret, '--port', `127.0.0.1:${port}`, '--quiet'],
      // Beside the files, because not every file system keeps extended attributes.
      ...['posix', '--sidecar', join(base, 'sidecar'), folder],
    ],
    { stdio: 'ignore' },
  )
  const ended = new Promise((resolve) => server.once('exit', resolve))
  await waitUntil('The S3 server', 30, () => answers('127.0.0.1', port))

  return {
    port,
    folder,
    env: {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: keys.access,
      AWS_SECRET_ACCESS_KEY: keys.secret,
      AWS_REGION: 'us-east-1',
    },
    stop: async () => {
      // It would first wait for idle connections.
      server.kill('SIGKILL')
      await ended
      rmSync(base, { recursive: true, force: true })
    },
  }
}
