import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Recipe } from '#study'
import type { Logger } from '../log.ts'
import { type FromRenderer, fromRenderer, type ToRenderer } from './protocol.ts'

export interface RenderJob {
  recipe: Recipe
  /** `hash` as the worker registered it. */
  pack: { folder: string; hash: string }
  resumeFrom?: Uint8Array
}

export interface RenderHooks {
  onProgress(progress: { step: number; of: number; preview?: Uint8Array }): void
  onCheckpoint(checkpoint: { step: number; bytes: Uint8Array }): void
}

/** How one job ended. A renderer that died is an ending like any other. */
export type RenderEnding =
  | ({ outcome: 'done' } & Omit<Extract<FromRenderer, { type: 'done' }>, 'type' | 'id'>)
  | { outcome: 'failed'; code: string; message: string }
  | { outcome: 'stopped'; checkpoint: { step: number; bytes: Uint8Array } | null }
  | { outcome: 'died'; how: string }

interface Running {
  id: number
  hooks: RenderHooks
  end(ending: RenderEnding): void
}

const script = fileURLToPath(new URL('./main.ts', import.meta.url))
/** How long a renderer may take to reach its next step before it is killed; its last checkpoint remains. */
const stopGraceMs = 2_000

/**
 * The worker's end of one renderer process: started at the first job, kept warm, started anew after it died. ONNX
 * Runtime lives in there alone, because a run blocks its event loop and cannot be broken off from within.
 */
export class Renderer {
  #child: ChildProcess | null = null
  #running: Running | null = null
  #jobs = 0

  constructor(private readonly options: { device: string; threads: number; log: Logger }) {}

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** One job at a time. Never throws for what happens in there: see `RenderEnding`. */
  render(job: RenderJob, hooks: RenderHooks, signal: AbortSignal): Promise<RenderEnding> {
    const child = this.#start()
    const id = ++this.#jobs

    return new Promise<RenderEnding>((resolve) => {
      let killing: NodeJS.Timeout | undefined
      const stop = (): void => {
        send(child, { type: 'stop', id })
        killing = setTimeout(() => child.kill('SIGKILL'), stopGraceMs)
      }
      const end = (ending: RenderEnding): void => {
        clearTimeout(killing)
        signal.removeEventListener('abort', stop)
        this.#running = null
        resolve(
          ending.outcome === 'died' && signal.aborted ? { outcome: 'stopped', checkpoint: null } : ending,
        )
      }

      this.#running = { id, hooks, end }
      send(child, { type: 'render', id, ...job, checkpointSeconds: 5, previewSeconds: 0.5 })
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
    })
  }

  close(): void {
    this.#child?.kill('SIGKILL')
  }

  #start(): ChildProcess {
    if (this.#child) return this.#child

    const { device, threads, log } = this.options
    const child = fork(script, ['--device', device, '--threads', String(threads)], {
      execArgv: ['--import', import.meta.resolve('tsx')],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#child = child
    log.info({ pid: child.pid }, 'renderer started')

    child.on('message', (message) => this.#hear(message))
    child.on('error', (error) =>
      log.warn({ pid: child.pid, reason: error.message }, 'renderer cannot be reached'),
    )
    child.once('exit', (code, signal) => {
      const how = signal ? `killed by ${signal}` : `ended with code ${code}`
      this.#child = null
      log.info({ pid: child.pid, how }, 'renderer gone')
      this.#running?.end({ outcome: 'died', how })
    })

    return child
  }

  #hear(raw: unknown): void {
    const message = fromRenderer.parse(raw)
    const running = this.#running
    if (message.type === 'ready' || running?.id !== message.id) return

    if (message.type === 'progress') running.hooks.onProgress(message)
    else if (message.type === 'checkpoint') running.hooks.onCheckpoint(message)
    else {
      const { type, id: _, ...rest } = message
      running.end({ outcome: type, ...rest } as RenderEnding)
    }
  }
}

/** A message to a process that has just died is lost with it; its `exit` tells the story. */
const send = (child: ChildProcess, message: ToRenderer): void => {
  if (child.connected) child.send(message, () => undefined)
}
