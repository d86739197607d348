import { TeststripError } from '#study'
import type { Device } from './device.ts'

interface Waiter {
  pack: string
  /** How often somebody who came later was served before. */
  passed: number
  take(device: Device): void
}

/** Loading a pack again costs more than a short wait, but nobody waits for ever. */
const mostPassed = 3

/**
 * The devices of this machine, shared by the queues of all packs: a device goes to whoever wants the weights that are
 * warm on it, else first come, first served. Those set aside are not handed out; while all are, the pool is closed.
 */
export class DevicePool {
  readonly #busy = new Set<Device>()
  readonly #waiting: Waiter[] = []
  readonly #listeners = new Set<() => void>()

  constructor(readonly devices: readonly Device[]) {}

  /** Waits for a free device; `release` it afterwards. */
  async acquire(pack: string, signal: AbortSignal): Promise<Device> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
        reject(new TeststripError('cancelled', 'Cancelled while waiting for a free device.'))
      }
      const waiter: Waiter = {
        pack,
        passed: 0,
        take: (device) => {
          signal.removeEventListener('abort', leave)
          resolve(device)
        },
      }
      this.#waiting.push(waiter)
      signal.addEventListener('abort', leave, { once: true })
      if (signal.aborted) leave()
      this.#serve()
    })
  }

  release(device: Device): void {
    this.#busy.delete(device)
    this.refresh()
  }

  /** To be told when devices were set aside or brought back. */
  refresh(): void {
    this.#serve()
    for (const listener of [...this.#listeners]) listener()
  }

  get isOpen(): boolean {
    return this.devices.some((device) => device.aside === null)
  }

  /** Calls `listener` after every change, until what it returns is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)

    return () => this.#listeners.delete(listener)
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const free = this.devices.filter((device) => device.aside === null && !this.#busy.has(device))
      if (free.length === 0) return

      const [device, waiter] = this.#match(free)
      const place = this.#waiting.indexOf(waiter)
      for (const earlier of this.#waiting.slice(0, place)) earlier.passed++
      this.#waiting.splice(place, 1)
      this.#busy.add(device)
      waiter.take(device)
    }
  }

  #match(free: readonly Device[]): [Device, Waiter] {
    const first = this.#waiting[0]!
    const warmFor = ({ pack }: Waiter): Device | undefined => free.find((device) => device.warm === pack)
    if (first.passed < mostPassed)
      for (const waiter of this.#waiting) {
        const device = warmFor(waiter)
        if (device) return [device, waiter]
      }

    // A cold device rather than one that somebody else's weights are warm on.
    return [warmFor(first) ?? free.find((device) => device.warm === null) ?? free[0]!, first]
  }
}
