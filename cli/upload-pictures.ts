import { z } from 'zod'
import { keepStudyPictures, type StudyFile, TeststripError } from '#study'
import { askJson } from './api.ts'
import { type PictureOptions, picturesBeside } from './pictures.ts'

const keptPicture = z.object({ reference: z.string() })

/** The study as the fleet can render it: the files it names are handed in, and named by what they are. */
export async function uploadPictures(
  path: string,
  file: StudyFile,
  options: PictureOptions,
): Promise<StudyFile> {
  const read = picturesBeside(path, options)

  return keepStudyPictures(file, async (name) => upload(name, await read(name)))
}

async function upload(name: string, bytes: Uint8Array): Promise<string> {
  try {
    return (await askJson(keptPicture, '/api/pictures', { body: bytes })).reference
  } catch (error) {
    if (error instanceof TeststripError && error.code === 'invalid_input')
      throw new TeststripError('invalid_input', `${name}: ${error.message}`, error.details)
    throw error
  }
}
