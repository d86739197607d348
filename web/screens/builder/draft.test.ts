import { expect, test } from 'vitest'
import type { StudyFile } from '#study'
import { barePack as pack } from '#study/testing'
import { changed, draftOf, fileOf, readAxis, titleFrom } from './draft.ts'

const file: StudyFile = {
  teststrip: 1,
  title: '',
  pack: 'starter',
  recipe: {},
  axes: ['eta 0, 1', 'seed 1, 2'],
}

test('only what differs from the pack stays in the file', () => {
  const more = changed(draftOf(file), { kind: 'value', name: 'steps', value: 50 }, pack)
  expect(more.file.recipe).toEqual({ steps: 50 })
  expect(changed(more, { kind: 'value', name: 'steps', value: 25 }, pack).file.recipe).toEqual({})
  expect(changed(more, { kind: 'reset', name: 'steps' }, pack).file.recipe).toEqual({})
})

test('axes move with their keys, and a view follows them', () => {
  const viewed = draftOf({ ...file, view: { columns: [0], rows: [], pages: [1] } })
  const swapped = changed(viewed, { kind: 'move axis', from: 1, to: 0 }, pack)
  expect(swapped.file.axes).toEqual(['seed 1, 2', 'eta 0, 1'])
  expect(swapped.axisKeys).toEqual([1, 0])
  expect(swapped.file.view).toEqual({ columns: [1], rows: [], pages: [0] })

  const added = changed(swapped, { kind: 'add axis', axis: 'tv_scale 0, 150' }, pack)
  expect(added.axisKeys).toEqual([1, 0, 2])
  expect(changed(added, { kind: 'remove axis', index: 0 }, pack).axisKeys).toEqual([0, 2])
})

test('advice is followed by a patch, rules are kept while they say something', () => {
  const patched = changed(
    draftOf({ ...file, recipe: { eta: 0.5 } }),
    { kind: 'patch', patch: { steps: 25, tv_scale: 100 } },
    pack,
  )
  expect(patched.file.recipe).toEqual({ eta: 0.5, tv_scale: 100 })

  const ruled = changed(patched, { kind: 'add skip', text: 'eta > 0.5' }, pack)
  const typing = changed(ruled, { kind: 'add skip', text: ' ' }, pack)
  expect(typing.file.skip).toHaveLength(2)
  expect(fileOf(typing).skip).toEqual(['eta > 0.5'])
  expect(fileOf(changed(ruled, { kind: 'remove skip', index: 0 }, pack))).not.toHaveProperty('skip')
})

test('an axis in words is read, or says where it cannot be', () => {
  expect(readAxis('eta 0 .. 1 step 0.25').axis?.points.map((point) => point.label)).toEqual([
    '0',
    '0.25',
    '0.5',
    '0.75',
    '1',
  ])
  expect(readAxis('etta 0, 1').problem?.message).toContain('eta')
})

test('a study nobody named is called after its axes', () => {
  expect(titleFrom(file)).toBe('eta × seed')
  expect(fileOf(draftOf(file)).title).toBe('eta × seed')
  expect(fileOf(draftOf({ ...file, title: ' Mine ', axes: [' '] }))).toMatchObject({
    title: 'Mine',
    axes: [],
  })
})
