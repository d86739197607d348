import { type Ledger, type Study, studyOutlook } from '#prisma'
import { completeRecipe, forecastSeconds, type Recipe, type Speed } from '#study'
import type { Device } from '../devices/device.ts'
import type { HeldPack } from '../packs.ts'
import { batchAtTail, shouldTake } from './tail.ts'

export interface TurnOptions {
  ledger: Ledger
  study: Study
  device: Device
  pack: HeldPack
  /** All that this worker holds: it makes way only for studies that it can serve. */
  packs: readonly string[]
  signal: AbortSignal
}

/** Long enough to drown the cost of a call, short enough to share a device. */
const turnMs = 20_000

/** A study's turn on a device: decides, before every claim, whether one more render should be begun. */
export class Turn {
  /** Something may be left for a next turn. */
  more = true
  /** Renders under way in it. */
  rendering = 0
  #begun = 0
  #makesWay = false
  readonly #until = performance.now() + turnMs
  /** Stands for all recipes of the study when devices are compared. */
  readonly #usual: Recipe

  constructor(private readonly options: TurnOptions) {
    this.#usual = completeRecipe(options.study.file.recipe, options.pack.info)
  }

  begin(): void {
    this.#begun++
    this.rendering++
  }

  end(): void {
    this.rendering--
  }

  /** @param place which of the renders that the device steps together, from 0 */
  async mayBegin(place: number): Promise<boolean> {
    const { ledger, study, device, packs, signal } = this.options
    if (!this.more || this.#makesWay || device.aside !== null || place >= device.batch) return false
    if (signal.aborted || performance.now() >= this.#until) return false

    const { left, others, yields } = await studyOutlook(ledger, {
      studyId: study.id,
      device: device.id,
      packs,
    })
    // Every turn brings a study on by one picture at least.
    this.#makesWay = yields && this.#begun > 0
    if (this.#makesWay || place >= batchAtTail(left + this.rendering, device.batch, others.length + 1))
      return false

    this.more = shouldTake({
      left,
      mine: this.#secondsAt(device.speed),
      others: others.map(({ speed }) => this.#secondsAt(speed)),
    })

    return this.more
  }

  #secondsAt(speed: Speed | null): number | null {
    return speed && forecastSeconds(this.#usual, this.options.pack.info, speed)
  }
}
