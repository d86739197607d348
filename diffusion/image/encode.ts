import sharp from 'sharp'
import type { Size } from '../networks/index.ts'

const previewSide = 256

/** Interleaved 8-bit RGB as PNG. The same pixels give the same bytes. */
export async function encodePng(rgb: Uint8Array, [width, height]: Size): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer()
}

/** Interleaved 8-bit RGB as a WebP of at most 256 pixels a side. */
export async function encodePreview(rgb: Uint8Array, [width, height]: Size): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize({ width: previewSide, height: previewSide, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75, effort: 2 })
    .toBuffer()
}
