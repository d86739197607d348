import { expect, test } from 'vitest'
import { barePack as pack } from '#study/testing'
import { draftOf } from './draft.ts'
import { begun, type History, type Step, stepped } from './history.ts'

const start = begun(
  draftOf({ teststrip: 1, title: '', pack: 'starter', recipe: {}, axes: ['eta 0, 1', 'seed 1, 2'] }),
)
const walk = (...steps: Step[]): History =>
  steps.reduce((history, step) => stepped(history, step, pack), start)
const steps = (value: number, at: number): Step => ({ change: { kind: 'value', name: 'steps', value }, at })

test('a change is taken back and made again', () => {
  const swapped: Step = { change: { kind: 'move axis', from: 1, to: 0 }, at: 0 }
  expect(walk(swapped, 'undo').now.file.axes).toEqual(['eta 0, 1', 'seed 1, 2'])
  expect(walk(swapped, 'undo', 'redo').now.file.axes).toEqual(['seed 1, 2', 'eta 0, 1'])
  expect(walk(swapped, 'undo', 'redo').now.axisKeys).toEqual([1, 0])
})

test('typing on in one field is one change; a pause or another field begins a new one', () => {
  expect(walk(steps(5, 0), steps(50, 300), 'undo').now.file.recipe).toEqual({})
  expect(walk(steps(5, 0), steps(50, 5_000), 'undo').now.file.recipe).toEqual({ steps: 5 })
  const title: Step = { change: { kind: 'title', title: 'Mine' }, at: 100 }
  expect(walk(steps(5, 0), title, steps(50, 200), 'undo', 'undo').now.file).toMatchObject({
    title: '',
    recipe: { steps: 5 },
  })
})

test('what is changed after going back replaces what had been taken back', () => {
  const history = walk(steps(5, 0), 'undo', steps(7, 10))
  expect(history.future).toEqual([])
  expect(stepped(history, 'redo', pack).now.file.recipe).toEqual({ steps: 7 })
})

test('nothing changed is no change, and there is nothing before the beginning', () => {
  expect(walk({ change: { kind: 'title', title: '' }, at: 0 })).toBe(start)
  expect(walk('undo', 'undo').now).toBe(start.now)
})
