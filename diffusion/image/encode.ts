import sharp from 'sharp'
import type { Size } from '../networks/index.ts'

const previewSide = 256

/** Interleaved 8-bit RGB as PNG. The same pixels give the same bytes. */
export async function encodePng(rgb: Uint8Array, [width, height]: Size): Promise<Uint8Array> {
  const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer()

  return Uint8Array.from(png)
}

/** Interleaved 8-bit RGB as a WebP of at most 256 pixels a side. */
export async function encodePreview(rgb: Uint8Array, [width, height]: Size): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize({ width: previewSide, height: previewSide, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75, effort: 2 })
    .toBuffer()
}

/** A PNG of ours as interleaved 8-bit RGB. */
export async function decodePng(png: Uint8Array): Promise<Uint8Array> {
  return Uint8Array.from(await sharp(png).removeAlpha().raw().toBuffer())
}
