import { expect, test } from 'vitest'
import type { StudyFile } from '#study'
import { readDropped } from './fill-from-file.ts'

const draft: StudyFile = {
  teststrip: 1,
  title: 'Draft',
  notes: 'mine',
  pack: 'starter',
  recipe: {},
  axes: ['eta 0, 1'],
}

test('settings become the recipe of the draft; keys nobody knows stay in its notes', async () => {
  const text = JSON.stringify({ width: 64, height: 64, eta: 0.5, SLIPB16: true, cutn: 16 })
  const filled = await readDropped(new File([text], 'old_settings.txt'), draft)

  expect(filled).toMatchObject({
    ok: true,
    file: {
      title: 'Draft',
      axes: ['eta 0, 1'],
      recipe: { eta: 0.5, width_height: [64, 64], behaviour: 'disco-5.2' },
      notes: 'mine\n\nKept from old_settings.txt:\nSLIPB16: true\ncutn: 16',
    },
  })
})

test('what is no settings file is one sentence', async () => {
  expect(await readDropped(new File(['12'], 'a.txt'), draft)).toEqual({
    ok: false,
    says: expect.stringMatching(/^a.txt: .*settings file/),
  })
})
