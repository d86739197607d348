import { expect, test } from 'vitest'
import { readSets } from './read-sets.ts'

test('values are JSON where they are JSON, else bare text; later ones win', () => {
  expect(
    readSets([
      'eta=0.4',
      'skip_augs=true',
      'behaviour=corrected',
      'width_height=[128,64]',
      'cut_overview=[12]*400+[4]*600',
      'text_prompts={"0":["a = b"]}',
      'eta=0.8',
    ]),
  ).toEqual({
    eta: 0.8,
    skip_augs: true,
    behaviour: 'corrected',
    width_height: [128, 64],
    cut_overview: '[12]*400+[4]*600',
    text_prompts: { '0': ['a = b'] },
  })
})

test('what is no pair or no parameter is wrong use, with the nearest name', () => {
  expect(() => readSets(['eta'])).toThrow(/name=value/)
  expect(() => readSets(['clip_guidence_scale=5'])).toThrow(/did you mean clip_guidance_scale/)
})
