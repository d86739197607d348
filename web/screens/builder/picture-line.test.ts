import { expect, test } from 'vitest'
import { joinPicture, splitPicture } from './picture-line.ts'

const reference = `sha256:${'12'.repeat(32)}`

test('a picture and its weight come apart and together again', () => {
  for (const line of [reference, `${reference}:2`, `${reference}:-0.5`, 'sea.png', 'sea.png:3'])
    expect(joinPicture(splitPicture(line))).toBe(line)
  expect(splitPicture(`${reference}:2`)).toEqual({ name: reference, weight: '2' })
  expect(splitPicture(reference).weight).toBe('1')
})

test('what cannot be read stays whole', () => {
  expect(splitPicture('C:\\sea.png')).toEqual({ name: 'C:\\sea.png', weight: '1' })
})
