import { type Merges, type Speed, TeststripError } from '#study'
import { type Clip, type DeviceOptions, type Networks, openNetworks } from '../networks/index.ts'
import type { Pack } from '../pack/index.ts'
import { readMerges } from '../tokenizer/index.ts'

/** A pack's networks ready to run, with what the engine remembers of them. */
export interface OpenPack {
  networks: Networks
  merges: Merges
  mergeCount(clip: Clip): number
  /** text embeddings by CLIP and text */
  embeddings: Map<string, Float32Array>
  /** as last measured, by size */
  speeds: Map<string, Speed>
  /** renders that are being stepped together */
  members(): number
}

export async function openPack(pack: Pack, options: DeviceOptions): Promise<OpenPack> {
  const merges = readMerges()
  const networks = await openNetworks(pack, options)

  return {
    networks,
    merges,

    mergeCount(clip) {
      const part = pack.clip.find(({ entry }) => entry.name === clip.name)

      if (!part) throw new TeststripError('internal', `The pack has no CLIP named ${clip.name}.`)

      return part.merges
    },

    embeddings: new Map(),
    speeds: new Map(),
    members: () => 1,
  }
}
