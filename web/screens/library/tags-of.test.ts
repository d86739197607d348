import { expect, test } from 'vitest'
import { tagsOf } from './tags-of.ts'

test('tags are separated by commas, each once, without their mark', () => {
  expect(tagsOf(' boats, #for Ada ,, boats,#')).toEqual(['boats', 'for Ada'])
  expect(tagsOf('')).toEqual([])
})
