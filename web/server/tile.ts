import sharp from 'sharp'
import type { TileEdge } from '../wire/atlas.ts'
import { blobs } from './blobs.ts'
import { once } from './once.ts'

/** Some 12 MB: the blocks of a running study are made anew every few seconds, mostly of the same tiles. */
const mostKept = 4_096

/** A picture squeezed into a square of `edge` pixels, raw RGB; grey when its bytes are gone. */
export async function tile(sha: string, edge: TileEdge): Promise<Uint8Array> {
  const kept = once('tiles', () => new Map<string, Promise<Uint8Array>>())
  const name = `${sha}-${edge}`
  const known = kept.get(name)
  if (known) return known

  const making = makeTile(sha, edge)
  kept.set(name, making)
  making.catch(() => kept.delete(name))
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!)

  return making
}

async function makeTile(sha: string, edge: TileEdge): Promise<Uint8Array> {
  const picture = await blobs().get(sha)
  if (!picture) return new Uint8Array(edge * edge * 3).fill(128)

  return sharp(picture)
    .resize(edge, edge, { fit: 'fill' })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .raw()
    .toBuffer()
}
