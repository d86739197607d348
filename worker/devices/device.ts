import type { Speed } from '#study'
import type { Logger } from '../log.ts'
import { Renderer } from '../renderer/renderer.ts'

/** One thing that renders: its name in the ledger, its renderer process, and how fast it has proved to be. */
export class Device {
  readonly renderer: Renderer
  speed: Speed | null = null
  /** How often the renderer died at a render, by key. */
  readonly #deaths = new Map<string, number>()

  constructor(readonly options: { id: string; kind: string; threads: number; log: Logger }) {
    this.renderer = new Renderer({ device: options.kind, threads: options.threads, log: options.log })
  }

  get id(): string {
    return this.options.id
  }

  /** Returns how many times the renderer has now died at this render. */
  countDeath(key: string): number {
    const deaths = (this.#deaths.get(key) ?? 0) + 1
    this.#deaths.set(key, deaths)

    return deaths
  }

  forgive(key: string): void {
    this.#deaths.delete(key)
  }
}
