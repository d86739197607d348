import { show } from '../parameters/check-value.ts'
import { type Point, runStep } from './axis.ts'
import { fail, within } from './failure.ts'
import { readNumbers } from './numbers.ts'

/** `10%, 25%, 50%, 100%`, or any numbers: shares of the steps of a run. They come from one render each run. */
export function readRunSteps(text: string): Point[] {
  if (text === '') fail('step has no values; write shares of the run, as in "step 10%, 50%, 100%".')
  const { values } = readNumbers({
    name: runStep,
    text: text.replaceAll('%', ' '),
    whole: false,
    seed: false,
  })

  return values.map((value) => {
    const partial = Number(value)
    if (!(partial > 0 && partial <= 100))
      within(value, () =>
        fail(`step must be a share of the run above 0 % and up to 100 %, but is ${show(partial)} %.`),
      )

    return { label: partial === 100 ? '100 %' : `${value} % (same run)`, patch: {}, partial }
  })
}
