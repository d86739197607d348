import type { Definition } from './define.ts'
import { animationParameters } from './groups/animation.ts'
import { cutParameters } from './groups/cuts.ts'
import { guidanceParameters } from './groups/guidance.ts'
import { clipParameters, modelParameters } from './groups/models.ts'
import { noiseAndSeedParameters } from './groups/noise-and-seed.ts'
import { promptParameters } from './groups/prompts.ts'
import { savingParameters } from './groups/saving.ts'
import { sizeAndStepsParameters } from './groups/size-and-steps.ts'
import { startImageParameters } from './groups/start-image.ts'
import { videoParameters } from './groups/video.ts'

const all = {
  ...promptParameters,
  ...sizeAndStepsParameters,
  ...guidanceParameters,
  ...cutParameters,
  ...modelParameters,
  ...startImageParameters,
  ...noiseAndSeedParameters,
  ...savingParameters,
  ...animationParameters,
  ...videoParameters,
}

export type ParameterName = keyof typeof all
export type Group =
  | 'Prompts'
  | 'Size and steps'
  | 'Guidance'
  | 'Cuts'
  | 'Models'
  | 'Start image'
  | 'Noise and seed'
  | 'Saving'
  | 'Animation'
  | 'Video'

/** A value for every parameter: all that decides the pixels of one picture. */
export type Recipe = { -readonly [K in ParameterName]: (typeof all)[K]['default'] }
/** Some values of a recipe: what differs from the defaults, or what a point of an axis sets. */
export type RecipePatch = Partial<Recipe>

export const catalogue: Record<Group, Record<string, Definition>> = {
  Prompts: promptParameters,
  'Size and steps': sizeAndStepsParameters,
  Guidance: guidanceParameters,
  Cuts: cutParameters,
  Models: modelParameters,
  'Start image': startImageParameters,
  'Noise and seed': noiseAndSeedParameters,
  Saving: savingParameters,
  Animation: animationParameters,
  Video: videoParameters,
}

/** Switches of the CLIP models, in the order in which a run uses them. */
export const clipNames = Object.keys(clipParameters) as readonly (keyof typeof clipParameters)[]
