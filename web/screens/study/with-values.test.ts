import { expect, test } from 'vitest'
import { parseAxis } from '#study'
import { withValues } from './with-values.ts'

const axisOf = (text: string) => {
  const read = parseAxis(text)
  if (!read.ok) throw new Error(read.problem.message)
  return read.axis
}

test('an axis grows behind its own values, each once', () => {
  const longer = withValues(axisOf('eta 0, 0.5'), '0.5, 0.75')
  expect(longer).toMatchObject({
    parameters: ['eta'],
    points: [{ label: '0' }, { label: '0.5' }, { label: '0.75' }],
  })
  expect(withValues(axisOf('steps 25, 50 & skip_steps 0, 5'), '75 & skip_steps 10')).toMatchObject({
    points: [{}, {}, { patch: { steps: 75, skip_steps: 10 } }],
  })
})

test('what cannot be added is said', () => {
  expect(withValues(axisOf('eta 0, 0.5'), '0, 0.5')).toMatch(/on the axis already/)
  expect(withValues(axisOf('eta 0, 0.5'), 'much')).toMatch(/eta/)
  expect(withValues(axisOf('steps 25, 50 & skip_steps 0, 5'), '75')).toMatch(/steps and skip_steps/)
})
