import { expect, test } from 'vitest'
import { makePlan, type PackInfo } from '#study'
import { fileFromTemplate, templates } from './templates.ts'

const pack: PackInfo = {
  name: 'starter',
  title: 'Starter pack',
  hash: 'a'.repeat(64),
  nativeSize: [64, 64],
  defaults: { steps: 25, width_height: [64, 64], skip_steps: 0 },
  usual: { clip_guidance_scale: [0, 1000] },
  clip: [{ name: 'ViTB32', resolution: 32, contextLength: 77, merges: 1000, embed: 64 }],
  secondary: true,
  lpips: false,
  parameterCount: 1,
}

test.each(templates)('$title is a sound study of the size its drawing shows', ({ id, shape }) => {
  const { plan, problems } = makePlan(fileFromTemplate(id, pack), pack)
  expect(problems).toEqual([])
  expect(plan?.axes.map((axis) => axis.points.length)).toEqual(shape)
})

test('values lie where the pack usually works', () => {
  expect(fileFromTemplate('sweep', pack).axes[0]).toBe('clip_guidance_scale 0, 250, 500, 1000')
})

test('without a template one begins with nothing', () => {
  expect(fileFromTemplate(undefined, pack)).toMatchObject({ title: '', axes: [], recipe: {} })
})
