import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endProcess, forgetProcess, rememberProcess } from './processes.ts'

export interface ServiceOptions {
  name: string
  data: string
  command: string
  args: readonly string[]
  cwd: string
  env?: NodeJS.ProcessEnv
  uid?: number
  gid?: number
  stopSignal?: NodeJS.Signals
  graceMs: number
  /** Told when the service ended by itself and is started again. */
  onRestart?: (ended: string) => void
}

export interface Service {
  pid(): number | null
  stop(): Promise<void>
}

const logLimit = 16 * 1024 * 1024

/** Output goes to `logs/<name>.log`; one older file is kept. */
function openLog(data: string, name: string): number {
  const path = join(data, 'logs', `${name}.log`)
  if (existsSync(path) && statSync(path).size > logLimit) renameSync(path, `${path}.1`)

  return openSync(path, 'a')
}

/**
 * Keeps one child process running until told to stop: a child that ends by itself is started again, at once the
 * first time and ever more slowly while it keeps failing. Each child leads a process group of its own, so that
 * Ctrl-C reaches only the supervisor, which stops the children in order.
 */
export function keepRunning(options: ServiceOptions): Service {
  let child: ChildProcess | null = null
  let isStopping = false
  let failures = 0

  const launch = () => {
    const log = openLog(options.data, options.name)
    const began = Date.now()
    child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', log, log],
      detached: true,
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid }),
    })
    closeSync(log)
    if (child.pid !== undefined) rememberProcess(options.data, options.name, child.pid)

    let isOver = false
    const over = async (ended: string) => {
      if (isOver) return
      isOver = true
      child = null
      if (isStopping) return
      failures = Date.now() - began > 30_000 ? 0 : failures + 1
      options.onRestart?.(ended)
      await sleep(Math.min(10_000, failures <= 1 ? 100 : 250 * 2 ** failures))
      if (!isStopping) launch()
    }
    child.once('error', (error) => void over(error.message))
    child.once('exit', (code, signal) => void over(signal ?? `exit code ${code}`))
  }
  launch()

  return {
    pid: () => child?.pid ?? null,
    async stop() {
      isStopping = true
      const pid = child?.pid
      if (pid !== undefined) await endProcess(pid, { signal: options.stopSignal, graceMs: options.graceMs })
      forgetProcess(options.data, options.name)
    },
  }
}
