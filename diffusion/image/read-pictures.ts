import { createHash } from 'node:crypto'
import { type NamedPicture, pictureReference, type Recipe, replacePictures, TeststripError } from '#study'
import { decodePicture, type Rgb8 } from './decode-picture.ts'

/** The bytes of a picture by the name a recipe gives it: a file name, an address or a reference. */
export type PictureSource = (name: string) => Promise<Uint8Array>

/** A picture of a recipe, unpacked, and what its bytes are called. */
export type ReadPicture = Rgb8 & { reference: string }

/** The pictures of a recipe by the names it has for them. */
export type Pictures = ReadonlyMap<string, ReadPicture>

/** Reads everything that a render will need, before its first step: a picture that is none is told at once. */
export async function readPictures(
  named: readonly NamedPicture[],
  source: PictureSource | undefined,
): Promise<Pictures> {
  const pictures = new Map<string, ReadPicture>()

  for (const { parameter, name } of named) {
    if (!source) {
      throw new TeststripError(
        'invalid_input',
        `${parameter} "${name}" cannot be read: no pictures came with the recipe.`,
        {
          parameter,
        },
      )
    }

    const bytes = await source(name)
    const reference = pictureReference(createHash('sha256').update(bytes).digest('hex'))
    pictures.set(name, { ...(await decodePicture(bytes, { parameter, name })), reference })
  }

  return pictures
}

/** The recipe with its pictures named by what they are, so that its render key tells them apart. */
export function byContent(recipe: Recipe, pictures: Pictures): Recipe {
  return replacePictures(recipe, (name) => pictures.get(name)?.reference ?? name)
}
