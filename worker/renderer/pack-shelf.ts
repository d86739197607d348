import { loadPack, type Pack } from '#diffusion'
import { TeststripError } from '#study'

/** The packs a renderer has opened. Checking a folder of weights takes far longer than a step, so it is done once. */
export class PackShelf {
  readonly #packs = new Map<string, Pack>()

  /** The pack in this folder, and only with the weights that the render was queued for. */
  async take({ folder, hash }: { folder: string; hash: string }): Promise<Pack> {
    const known = this.#packs.get(folder)
    if (known?.hash === hash) return known

    const pack = await loadPack(folder)
    if (pack.hash !== hash)
      throw new TeststripError(
        'pack_invalid',
        `The weights in ${folder} are no longer those that this worker registered. Restart the worker.`,
        { expected: hash, found: pack.hash },
      )
    this.#packs.set(folder, pack)

    return pack
  }
}
