import sharp from 'sharp'

export interface PictureFacts {
  width: number
  height: number
  mediaType: string
  /** 8 bits of red, green and blue, row by row: as a PDF holds it. */
  isPlain: boolean
}

/** What the bytes of a picture are; null where they are none. */
export async function pictureFacts(bytes: Uint8Array): Promise<PictureFacts | null> {
  try {
    const { width, height, format, channels, depth, isProgressive, isPalette } = await sharp(bytes).metadata()

    return {
      width,
      height,
      mediaType: `image/${format === 'heif' ? 'avif' : format}`,
      isPlain:
        (format === 'png' && channels === 3 && depth === 'uchar' && !isProgressive && !isPalette) ||
        (format === 'jpeg' && channels === 3),
    }
  } catch {
    return null
  }
}
