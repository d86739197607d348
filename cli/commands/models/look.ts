import { loadPack, packInfo } from '#diffusion'

/** A pack as lists and checks show it. */
export interface LookedPack {
  /** A folder with a pack.json, or the file of a loose denoiser. */
  folder: string
  name: string | null
  title: string | null
  hash: string | null
  clip: string[]
  secondary: boolean
  lpips: boolean
  /** Why it cannot render; null when it can. */
  problem: string | null
}

/** Opens a pack far enough to know that every tensor is there and every hash is right. */
export async function look(folder: string): Promise<LookedPack> {
  try {
    const { name, title, hash, clip, secondary, lpips } = packInfo(await loadPack(folder))

    return { folder, name, title, hash, clip: clip.map((each) => each.name), secondary, lpips, problem: null }
  } catch (error) {
    const none = { name: null, title: null, hash: null, clip: [], secondary: false, lpips: false }

    return { folder, ...none, problem: (error as Error).message }
  }
}

/** Opens packs one after the other: each hashes all of its files, which keeps one disk busy enough. */
export async function lookAtAll(folders: readonly string[]): Promise<LookedPack[]> {
  const packs: LookedPack[] = []
  for (const folder of folders) packs.push(await look(folder))

  return packs
}
