import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { renderingEnvironment } from '#diffusion'
import { TeststripError } from '#study'
import { answer, type Question } from './protocol.ts'

const script = fileURLToPath(new URL('./main.ts', import.meta.url))

export interface Measured {
  distances: ReadonlyMap<string, number>
  problems: ReadonlyMap<string, string>
}

/** The worker's end of the process for distances: started at the first question, and anew after it died. */
export class Measurer {
  #child: ChildProcess | null = null

  /** One question at a time. Throws where nothing could be measured at all. */
  measure(question: Question): Promise<Measured> {
    const child = this.#start()

    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        child.off('message', onMessage)
        child.off('exit', onExit)
        settle()
      }
      const onMessage = (raw: unknown): void => {
        const said = answer.parse(raw)
        end(() =>
          'failure' in said ? reject(new TeststripError('pack_invalid', said.failure)) : resolve(said),
        )
      }
      const onExit = (code: number | null, signal: string | null): void =>
        end(() =>
          reject(
            new TeststripError('internal', `The process for distances ended by ${signal ?? `code ${code}`}.`),
          ),
        )
      child.on('message', onMessage)
      child.once('exit', onExit)
      child.send(question, () => undefined)
    })
  }

  close(): void {
    this.#child?.kill('SIGKILL')
    this.#child = null
  }

  #start(): ChildProcess {
    if (this.#child?.connected) return this.#child
    const child = fork(script, {
      env: renderingEnvironment(),
      execArgv: ['--import', import.meta.resolve('tsx')],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.on('error', () => undefined)
    this.#child = child

    return child
  }
}
