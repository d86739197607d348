import sharp from 'sharp'
import { coordsOf, type Plan, seqOf } from '#study'

/**
 * All pictures of a study in one WebP without labels: the points of its first axis from left to right, those of the
 * others from top to bottom. Every tile is as large as the largest picture; smaller ones are in its middle.
 */
export async function atlasOf(plan: Plan, pictures: string[]): Promise<Uint8Array> {
  const sizes = await Promise.all(pictures.map((picture) => sharp(picture).metadata()))
  const width = Math.max(...sizes.map((size) => size.width))
  const height = Math.max(...sizes.map((size) => size.height))
  const [first, ...others] = plan.axes
  const columns = first?.points.length ?? 1
  const tiles = pictures.map((input, seq) => {
    const [column = 0, ...rest] = coordsOf(plan, seq)

    return {
      input,
      left: column * width + Math.floor((width - sizes[seq]!.width) / 2),
      top: seqOf({ axes: others }, rest) * height + Math.floor((height - sizes[seq]!.height) / 2),
    }
  })
  const sheet = sharp({
    create: {
      width: columns * width,
      height: (pictures.length / columns) * height,
      channels: 4,
      background: '#0000',
    },
  })

  return sheet.composite(tiles).webp({ quality: 92, smartSubsample: true }).toBuffer()
}
