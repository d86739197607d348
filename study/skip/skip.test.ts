import { describe, expect, it } from 'vitest'
import { smallPack } from '../pack-info.testing.ts'
import { completeRecipe } from '../recipe/complete-recipe.ts'
import { parseSkipRule } from './parse-skip-rule.ts'

const recipe = completeRecipe({ eta: 0.75, steps: 50, skip_steps: 5, width_height: [128, 64] }, smallPack)

describe('parseSkipRule', () => {
  it.each([
    ['eta > 0.5 and steps >= 50', true],
    ['eta > 0.5 && steps > 50', false],
    ['not skip_augs or false', true],
    ['skip_steps * 10 == steps', true],
    ['skip_steps > steps / 2', false],
    ['behaviour = "disco-5.6"', true],
    ["noise != 'paired'", false],
    ['width > height and not (eta == 0)', true],
    ['skip_augs == false', true],
    ['-eta < 0', true],
  ])('%s', (text, expected) => {
    const parsed = parseSkipRule(text)
    expect(parsed.ok ? parsed.rule.matches(recipe) : parsed.problem.message).toBe(expected)
  })

  it.each([
    ['', /empty/],
    ['eta', /not a condition/],
    ['eta > "high"', /needs a number/],
    ['eta == "high"', /a number is compared with a string/],
    ['ets > 1', /did you mean eta/],
    ['eta > 1 steps < 2', /operator is missing/],
    ['eta >', /cannot be read/],
    ['constructor.constructor("x")()', /may hold only/],
    ['text_prompts == 1', /cannot be compared/],
    ['eta > 1 ? true : false', /may hold only/],
    ['eta & 1', /not known here/],
    [`${'('.repeat(2000)}`, /longer than/],
  ])('refuses %j', (text, message) => {
    const parsed = parseSkipRule(text)
    expect(parsed.ok ? '' : parsed.problem.message).toMatch(message)
  })
})
