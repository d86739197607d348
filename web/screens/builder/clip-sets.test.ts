import { expect, test } from 'vitest'
import { parseAxis } from '#study'
import { modelSetsText } from './clip-sets.ts'

test('sets to compare are an axis: each CLIP alone, then all', () => {
  const parsed = parseAxis(modelSetsText(['ViTB32', 'RN50']))
  expect(parsed.ok && parsed.axis.points.map(({ label }) => label)).toEqual(['ViTB32', 'RN50', 'ViTB32+RN50'])
})
