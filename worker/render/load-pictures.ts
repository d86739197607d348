import type { BlobStore } from '#blobs'
import { pictureProblem, picturesOf, type Recipe, shaOfReference } from '#study'

/** Bytes by the names a recipe has for them. */
export type LoadedPictures = Record<string, Uint8Array>

/**
 * The pictures a recipe names, out of the blobs; or, in a sentence, which one there is not. File names and addresses
 * mean nothing here: only what was handed in is rendered.
 */
export async function loadPictures(
  recipe: Recipe,
  blobs: BlobStore,
): Promise<{ pictures: LoadedPictures; missing: null } | { pictures: null; missing: string }> {
  const pictures: LoadedPictures = {}

  for (const named of picturesOf(recipe)) {
    const sha = shaOfReference(named.name)
    const bytes = sha && (await blobs.get(sha))
    if (!bytes)
      return {
        pictures: null,
        missing:
          pictureProblem(named) ??
          `${named.parameter} "${named.name}" is not among the pictures kept here: upload it again.`,
      }
    pictures[named.name] = bytes
  }

  return { pictures, missing: null }
}
