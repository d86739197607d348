import { TeststripError } from '#study'
import type { Networks, Size } from '../networks/index.ts'
import { askingNetworks } from './asking-networks.ts'
import { answer, type Question, type Waiting } from './question.ts'

/** A place among renders of one size that are stepped together. */
export interface Seat {
  /** The networks as this render sees them: a call is answered when all who are there have asked. */
  readonly networks: Networks
  /** The render waits for whoever reads its events: the others do not wait for it meanwhile. */
  pause(): void
  resume(): void
  leave(): void
}

interface Member {
  paused: boolean
  waiting: Waiting | null
}

/**
 * Several renders of one size, stepped together. Each remains the render it is alone; only its calls of denoiser and
 * secondary model wait until every render that is there waits too, and equal calls then become one run of N pictures.
 * Calls inside a step come first, so that all meet at the beginning of the next one; that is where renders join and
 * leave. A render alone is asked for nothing else than without all this, so its bits are the same.
 */
export function stepTogether(
  networks: Networks,
  size: Size,
): { join(signal?: AbortSignal): Seat; readonly members: number } {
  const members = new Set<Member>()
  let isPlanned = false
  let isRunning = false

  /** Those who were answered go on in microtasks; one turn of the event loop later it shows who asks again. */
  const plan = () => {
    if (isPlanned || isRunning) return
    isPlanned = true
    setImmediate(() => {
      isPlanned = false
      void answerAll()
    })
  }

  const answerAll = async () => {
    const present = [...members].filter(({ paused }) => !paused)
    const asking = present.flatMap(({ waiting }) => waiting ?? [])

    if (asking.length === 0 || asking.length < present.length) return

    const inside = asking.filter(({ opens }) => !opens)
    const now = inside.length > 0 ? inside : asking
    for (const member of present) if (member.waiting && now.includes(member.waiting)) member.waiting = null

    isRunning = true
    for (const kind of new Set(now.map((question) => question.kind)))
      await answer(now.filter((question) => question.kind === kind))
    isRunning = false
    plan()
  }

  const ask = (member: Member, question: Question, signal?: AbortSignal) =>
    new Promise<readonly Float32Array[]>((resolve, reject) => {
      const stop = () => {
        if (member.waiting !== mine) return
        member.waiting = null
        reject(new TeststripError('cancelled', 'The render was cancelled.'))
      }
      const quit = () => signal?.removeEventListener('abort', stop)
      const mine: Waiting = {
        ...question,
        answer(arrays) {
          quit()
          resolve(arrays)
        },
        fail(error) {
          quit()
          reject(error)
        },
      }
      member.waiting = mine
      signal?.addEventListener('abort', stop, { once: true })
      plan()
    })

  return {
    get members() {
      return members.size
    },

    join(signal) {
      const member: Member = { paused: false, waiting: null }
      members.add(member)

      return {
        networks: askingNetworks(networks, size, (question) => ask(member, question, signal)),
        pause() {
          member.paused = true
          plan()
        },
        resume() {
          member.paused = false
        },
        leave() {
          members.delete(member)
          plan()
        },
      }
    },
  }
}
