import sharp from 'sharp'
import { TeststripError } from '#study'
import { blobs } from './blobs.ts'
import { once } from './once.ts'

const widths = [32, 96, 256, 512] as const
/** Some 50 MB at most: thumbnails are kept because a grid asks for all of them again after every restart of a browser. */
const mostKept = 2_000

/** `256.webp` → 256. Only a few widths exist, so that nobody can make the server resize without end. */
export function widthOf(file: string): number {
  const width = Number(/^(\d+)\.webp$/.exec(file)?.[1])
  if (!widths.some((each) => each === width))
    throw new TeststripError(
      'not_found',
      `Thumbnails are ${widths.join(', ')} pixels wide, as in 256.webp; not "${file}".`,
    )

  return width
}

/** A picture as WebP, at most `width` pixels wide; never enlarged. */
export async function thumbnail(sha: string, width: number): Promise<Uint8Array> {
  const kept = once('thumbnails', () => new Map<string, Uint8Array>())
  const name = `${sha}-${width}`
  const known = kept.get(name)
  if (known) return known

  const picture = await blobs().get(sha)
  if (!picture) throw new TeststripError('not_found', `There is no picture ${sha}.`)
  const webp = await sharp(picture)
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: 86 })
    .toBuffer()
  kept.set(name, webp)
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!)

  return webp
}
