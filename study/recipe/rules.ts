import { animationRules } from './rules/animation.ts'
import { modelRules } from './rules/models.ts'
import { notYet } from './rules/not-yet.ts'
import { pictureRules } from './rules/pictures.ts'
import { promptRules } from './rules/prompts.ts'
import type { Rule } from './rules/rule.ts'
import { savingRules } from './rules/saving.ts'
import { stepRules } from './rules/steps-and-cuts.ts'

/** Every demand that one value by itself cannot meet or break. */
export const rules: readonly Rule[] = [
  ...notYet,
  ...stepRules,
  ...modelRules,
  ...promptRules,
  ...pictureRules,
  ...animationRules,
  ...savingRules,
]
