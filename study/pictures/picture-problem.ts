import { show } from '../parameters/check-value.ts'
import { isAddress, shaOfReference } from './picture-reference.ts'
import type { NamedPicture } from './pictures-of.ts'

/** Why a fleet cannot use a picture of this name, in one sentence; null for one that was handed in. */
export function pictureProblem({ parameter, name }: NamedPicture): string | null {
  if (shaOfReference(name) !== null) return null

  return isAddress(name)
    ? `${parameter} ${show(name)} is an address, and Teststrip fetches nothing from the web by itself: save the picture and upload it.`
    : `${parameter} ${show(name)} is the name of a file, which other machines do not have: upload the picture ("teststrip study run" does that for the files a study names).`
}
