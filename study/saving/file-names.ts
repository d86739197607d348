import type { Recipe } from '../parameters/catalogue.ts'

/** Folder inside that of a run which `intermediates_in_subfolder` fills. */
export const partialsFolder = 'partials'

export interface SavedStep {
  /** number of the run, see `nextBatchNumber` */
  batchNumber: number
  /** picture of n_batches, from 0 */
  picture: number
  /** frame of an animation, null in stills */
  frame: number | null
  /** executed step from 0, and the last of its sampler run */
  j: number
  last: number
}

/**
 * The name under which the notebook saves the picture of a step: finished pictures are numbered plainly, unless
 * intermediates lie in the same folder; then all of them tell how far they are, in percent or by their step.
 */
export function pictureFileName(recipe: Recipe, { batchNumber, picture, frame, j, last }: SavedStep): string {
  const stem = runName(recipe, batchNumber)

  if (j === last && recipe.intermediates_in_subfolder)
    return `${stem}_${frame === null ? picture : padded(frame, 4)}.png`
  if (Array.isArray(recipe.intermediate_saves)) return `${stem}_${padded(picture, 4)}-${padded(j, 3)}.png`

  // A run of one step, where the notebook would divide by zero, is simply done.
  const percent = last === 0 ? 100 : Math.ceil((j / last) * 100)

  return `${stem}_${padded(picture, 4)}-${padded(percent, 2)}%.png`
}

export const settingsFileName = (recipe: Recipe, batchNumber: number): string =>
  `${runName(recipe, batchNumber)}_settings.txt`

/** The number of the next run in a folder that holds these files: as many as there are texts, or the first free one. */
export function nextBatchNumber({ batch_name }: Recipe, files: readonly string[]): number {
  const held = new Set(files)
  let number = files.filter((name) => /^[^.].*\.txt$/.test(name)).length
  while (
    held.has(`${batch_name}(${number})_settings.txt`) ||
    held.has(`${batch_name}-${number}_settings.txt`)
  )
    number++

  return number
}

const runName = ({ batch_name }: Recipe, batchNumber: number): string => `${batch_name}(${batchNumber})`
const padded = (value: number, digits: number): string => String(value).padStart(digits, '0')
