import type { DeviceOrders } from '#prisma'
import { demandOf, nextRung, type PackInfo, type Recipe, rungThatFits, type Speed } from '#study'
import type { Logger } from '../log.ts'
import { type OpenRenderer, Renderer, type RenderProcess } from '../renderer/renderer.ts'
import { Troubles } from './troubles.ts'

/** One thing that renders: its name in the ledger, its renderer process, how fast it has proved, and what fits it. */
export class Device {
  readonly renderer: RenderProcess
  readonly troubles = new Troubles()
  speed: Speed | null = null
  /** Why it gets no work; null while it does. */
  aside: string | null = null
  /** The pack whose weights it rendered with last. */
  warm: string | null = null
  /** Rung of the memory ladder by pack and size, where it was found by trying. */
  readonly fits = new Map<string, number>()
  #batch: number
  #limits: Pick<DeviceOrders, 'memoryLimit' | 'batchLimit'> = { memoryLimit: null, batchLimit: null }

  constructor(
    readonly options: {
      id: string
      kind: string
      threads: number
      log: Logger
      batch?: number
      /** Bytes, null when it does not say. */
      memory?: number | null
      /** What renders (a process of its own). */
      openRenderer?: OpenRenderer
    },
  ) {
    this.#batch = options.batch ?? 1
    const { kind: device, threads, log, openRenderer = (options) => new Renderer(options) } = options
    this.renderer = openRenderer({ device, threads, log })
  }

  get id(): string {
    return this.options.id
  }

  /** Renders that are stepped together. */
  get batch(): number {
    return Math.min(this.#batch, this.#limits.batchLimit ?? this.#batch)
  }

  /** What people want of it; under other limits, what fits has to be found anew. */
  obey({ aside, memoryLimit, batchLimit }: DeviceOrders): void {
    if (this.aside !== null && aside === null) this.troubles.forget()
    this.aside = aside
    if (memoryLimit === this.#limits.memoryLimit && batchLimit === this.#limits.batchLimit) return

    this.#limits = { memoryLimit, batchLimit }
    this.#batch = this.options.batch ?? 1
    this.fits.clear()
  }

  /** Where to begin on the memory ladder: what was found by trying, else what the forecast says. */
  rungFor(recipe: Recipe, pack: PackInfo): number {
    const memory = Math.min(
      this.options.memory ?? Number.POSITIVE_INFINITY,
      this.#limits.memoryLimit ?? Number.POSITIVE_INFINITY,
    )
    const found = this.fits.get(fitKey(recipe, pack))
    if (found !== undefined) return found

    return Number.isFinite(memory) ? rungThatFits(recipe, pack, { memory, pictures: this.batch }).rung : 0
  }

  /** What a render was finished with is what fits. */
  noteRung(recipe: Recipe, pack: PackInfo, rung: number): void {
    if (rung > this.rungFor(recipe, pack)) this.fits.set(fitKey(recipe, pack), rung)
  }

  /** One rung down for renders like this; false at the bottom. */
  spareMemory(recipe: Recipe, pack: PackInfo): boolean {
    const lower = this.#lower(recipe, pack)
    if (lower !== null) this.fits.set(fitKey(recipe, pack), lower)

    return lower !== null
  }

  canSpare(recipe: Recipe, pack: PackInfo): boolean {
    return this.#lower(recipe, pack) !== null
  }

  #lower(recipe: Recipe, pack: PackInfo): number | null {
    return nextRung(this.rungFor(recipe, pack), demandOf(recipe, this.batch))
  }

  /** Fewer renders at once, to find the one at which the renderer dies. */
  halveBatch(): void {
    this.#batch = Math.max(1, Math.floor(this.#batch / 2))
  }
}

const fitKey = (recipe: Recipe, pack: PackInfo): string => `${pack.hash} ${recipe.width_height.join('×')}`
