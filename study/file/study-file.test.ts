import { describe, expect, it } from 'vitest'
import { parseStudyFile, studyFileToYaml } from './parse-study-file.ts'
import { type StudyFile, studyJsonSchema } from './study-file.ts'

const file: StudyFile = {
  teststrip: 1,
  title: 'How eta answers guidance',
  notes: 'Two lines:\n"quoted", and # not a comment',
  pack: 'starter',
  recipe: { eta: 0.5, text_prompts: { '0': ['a castle: tall:2', '& more'] } },
  axes: [
    'clip_guidance_scale 500, 5000',
    { parameters: ['eta'], points: [{ label: 'none', patch: { eta: 0 } }] },
  ],
  skip: ['eta > 1'],
  view: { columns: [0], rows: [1] },
  priority: 2,
}

describe('study file', () => {
  it('comes back from YAML and from JSON', () => {
    expect(parseStudyFile(studyFileToYaml(file))).toEqual(file)
    expect(parseStudyFile(JSON.stringify(file))).toEqual(file)
    expect(parseStudyFile(file)).toEqual(file)
  })

  it('fills what may be left out', () => {
    expect(parseStudyFile('teststrip: 1\ntitle: x\npack: starter')).toMatchObject({ recipe: {}, axes: [] })
  })

  it.each([
    ['teststrip: 2\ntitle: x\npack: s', /must begin with teststrip: 1, .* but has 2\./],
    ['title: x\npack: s', /must begin with teststrip: 1/],
    ['teststrip: 1\npack: s', /"title"/],
    ['teststrip: 1\ntitle: x\npack: s\naxis: []', /a key that is not known, "axis"; did you mean axes\?/],
    ['teststrip: 1\ntitle: x\npack: s\naxes: [eta 0, 1]', /"axes\.1".*in quotes where it holds commas/],
    ['title: [', /neither JSON nor YAML/],
    ['', /document/],
    [
      `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`).join('\n')}`,
      /alias/i,
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseStudyFile(text)).toThrow(message)
  })

  it('has a JSON Schema', () => {
    expect(studyJsonSchema()).toMatchObject({ type: 'object', required: ['teststrip', 'title', 'pack'] })
  })
})
