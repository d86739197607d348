import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

/** Different pictures; studies larger than this show them again. */
export const pictureCount = 24

export const pictureFile = (folder: string, seq: number): string => join(folder, `${seq % pictureCount}.png`)

/** Pictures that pack like rendered ones: soft shapes, texture and grain. Made once. */
export async function makePictures(folder: string, width: number, height: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let n = 0; n < pictureCount; n++) {
    const file = pictureFile(folder, n)
    if (existsSync(file)) continue
    const layers = await Promise.all(
      [64, 16, 4, 1].map(async (scale, i) => ({
        share: [0.62, 0.24, 0.1, 0.04][i]!,
        rgb: await noise({ width, height, scale, seed: 97 * n + i }),
      })),
    )
    const rgb = new Uint8Array(width * height * 3)
    for (let at = 0; at < rgb.length; at++)
      rgb[at] = layers.reduce((sum, layer) => sum + layer.share * layer.rgb[at]!, 0)
    await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 6 })
      .toFile(`${file}.part`)
    await rename(`${file}.part`, file)
  }
}

/** Random colours on a coarse grid, made smooth. */
function noise({
  width,
  height,
  scale,
  seed,
}: {
  width: number
  height: number
  scale: number
  seed: number
}) {
  const columns = Math.ceil(width / scale)
  const rows = Math.ceil(height / scale)
  const coarse = new Uint8Array(columns * rows * 3)
  let state = (seed + 1) * 2654435761
  for (let at = 0; at < coarse.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    coarse[at] = state >>> 24
  }

  return sharp(coarse, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer()
}
