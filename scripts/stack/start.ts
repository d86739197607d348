import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '#prisma'
import { startSample } from './demo.ts'
import { freePort } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { endLeftover, forgetProcess, rememberedProcess, rememberProcess } from './processes.ts'
import { keepRunning, type Service } from './service.ts'
import { readStackSettings, root } from './settings.ts'
import { startTemporal } from './temporal.ts'
import { waitUntil } from './wait.ts'
import { buildWeb, startWeb } from './web.ts'

export interface StartOptions {
  port?: number
  demo: boolean
  open: boolean
  say: (line: string) => void
}

export interface Stack {
  url: string
  stop(): Promise<void>
}

interface Health {
  ok: boolean
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(3000) })

    return response.ok && ((await response.json()) as Health).ok
  } catch {
    return false
  }
}

function openBrowser(url: string): void {
  const command =
    process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open'
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return
  const child = spawn(command, [url], { stdio: 'ignore', detached: true })
  // No browser to open is no failure: the address has been printed.
  child.once('error', () => undefined)
  child.unref()
}

/**
 * Everything on this machine: Postgres and Temporal (unless given by DATABASE_URL, TEMPORAL_ADDRESS), the worker with
 * its renderer, the dashboard. Whatever ends by itself is started again; whatever an earlier, killed start left
 * behind is ended first.
 */
export async function startStack(options: StartOptions): Promise<Stack> {
  const settings = readStackSettings()
  const { data } = settings
  const running = rememberedProcess(data, 'start')
  if (running !== null && running !== process.pid) {
    throw new Error(
      `Teststrip already runs here (process ${running}); its address is in ${join(data, 'run', 'web.json')}.`,
    )
  }
  rememberProcess(data, 'start', process.pid)
  // Worker and dashboard first: they would only complain about the servers going away.
  await Promise.all([endLeftover(data, 'worker'), endLeftover(data, 'web')])

  const began: Service[] = []
  const restarted = (what: string) => (ended: string) =>
    options.say(`${what} ended (${ended}); starting it again`)
  const stop = async () => {
    for (const service of began.reverse()) await service.stop()
    forgetProcess(data, 'start')
  }

  try {
    buildWeb(options.say)
    if (!settings.databaseUrl || !settings.temporalAddress) options.say('Starting Postgres and Temporal')
    const [databaseUrl, temporal] = await Promise.all([
      settings.databaseUrl ??
        startPostgres({ data, durable: true, onRestart: restarted('Postgres') }).then((postgres) => {
          began.unshift(postgres.service)

          return postgres.url
        }),
      settings.temporalAddress
        ? { address: settings.temporalAddress, namespace: settings.temporalNamespace ?? 'default' }
        : startTemporal({
            data,
            tools: join(root, 'var', 'tools'),
            namespace: settings.temporalNamespace,
            say: options.say,
            onRestart: restarted('Temporal'),
          }).then((temporal) => {
            began.push(temporal.service)

            return temporal
          }),
    ])
    const { applied } = await migrate(databaseUrl)
    if (applied.length > 0) options.say(`Brought the database up to date (${applied.length} migrations)`)

    const env = {
      ...process.env,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      TESTSTRIP_BLOBS: settings.blobs,
      TESTSTRIP_MODELS: settings.models,
      TESTSTRIP_DATA: data,
    }
    options.say('Starting the worker and the dashboard')
    began.push(
      keepRunning({
        name: 'worker',
        data,
        command: process.execPath,
        args: ['--import', 'tsx', join(root, 'worker', 'main.ts'), '--role', 'all'],
        cwd: root,
        env,
        graceMs: 15_000,
        onRestart: restarted('The worker'),
      }),
    )
    const port = await freePort(options.port ?? settings.port ?? 3000)
    const web = await startWeb({ data, port, env, onRestart: restarted('The dashboard') })
    began.push(web.service)
    writeFileSync(join(data, 'run', 'web.json'), JSON.stringify({ url: web.url }))

    await waitUntil('Everything', 90, () => isHealthy(web.url))
    try {
      const isDeveloping = await startSample({ url: web.url, data, asked: options.demo })
      if (isDeveloping) options.say('The sample study is developing')
    } catch (error) {
      // Everything else works without the sample, so it is said and no more.
      options.say(`The sample study could not be started: ${(error as Error).message}`)
    }
    options.say(`Teststrip is at ${web.url}`)
    if (options.open) openBrowser(web.url)

    return { url: web.url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Runs the stack until Ctrl-C or SIGTERM. */
export async function runStack(options: StartOptions): Promise<void> {
  let stack: Stack | null = null
  let isStopping = false
  const end = async () => {
    if (isStopping) return
    isStopping = true
    options.say('Stopping; a picture that is being rendered goes on from its checkpoint next time')
    while (!stack) await sleep(50)
    await stack.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
  stack = await startStack(options)
  await new Promise(() => undefined)
}
