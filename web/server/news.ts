import { listen } from '#prisma'
import { env } from './env.ts'
import { log } from './log.ts'
import { once } from './once.ts'

type Wake = () => void

/** Who waits for news of which study, and the one LISTEN client that brings it. */
class News {
  readonly #waiting = new Map<string, Set<Wake>>()
  #listening = false

  subscribe(studyId: string, wake: Wake): () => void {
    const waiting = this.#waiting.get(studyId) ?? new Set()
    waiting.add(wake)
    this.#waiting.set(studyId, waiting)
    if (!this.#listening) void this.#listen()

    return () => {
      waiting.delete(wake)
      if (waiting.size === 0) this.#waiting.delete(studyId)
    }
  }

  async #listen(): Promise<void> {
    this.#listening = true
    try {
      await listen(env().DATABASE_URL, (studyId) => this.#wake(studyId), {
        onReconnect: () => this.#wakeAll(),
      })
    } catch (error) {
      this.#listening = false
      log().warn({ err: error }, 'no news from the database yet; streams read by the clock until it is back')
      setTimeout(() => this.#waiting.size > 0 && !this.#listening && void this.#listen(), 2_000).unref()
    }
  }

  #wake(studyId: string): void {
    for (const wake of this.#waiting.get(studyId) ?? []) wake()
  }

  #wakeAll(): void {
    for (const studyId of this.#waiting.keys()) this.#wake(studyId)
  }
}

/** Calls `wake` whenever the study changes, until the returned function is called. */
export const onNews = (studyId: string, wake: Wake): (() => void) =>
  once('news', () => new News()).subscribe(studyId, wake)
