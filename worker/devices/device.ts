import { demandOf, nextRung, type PackInfo, type Recipe, rungThatFits, type Speed } from '#study'
import type { Logger } from '../log.ts'
import { Renderer } from '../renderer/renderer.ts'

/** One thing that renders: its name in the ledger, its renderer process, how fast it has proved, and what fits it. */
export class Device {
  readonly renderer: Renderer
  speed: Speed | null = null
  /** Rung of the memory ladder by pack and size, where it was found by trying. */
  readonly fits = new Map<string, number>()
  /** Renders that are stepped together. */
  batch: number
  /** How often the renderer died at a render, by key. */
  readonly #deaths = new Map<string, number>()

  constructor(
    readonly options: {
      id: string
      kind: string
      threads: number
      log: Logger
      batch?: number
      /** Bytes, null when it does not say. */
      memory?: number | null
    },
  ) {
    this.batch = options.batch ?? 1
    this.renderer = new Renderer({ device: options.kind, threads: options.threads, log: options.log })
  }

  get id(): string {
    return this.options.id
  }

  /** Where to begin on the memory ladder: what was found by trying, else what the forecast says. */
  rungFor(recipe: Recipe, pack: PackInfo): number {
    const { memory = null } = this.options

    return (
      this.fits.get(fitKey(recipe, pack)) ??
      (memory === null ? 0 : rungThatFits(recipe, pack, { memory, pictures: this.batch }).rung)
    )
  }

  /** What a render was finished with is what fits. */
  noteRung(recipe: Recipe, pack: PackInfo, rung: number): void {
    if (rung > this.rungFor(recipe, pack)) this.fits.set(fitKey(recipe, pack), rung)
  }

  /** One rung down for renders like this; false at the bottom. */
  spareMemory(recipe: Recipe, pack: PackInfo): boolean {
    const lower = nextRung(this.rungFor(recipe, pack), demandOf(recipe, this.batch))
    if (lower !== null) this.fits.set(fitKey(recipe, pack), lower)

    return lower !== null
  }

  /** Fewer renders at once, to find the one at which the renderer dies. */
  halveBatch(): void {
    this.batch = Math.max(1, Math.floor(this.batch / 2))
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

const fitKey = (recipe: Recipe, pack: PackInfo): string => `${pack.hash} ${recipe.width_height.join('×')}`
