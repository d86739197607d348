import { TeststripError } from '#study'
import type { Device } from './device.ts'

/** The devices of this machine, shared by the queues of all packs: first come, first served. */
export class DevicePool {
  readonly #free: Device[]
  readonly #waiting: ((device: Device) => void)[] = []

  constructor(readonly devices: readonly Device[]) {
    this.#free = [...devices]
  }

  /** Waits for a free device; `release` it afterwards. */
  async acquire(signal: AbortSignal): Promise<Device> {
    const free = this.#free.shift()
    if (free) return free

    return new Promise((resolve, reject) => {
      const take = (device: Device): void => {
        signal.removeEventListener('abort', leave)
        resolve(device)
      }
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1)
        reject(new TeststripError('cancelled', 'Cancelled while waiting for a free device.'))
      }
      this.#waiting.push(take)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  release(device: Device): void {
    const next = this.#waiting.shift()
    if (next) next(device)
    else this.#free.push(device)
  }
}
