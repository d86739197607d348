import { mkdir, readdir, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import {
  isSavedStep,
  laterSkipSteps,
  nextBatchNumber,
  partialsFolder,
  pictureFileName,
  type Recipe,
  settingsFileName,
} from '#study'
import { wrongUse } from './output.ts'

/** Where the files of one `teststrip render` go. */
export interface RenderFiles {
  /** finished picture, from 0 */
  picture(index: number, of: number): string
  /** picture of an executed step, from 0, that intermediate_saves asks for */
  intermediate(index: number, j: number): string
  /** the settings file beside the pictures; null when nothing is to be saved like the notebook does */
  settings: string | null
}

/** `--out`: a PNG, or a folder that is filled as the notebook fills its own. */
export async function outKind(out: string): Promise<'file' | 'folder'> {
  if (out.endsWith('/')) return 'folder'
  if (extname(out).toLowerCase() === '.png') return 'file'
  if ((await stat(out).catch(() => null))?.isDirectory()) return 'folder'

  throw wrongUse(`--out must end in .png, or in / for a folder, but is ${out}.`)
}

/**
 * A folder gets `batch_name/` with pictures, partials and settings under the notebook's own names and the next free
 * number. A PNG gets the picture; partials and settings join it, named that way too, when intermediate_saves is on.
 */
export async function renderFiles(out: string, recipe: Recipe): Promise<RenderFiles> {
  const kind = await outKind(out)
  const folder = kind === 'folder' ? join(out, recipe.batch_name) : dirname(out)
  const savesSteps = Array.from({ length: recipe.steps - recipe.skip_steps }, (_, j) => j).some((j) =>
    isSavedStep(recipe, j),
  )
  const partials = recipe.intermediates_in_subfolder ? join(folder, partialsFolder) : folder

  await mkdir(savesSteps ? partials : folder, { recursive: true })
  const batchNumber = nextBatchNumber(recipe, await readdir(folder))
  const isStill = recipe.animation_mode === 'None'
  const lastOf = (index: number) =>
    recipe.steps - 1 - (isStill || index === 0 ? recipe.skip_steps : laterSkipSteps(recipe))
  const nameOf = (index: number, j: number) =>
    pictureFileName(recipe, {
      batchNumber,
      picture: isStill ? index : 0,
      frame: isStill ? null : index,
      j,
      last: lastOf(index),
    })

  return {
    picture: (index, of) =>
      kind === 'folder' ? join(folder, nameOf(index, lastOf(index))) : numbered(out, index, of),
    intermediate: (index, j) => join(partials, nameOf(index, j)),
    settings: kind === 'folder' || savesSteps ? join(folder, settingsFileName(recipe, batchNumber)) : null,
  }
}

/** `a.png`, or `a(0001).png`, `a(0002).png` … when there are several. */
function numbered(out: string, index: number, count: number): string {
  if (count === 1) return out
  const extension = extname(out)

  return `${out.slice(0, -extension.length)}(${String(index + 1).padStart(4, '0')})${extension}`
}
