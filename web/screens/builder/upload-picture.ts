import { mostPictureBytes } from '#study'
import { call, Refused } from '../../wire/call.ts'
import type { KeptPicture } from '../../wire/kept-picture.ts'

/** Names the files had here, by reference: a recipe knows pictures only by what they are. */
const fileNames = new Map<string, string>()

/** Hands a picture in and returns its reference; throws `Refused` with a sentence that names the file. */
export async function uploadPicture(file: File): Promise<string> {
  if (file.size > mostPictureBytes)
    throw new Refused(
      'invalid_input',
      `${file.name} has ${file.size} bytes; ${mostPictureBytes} are the most a picture may have.`,
    )
  try {
    const { reference } = await call<KeptPicture>('/api/pictures', { file })
    fileNames.set(reference, file.name)

    return reference
  } catch (error) {
    if (error instanceof Refused) throw new Refused(error.code, `${file.name}: ${error.message}`)
    throw error
  }
}

/** What a person called the picture, if it was in this window. */
export const fileNameOf = (reference: string): string | undefined => fileNames.get(reference)
