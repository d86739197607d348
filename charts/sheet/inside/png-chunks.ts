import { deflateSync } from 'node:zlib'
import { crc32 } from './crc32.ts'

export const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Keyword of the iTXt chunk that holds the study. */
export const studyKeyword = 'teststrip'
/** Of the chunk that says what the pixels were when they were printed: `sha256:` and the hash of the RGB rows. */
export const pixelsKeyword = 'teststrip-pixels'
/** Of the chunk of a single picture that holds its recipe as Disco Diffusion settings. */
export const settingsKeyword = 'disco-diffusion-settings'
/** Of the chunk of a single picture that says which render of which study and pack it is. */
export const pictureKeyword = 'teststrip-picture'

/** Length, type, data and CRC (PNG §5.3). */
export const chunk = (type: string, data: Uint8Array): Buffer =>
  Buffer.concat([chunkHead(type, data.length), data, chunkTail(type, data)])

/** What stands in front of the data of a chunk. */
export function chunkHead(type: string, bytes: number): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(bytes)
  head.write(type, 4, 'latin1')

  return head
}

/** What stands behind it. */
export function chunkTail(type: string, data: Uint8Array): Buffer {
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc32(Buffer.from(type, 'latin1'), data))

  return tail
}

/** RGB, 8 bits a channel, not interlaced. */
export function headerChunk(width: number, height: number): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width)
  data.writeUInt32BE(height, 4)
  data[8] = 8
  data[9] = 2

  return chunk('IHDR', data)
}

/** Dots per metre (PNG §11.3.4.3). */
export function densityChunk(dpi: number): Buffer {
  const data = Buffer.alloc(9)
  data.writeUInt32BE(Math.round(dpi / 0.0254))
  data.writeUInt32BE(Math.round(dpi / 0.0254), 4)
  data[8] = 1

  return chunk('pHYs', data)
}

/** International text, compressed (PNG §11.3.3.4): keyword, flag, method, no language, no translated keyword, text. */
export function textChunk(keyword: string, text: string): Buffer {
  return chunk(
    'iTXt',
    Buffer.concat([Buffer.from(`${keyword}\0\x01\0\0\0`, 'latin1'), deflateSync(text, { level: 9 })]),
  )
}
