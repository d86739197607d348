import { expect, test } from 'vitest'
import { parameterNamed, parseAxis } from '#study'
import { type AxisFields, canLink, composeAxis, fieldsFor, linkedText } from './compose-axis.ts'

const labels = (name: string, fields: Partial<AxisFields> = {}): string[] => {
  const parameter = parameterNamed(name)!
  const text = composeAxis(parameter, { ...fieldsFor(parameter, parameter.usual, '[4]*1000'), ...fields })
  const parsed = parseAxis(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.message}`)

  return parsed.axis.points.map(({ label }) => label)
}

test('fields begin with an axis that can be taken as it is', () => {
  expect(labels('eta')).toEqual(['0', '0.25', '0.5', '0.75', '1'])
  expect(labels('clip_guidance_scale')[0]).toBe('1500')
  expect(labels('seed')).toHaveLength(8)
  expect(labels('clamp_grad')).toEqual(['off', 'on'])
  expect(labels('perlin_mode')).toEqual(['mixed', 'color', 'gray'])
  expect(labels('cut_overview')).toEqual(['4'])
})

test('lines become values, words become edits of prompts, whatever they hold', () => {
  expect(labels('cut_overview', { lines: '[12]*400+[4]*600\n\n[6]*1000' })).toEqual(['[12]*400+[4]*600', '6'])
  expect(labels('width_height', { lines: '64x64\n128x64' })).toEqual(['64 × 64', '128 × 64'])
  const prompts = (edit: AxisFields['edit'], words: string, lines = '') =>
    labels('text_prompts', { edit, words, lines })
  expect(prompts('swap', 'sea', 'lake | "pond"\nice')).toEqual(['lake | "pond"', 'ice'])
  expect(prompts('drop', 'artstation')).toEqual(['all words', 'without artstation'])
  expect(prompts('weight', 'fog', '-1 0\n1')).toEqual(['-1', '0', '1'])
  expect(prompts('whole', '', 'a sea\nswap "a" for "b"')).toHaveLength(2)
})

test('a linked parameter takes as many values as the axis has', () => {
  const axis = { text: 'steps 25, 50', points: [1, 2] }
  for (const name of ['skip_steps', 'seed', 'clamp_grad', 'eta']) {
    const parameter = parameterNamed(name)!
    expect(canLink(parameter, 2)).toBe(true)
    expect(parseAxis(linkedText(axis, parameter, parameter.usual))).toMatchObject({ ok: true })
  }
  expect(canLink(parameterNamed('clamp_grad')!, 3)).toBe(false)
})
