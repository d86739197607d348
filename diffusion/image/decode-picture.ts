import sharp from 'sharp'
import {
  mostPicturePixels,
  type NamedPicture,
  pictureFormats,
  pictureFormatWords,
  TeststripError,
} from '#study'
import type { Size } from '../networks/index.ts'

export interface Rgb8 {
  /** interleaved 8-bit RGB */
  rgb: Uint8Array
  size: Size
}

/**
 * The pixels of a picture file as `Image.open(…).convert('RGB')` gives them: the first page, transparency dropped, colour
 * profile and orientation not looked at.
 */
export async function decodePicture(bytes: Uint8Array, { parameter, name }: NamedPicture): Promise<Rgb8> {
  const picture = () =>
    sharp(bytes, { limitInputPixels: mostPicturePixels, ignoreIcc: true, failOn: 'error' })
  const refuse = (why: string): never => {
    throw new TeststripError('invalid_input', `${parameter} "${name}" ${why}`, { parameter })
  }

  const format =
    bytes.length === 0
      ? null
      : await picture()
          .metadata()
          .then(
            (found) => found.format,
            () => null,
          )

  if (!format || !pictureFormats.includes(format))
    refuse(`is no picture in a format that can be read; give a ${pictureFormatWords}.`)

  const { data, info } = await picture()
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((error: Error) =>
      refuse(`cannot be read (${error.message.split('\n')[0]}); it may be damaged or too large.`),
    )

  return { rgb: data, size: [info.width, info.height] }
}
