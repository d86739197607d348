import { clipNames, type RecipePatch } from '../parameters/catalogue.ts'
import { show } from '../parameters/check-value.ts'
import type { Point } from './axis.ts'
import { fail, within } from './failure.ts'

type ClipName = (typeof clipNames)[number]

/** `ViTB32+RN50 | ViTB16`: one point for every set of CLIPs; those that are not named are off. */
export function readModelSets(text: string): Point[] {
  return text.split(/[|,]/).map((item) => {
    const names = item.split('+').map((name) => within(name.trim(), () => clipName(name.trim())))

    return {
      label: names.join('+'),
      patch: Object.fromEntries(clipNames.map((name) => [name, names.includes(name)])) as RecipePatch,
    }
  })
}

function clipName(name: string): ClipName {
  return (
    clipNames.find((known) => known === name) ??
    fail(`models: there is no CLIP named ${show(name)}; there are ${clipNames.join(', ')}.`)
  )
}
