import type { Shortcut } from '../../shell/shortcuts.tsx'
import { middle, type Step, stepKeys } from './compare-foot.tsx'
import type { CompareState } from './compare-url.ts'
import { wholePicture, zoomedAt } from './lens.ts'
import { amounts, heldAmount, type Mode, modes, modeWords } from './modes.ts'
import { shifted } from './step-all.ts'

/** Everything the screen can do, from the keyboard. `current` is the picture that has, or last had, the focus. */
export function compareKeys(options: {
  state: CompareState
  steps: readonly Step[]
  current: number
  turn: () => void
  onGo: (change: Partial<CompareState>) => void
  onMode: (mode: Mode) => void
  onSeeds: () => void
  onRemove: () => void
  onBack: () => void
}): Shortcut[] {
  const { state, current, onGo } = options
  const { seqs, reference, lens, mode, amount } = state
  const bounds = amounts[mode]
  const next = seqs[(seqs.indexOf(reference) + 1) % seqs.length]!

  return [
    ...options.steps.flatMap(({ name, back, on }, place): Shortcut[] => {
      const keys = stepKeys[place]
      if (!keys) return []
      const run = (event: KeyboardEvent) => {
        const to = event.key === keys[0] ? back : on
        if (to) onGo(to)
      }
      return [{ keys: `${keys[0]} ${keys[1]}`, does: `Step along ${name}`, run }]
    }),
    ...modes.map(
      (each, index): Shortcut => ({
        keys: String(index + 1),
        does: modeWords[each],
        run: () => options.onMode(each),
      }),
    ),
    ...(bounds
      ? [
          {
            keys: ', .',
            does: `${bounds.label}: less, more`,
            run: (event: KeyboardEvent) =>
              onGo({ amount: heldAmount(mode, amount + (event.key === ',' ? -1 : 1) * bounds.step) }),
          },
        ]
      : []),
    ...(mode === 'blink' ? [{ keys: 'b', does: 'Turn over by hand', run: options.turn }] : []),
    { keys: '+ =', does: 'Look closer', run: () => onGo({ lens: zoomedAt(lens, 1.5, middle) }) },
    { keys: '-', does: 'Step back', run: () => onGo({ lens: zoomedAt(lens, 1 / 1.5, middle) }) },
    { keys: '0', does: 'Fit the whole picture', run: () => onGo({ lens: wholePicture }) },
    { keys: 's', does: 'All seeds of the reference', run: options.onSeeds },
    { keys: 'r', does: 'Take the next picture as reference', run: () => onGo({ reference: next }) },
    { keys: 'Enter', does: 'Take this picture as reference', run: () => onGo({ reference: current }) },
    {
      keys: '< >',
      does: 'Move this picture earlier, later',
      run: (event) => onGo({ seqs: shifted(seqs, current, event.key === '<' ? -1 : 1) }),
    },
    { keys: 'Delete', does: 'Take this picture out', run: options.onRemove },
    { keys: 'Escape', does: 'Back to the study', run: options.onBack },
  ]
}
