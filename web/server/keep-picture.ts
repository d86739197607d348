import sharp from 'sharp'
import { recordBlob } from '#prisma'
import {
  mostPicturePixels,
  pictureFormats,
  pictureFormatWords,
  pictureReference,
  TeststripError,
} from '#study'
import type { KeptPicture } from '../wire/kept-picture.ts'
import { blobs } from './blobs.ts'
import { ledger } from './ledger.ts'

const longestSeconds = 20

/** Keeps a picture that was handed in, as it came, once it has proved to be one. Equal bytes are one picture. */
export async function keepPicture(bytes: Uint8Array): Promise<KeptPicture> {
  const { type, width, height } = await checkPicture(bytes)
  const sha = await blobs().put(bytes, type)
  await recordBlob(ledger(), { sha, bytes: bytes.byteLength, mediaType: type, width, height })

  return { reference: pictureReference(sha), sha256: sha, type, width, height, bytes: bytes.byteLength }
}

/** Whoever sends it may mean harm: only known formats, of a size that fits in memory, and unpacked to the end. */
async function checkPicture(bytes: Uint8Array): Promise<{ type: string; width: number; height: number }> {
  const refuse = (why: string): never => {
    throw new TeststripError('invalid_input', `The file ${why}`)
  }
  if (bytes.length === 0) refuse('is empty.')

  const open = () => sharp(bytes, { limitInputPixels: mostPicturePixels, failOn: 'error' })
  const found = await open()
    .metadata()
    .catch(() => null)
  if (!found || !pictureFormats.includes(found.format))
    return refuse(`is no picture that can be used; send a ${pictureFormatWords}.`)

  const { format, width, height } = found
  if (width * height > mostPicturePixels)
    refuse(`has ${width} × ${height} pixels; ${mostPicturePixels / 1e6} million are the most that are taken.`)
  await open()
    .resize(64, 64, { fit: 'inside' })
    .timeout({ seconds: longestSeconds })
    .raw()
    .toBuffer()
    .catch((error: Error) =>
      refuse(`cannot be read to its end, so it may be damaged (${error.message.split('\n')[0]}).`),
    )

  return { type: format === 'heif' ? 'image/avif' : `image/${format}`, width, height }
}
