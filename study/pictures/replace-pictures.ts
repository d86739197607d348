import { parseAxis } from '../axis/parse-axis.ts'
import type { StructuredAxis, StudyFile } from '../file/study-file.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'
import { parsePrompt } from '../prompts/parse-prompt.ts'
import { checkPatch } from '../recipe/check-patch.ts'
import { shaOfReference } from './picture-reference.ts'

type Replace = (name: string) => string

/** The patch with every picture under another name; weights of image prompts stay as they were written. */
export function replacePictures<Patch extends RecipePatch>(patch: Patch, replace: Replace): Patch {
  // Pictures may have been written in short form, as one name or a list.
  const { init_image, image_prompts } = checkPatch({
    init_image: patch.init_image,
    image_prompts: patch.image_prompts,
  }).patch
  const replaced: RecipePatch = {}
  if (init_image) replaced.init_image = replace(init_image)
  if (image_prompts)
    replaced.image_prompts = Object.fromEntries(
      Object.entries(image_prompts).map(([frame, prompts]) => [
        frame,
        prompts.map((prompt) => replacePicture(prompt, replace)),
      ]),
    )

  return { ...patch, ...replaced }
}

function replacePicture(prompt: string, replace: Replace): string {
  const { text: name } = parsePrompt(prompt)

  return replace(name) + prompt.slice(name.length)
}

/**
 * The study with every picture under another name, in its recipe and on its axes. Points of an axis keep the names
 * they had as labels. What is wrong with the file stays as it is, for `makePlan` to tell.
 */
export function replaceStudyPictures(file: StudyFile, replace: Replace): StudyFile {
  return {
    ...file,
    recipe: replacePictures(file.recipe, replace),
    axes: file.axes.map((axis) => replaceOnAxis(axis, replace)),
  }
}

/** The study with every file name or address under the reference that `keep` gives it, each asked for once. */
export async function keepStudyPictures(
  file: StudyFile,
  keep: (name: string) => Promise<string>,
): Promise<StudyFile> {
  const names = new Set<string>()
  replaceStudyPictures(file, (name) => {
    if (shaOfReference(name) === null) names.add(name)

    return name
  })
  if (names.size === 0) return file

  const references = new Map<string, string>()
  for (const name of names) references.set(name, await keep(name))

  return replaceStudyPictures(file, (name) => references.get(name) ?? name)
}

const pictureNames: readonly string[] = ['init_image', 'image_prompts']

function replaceOnAxis(axis: string | StructuredAxis, replace: Replace): string | StructuredAxis {
  const parsed = typeof axis === 'string' ? parseAxis(axis) : null
  if (parsed && !parsed.ok) return axis

  const { parameters, points } = parsed ? parsed.axis : (axis as StructuredAxis)
  if (!parameters.some((name) => pictureNames.includes(name))) return axis

  return {
    parameters: [...parameters],
    points: points.map((point) => ({ ...point, patch: replacePictures(point.patch, replace) })),
  }
}
