import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { renderingEnvironment } from '#diffusion'
import type { Recipe } from '#study'
import type { Logger } from '../log.ts'
import { oomKills } from './oom-kills.ts'
import { type FromRenderer, fromRenderer, type ToRenderer } from './protocol.ts'
import { type Patience, patience, StepWatch } from './step-watch.ts'

export interface RenderJob {
  recipe: Recipe
  /** bytes of the pictures that the recipe names, by these names (none) */
  pictures?: Record<string, Uint8Array>
  /** `hash` as the worker registered it. */
  pack: { folder: string; hash: string }
  resumeFrom?: Uint8Array
  /** rung of the memory ladder to begin at (0) */
  rung?: number
}

export interface RenderHooks {
  onProgress(progress: { step: number; of: number; preview?: Uint8Array }): void
  onCheckpoint(checkpoint: { step: number; bytes: Uint8Array }): void
  onPartial(partial: PartialPicture): void
}

/** A picture of the growing render that intermediate_saves asks for. */
export interface PartialPicture {
  step: number
  png: Uint8Array
  width: number
  height: number
}

/** How one job ended. A renderer that died is an ending like any other. */
export type RenderEnding =
  | ({ outcome: 'done' } & Omit<Extract<FromRenderer, { type: 'done' }>, 'type' | 'id'>)
  | { outcome: 'failed'; code: string; message: string }
  | { outcome: 'stopped'; checkpoint: { step: number; bytes: Uint8Array } | null }
  /** `together`: how many renders were in it. `starved`: memory ran out; null where nobody can tell. */
  | { outcome: 'died'; how: string; together: number; starved: boolean | null }

/** A renderer as a device sees it. */
export type RenderProcess = Pick<Renderer, 'pid' | 'prove' | 'render' | 'close'>
export type OpenRenderer = (options: { device: string; threads: number; log: Logger }) => RenderProcess

interface Running {
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
  readonly #running = new Map<number, Running>()
  #jobs = 0
  #prove: ((reason: string | null) => void) | null = null
  /** Killed from here, because a render did not stop in time. */
  #killed = false
  /** Killed from here, because it took no step any more. */
  #hung: string | null = null

  constructor(
    private readonly options: { device: string; threads: number; log: Logger; patience?: Patience },
  ) {}

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** Starts the process and has its device prove itself: null, or why it must not render. */
  prove(): Promise<string | null> {
    return new Promise((resolve) => {
      this.#prove = (reason) => {
        this.#prove = null
        resolve(reason)
      }
      this.#start()
    })
  }

  /** Jobs that run at once are stepped together. Never throws for what happens in there: see `RenderEnding`. */
  render(job: RenderJob, hooks: RenderHooks, signal: AbortSignal): Promise<RenderEnding> {
    const child = this.#start()
    const id = ++this.#jobs

    return new Promise<RenderEnding>((resolve) => {
      let killing: NodeJS.Timeout | undefined
      const watch = new StepWatch(this.options.patience ?? patience, (seconds) => {
        this.#hung = `hung: no step for ${seconds} s`
        child.kill('SIGKILL')
      })
      const stop = (): void => {
        send(child, { type: 'stop', id })
        killing = setTimeout(() => {
          this.#killed = true
          child.kill('SIGKILL')
        }, stopGraceMs)
      }
      const end = (ending: RenderEnding): void => {
        clearTimeout(killing)
        watch.end()
        signal.removeEventListener('abort', stop)
        this.#running.delete(id)
        resolve(
          ending.outcome === 'died' && (signal.aborted || this.#killed)
            ? { outcome: 'stopped', checkpoint: null }
            : ending,
        )
      }

      const onProgress: RenderHooks['onProgress'] = (progress) => {
        watch.step()
        hooks.onProgress(progress)
      }
      this.#running.set(id, { hooks: { ...hooks, onProgress }, end })
      send(child, {
        type: 'render',
        id,
        rung: 0,
        ...job,
        pictures: job.pictures ?? {},
        checkpointSeconds: 5,
        previewSeconds: 0.5,
      })
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
      env: renderingEnvironment(),
      execArgv: ['--import', import.meta.resolve('tsx')],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#child = child
    this.#killed = false
    this.#hung = null
    const killsBefore = oomKills()
    log.info({ pid: child.pid }, 'renderer started')

    child.on('message', (message) => this.#hear(message))
    child.on('error', (error) =>
      log.warn({ pid: child.pid, reason: error.message }, 'renderer cannot be reached'),
    )
    child.once('exit', (code, signal) => {
      const how = this.#hung ?? (signal ? `killed by ${signal}` : `ended with code ${code}`)
      this.#child = null
      log.info({ pid: child.pid, how }, 'renderer gone')
      this.#prove?.(`The renderer of ${device} was ${how} while its device was tried.`)
      const together = this.#running.size
      const kills = oomKills()
      const starved =
        kills === null || killsBefore === null ? null : signal === 'SIGKILL' && kills > killsBefore
      for (const running of [...this.#running.values()])
        running.end({ outcome: 'died', how, together, starved })
    })

    return child
  }

  #hear(raw: unknown): void {
    const message = fromRenderer.parse(raw)
    if (message.type === 'ready' || message.type === 'refused') {
      if (this.#prove) this.#prove(message.type === 'ready' ? null : message.message)
      // A device that worked before and does not any more, as after a driver was reset.
      else if (message.type === 'refused') this.#refuse(message.message)

      return
    }
    const running = this.#running.get(message.id)
    if (!running) return

    if (message.type === 'progress') running.hooks.onProgress(message)
    else if (message.type === 'checkpoint') running.hooks.onCheckpoint(message)
    else if (message.type === 'partial') running.hooks.onPartial(message)
    else {
      const { type, id: _, ...rest } = message
      running.end({ outcome: type, ...rest } as RenderEnding)
    }
  }

  #refuse(message: string): void {
    for (const running of [...this.#running.values()])
      running.end({ outcome: 'failed', code: 'unavailable', message })
    this.close()
  }
}

/** A message to a process that has just died is lost with it; its `exit` tells the story. */
const send = (child: ChildProcess, message: ToRenderer): void => {
  if (child.connected) child.send(message, () => undefined)
}
