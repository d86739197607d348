export type { Advice } from './advice/advice.ts'
export { advise } from './advice/advise.ts'
export { type Axis, axisName, cellLimit, isRunAxis, type Point } from './axis/axis.ts'
export { axisToText } from './axis/axis-to-text.ts'
export { type ParsedAxis, parseAxis } from './axis/parse-axis.ts'
export type { PromptEdit } from './axis/prompt-edit.ts'
export { engineVersion } from './engine-version.ts'
export { type ErrorCode, errorStatus, type Problem, TeststripError } from './errors.ts'
export { parseStudyFile, studyFileToYaml } from './file/parse-study-file.ts'
export { readDocument } from './file/read-document.ts'
export {
  type StructuredAxis,
  type StudyFile,
  studyFileSchema,
  studyJsonSchema,
  type View,
} from './file/study-file.ts'
export { type Fit, type FleetDevice, fitOn } from './forecast/fit.ts'
export { forecastSeconds, type Speed, type Speeds, speedAt, stepShare } from './forecast/forecast.ts'
export { largeNetwork, memoryBytes, rungThatFits, type Way } from './forecast/memory.ts'
export { type Preflight, preflight } from './forecast/preflight.ts'
export { cutWork } from './forecast/step-work.ts'
export { type Demand, demandOf, nextRung, rungs, type Thrift } from './forecast/thrift.ts'
export { type Work, workOf } from './forecast/work-of.ts'
export { type Frame, type FrameMove, frameCount, framesOf, laterSkipSteps } from './key-frames/frames-of.ts'
export {
  type ClipCost,
  type DenoiserCost,
  type Growth,
  type LpipsCost,
  type NetworkCost,
  noCosts,
  type PackCosts,
} from './pack-costs.ts'
export type { ClipInfo, PackContents, PackFile, PackInfo } from './pack-info.ts'
export { isActive, whyInactive } from './parameters/active.ts'
export {
  clipNames,
  type Group,
  type ParameterName,
  type Recipe,
  type RecipePatch,
} from './parameters/catalogue.ts'
export { allowed, type CheckedValue, checkValue } from './parameters/check-value.ts'
export type { Acts, Kind, Needs, ParameterValue, Prompts, Stage } from './parameters/define.ts'
export { formatValue } from './parameters/format-value.ts'
export { nearestParameter } from './parameters/nearest.ts'
export { groups, type Parameter, parameterNamed, parameters } from './parameters/parameter.ts'
export {
  mostPictureBytes,
  mostPicturePixels,
  pictureFormats,
  pictureFormatWords,
} from './pictures/limits.ts'
export { pictureProblem } from './pictures/picture-problem.ts'
export { isAddress, pictureReference, shaOfReference } from './pictures/picture-reference.ts'
export { type NamedPicture, picturesOf, picturesOfPlan } from './pictures/pictures-of.ts'
export { keepStudyPictures, replacePictures, replaceStudyPictures } from './pictures/replace-pictures.ts'
export { cellAt, coordsOf, seqOf } from './plan/cell-at.ts'
export { type ExpandedCell, expandPlan, planKeys } from './plan/expand-plan.ts'
export { defaultView, type Grid, gridOf, type Header } from './plan/grid-of.ts'
export { type MadePlan, makePlan } from './plan/make-plan.ts'
export type { Plan, PlannedCell } from './plan/plan.ts'
export { renderOrder } from './plan/render-order.ts'
export {
  normaliseWeights,
  parsePrompt,
  promptsAt,
  smallestWeightSum,
  type WeightedPrompt,
} from './prompts/parse-prompt.ts'
export { readPrompt } from './prompts/read-prompt.ts'
export { countTokens, type Merges, parseMerges, tokenize } from './prompts/tokenize.ts'
export { changedFromDefaults } from './recipe/changed-from-defaults.ts'
export { checkRecipe } from './recipe/check-recipe.ts'
export { completeRecipe } from './recipe/complete-recipe.ts'
export { renderKey, type Sha256 } from './recipe/render-key.ts'
export { nextBatchNumber, partialsFolder, pictureFileName, settingsFileName } from './saving/file-names.ts'
export { isSavedStep } from './saving/saved-steps.ts'
export { ddimRest, ddimSigma } from './schedule/ddim-sigma.ts'
export {
  type ParsedSchedule,
  parseSchedule,
  type Run,
  scheduleIndex,
  scheduleToText,
  scheduleUnits,
} from './schedule/parse-schedule.ts'
export { type Spacing, spacing } from './schedule/spacing.ts'
export { type ReadSettings, readSettings } from './settings/read-settings.ts'
export { type SettingsVersion, settingsVersions } from './settings/versions.ts'
export { type WriteOptions, writeSettings } from './settings/write-settings.ts'
export { type ParsedSkipRule, parseSkipRule, type SkipRule } from './skip/parse-skip-rule.ts'
