import { describe, expect, it } from 'vitest'
import type { StudyFile } from '../file/study-file.ts'
import { smallPack } from '../pack-info.testing.ts'
import { formatValue } from '../parameters/format-value.ts'
import { makePlan } from '../plan/make-plan.ts'
import { parsePrompt } from '../prompts/parse-prompt.ts'
import { completeRecipe } from '../recipe/complete-recipe.ts'
import { pictureProblem } from './picture-problem.ts'
import { isAddress, pictureReference, shaOfReference } from './picture-reference.ts'
import { picturesOf, picturesOfPlan } from './pictures-of.ts'
import { replaceStudyPictures } from './replace-pictures.ts'

const sha = (digit: string) => digit.repeat(64)
const a = pictureReference(sha('a'))
const b = pictureReference(sha('5'))

const file: StudyFile = {
  teststrip: 1,
  title: 'Pictures',
  pack: 'starter',
  recipe: { init_scale: 0, image_prompts: ['mood.png:2', 'x.png'] as never },
  axes: ['init_image sea.png | none | castle.png', 'eta 0, 1'],
}

describe('references', () => {
  it('keep their colon apart from weights, also when the hash looks like a number', () => {
    expect(parsePrompt(b)).toEqual({ text: b, weight: 1 })
    expect(parsePrompt(`${b}:-2`)).toEqual({ text: b, weight: -2 })
    expect(parsePrompt('sha256:5')).toEqual({ text: 'sha256', weight: 5 })
  })

  it('are told from file names and addresses', () => {
    expect([a, `${a}0`, 'sha256:aa', 'a.png'].map(shaOfReference)).toEqual([sha('a'), null, null, null])
    expect(['https://h/x.png', 'HTTP://h', 'a.png', a].map(isAddress)).toEqual([true, true, false, false])
  })

  it('are short on labels', () => {
    expect(formatValue({ kind: 'image' }, a)).toBe('picture aaaaaaaa')
    expect(formatValue({ kind: 'prompts' }, { '0': [`${b}:2`, 'x.png'] })).toBe('picture 55555555:2 · x.png')
  })

  it('alone are of use to a fleet', () => {
    const problem = (name: string) => pictureProblem({ parameter: 'init_image', name })
    expect(problem(a)).toBeNull()
    expect(problem('sea.png')).toMatch(/^init_image "sea.png" is the name of a file/)
    expect(problem('http://h/sea.png')).toMatch(/fetches nothing from the web by itself/)
  })
})

describe('pictures of a recipe', () => {
  it('are those it reads, each once', () => {
    const recipe = completeRecipe(
      { init_image: 'a.png', image_prompts: { '0': ['a.png', 'b.png:3'], '5': ['c.png'] } },
      smallPack,
    )
    const names = (patch: object) => picturesOf({ ...recipe, ...patch }).map(({ name }) => name)

    expect(names({})).toEqual(['a.png', 'b.png'])
    expect(names({ perlin_init: true, image_prompts: {} })).toEqual([])
    expect(names({ animation_mode: '2D', max_frames: 9 })).toEqual(['a.png', 'b.png', 'c.png'])
  })
})

describe('pictures of a study', () => {
  it('take other names in its recipe and on its axes, whose labels stay', () => {
    const replaced = replaceStudyPictures(file, (name) => `sha256:${sha(name[0] === 's' ? 'a' : 'b')}`)

    expect(replaced.recipe.image_prompts).toEqual({ '0': [`sha256:${sha('b')}:2`, `sha256:${sha('b')}`] })
    expect(replaced.axes).toEqual([
      {
        parameters: ['init_image'],
        points: [
          { label: 'sea.png', patch: { init_image: a } },
          { label: 'none', patch: { init_image: null } },
          { label: 'castle.png', patch: { init_image: `sha256:${sha('b')}` } },
        ],
      },
      'eta 0, 1',
    ])
    expect(makePlan(replaced, smallPack).problems).toEqual([])
  })

  it('are found in its recipe and on its axes', () => {
    const { plan } = makePlan({ ...file, recipe: { ...file.recipe, init_image: 'unused.png' } }, smallPack)

    expect(picturesOfPlan(plan!)).toEqual([
      { parameter: 'image_prompts', name: 'mood.png' },
      { parameter: 'image_prompts', name: 'x.png' },
      { parameter: 'init_image', name: 'sea.png', axis: 0 },
      { parameter: 'init_image', name: 'castle.png', axis: 0 },
    ])
  })

  it('leaves a file alone that is wrong in other ways', () => {
    const wrong = { ...file, axes: ['init_image', 'etaa 3'], recipe: { init_image: 7 as never } }

    expect(replaceStudyPictures(wrong, () => 'never')).toEqual(wrong)
  })
})
