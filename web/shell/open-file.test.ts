import { expect, test } from 'vitest'
import type { StudyFile } from '#study'
import { withSettings } from './open-file.ts'

const draft: StudyFile = {
  teststrip: 1,
  title: 'Draft',
  notes: 'mine',
  pack: 'starter',
  recipe: { steps: 5 },
  axes: ['eta 0, 1'],
}

test('settings become the recipe of the draft; keys nobody knows stay in its notes', () => {
  const settings = { name: 'old_settings.txt', recipe: { eta: 0.5 }, unknown: { SLIPB16: true, cutn: 16 } }
  expect(withSettings(draft, settings)).toEqual({
    ...draft,
    recipe: { eta: 0.5 },
    notes: 'mine\n\nKept from old_settings.txt:\nSLIPB16: true\ncutn: 16',
  })
})

test('notes that would grow too long are left as they are', () => {
  const settings = { name: 'a.txt', recipe: {}, unknown: { words: 'x'.repeat(20_000) } }
  expect(withSettings(draft, settings).notes).toBe('mine')
})
