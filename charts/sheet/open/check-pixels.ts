import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { pixelsKeyword, signature } from '../inside/png-chunks.ts'
import { readPngTexts } from '../inside/png-texts.ts'
import { mostHashedPixels } from '../print/write-png.ts'

/**
 * Are the pixels of a PNG sheet those that were printed? Null where that cannot be told: other formats lose detail
 * or keep pictures as they are, and very large pages would take too much memory.
 */
export async function checkPixels(path: string): Promise<'same' | 'changed' | null> {
  const file = await readFile(path)
  if (!file.subarray(0, 8).equals(signature)) return null
  const said = readPngTexts(file, [pixelsKeyword]).get(pixelsKeyword)
  const picture = sharp(file, { limitInputPixels: mostHashedPixels })
  const { width = 0, height = 0 } = await sharp(file, { limitInputPixels: false }).metadata()
  if (!said || width * height > mostHashedPixels) return null

  const { data } = await picture
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })

  return said === `sha256:${createHash('sha256').update(data).digest('hex')}` ? 'same' : 'changed'
}
