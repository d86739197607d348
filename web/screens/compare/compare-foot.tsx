'use client'

import type { Plan } from '#study'
import { Button } from '../../shell/button.tsx'
import { Key } from '../../shell/key.tsx'
import styles from './compare-foot.module.css'
import type { CompareState } from './compare-url.ts'
import { wholePicture, zoomedAt } from './lens.ts'
import { amounts, heldAmount } from './modes.ts'
import { stepAll } from './step-all.ts'

export const middle = { x: 0.5, y: 0.5 }

export const stepKeys: [back: string, on: string, backPrinted: string, onPrinted: string][] = [
  ['ArrowLeft', 'ArrowRight', '←', '→'],
  ['ArrowUp', 'ArrowDown', '↑', '↓'],
  ['[', ']', '[', ']'],
]

/** An axis along which the whole comparison can be moved, and where to. */
export interface Step {
  index: number
  name: string
  back: Partial<CompareState> | null
  on: Partial<CompareState> | null
}

export const stepsOf = (plan: Plan, state: CompareState): Step[] =>
  plan.axes.flatMap(({ name }, index) => {
    const back = stepAll(plan, state, index, -1)
    const on = stepAll(plan, state, index, 1)
    return back || on ? [{ index, name, back, on }] : []
  })

/** Steps along the axes, what can be set in the mode, and the lens. */
export function CompareFoot(props: {
  steps: readonly Step[]
  state: CompareState
  /** Enlargement as it is shown, in percent. */
  shown: number
  onGo: (change: Partial<CompareState>) => void
}) {
  const { steps, state, onGo } = props
  const { lens, mode } = state
  const amount = amounts[mode]

  return (
    <footer className={styles.foot}>
      {steps.length > 0 && <span className={styles.label}>Step</span>}
      {steps.map(({ name, back, on }, place) => (
        // biome-ignore lint/a11y/useSemanticElements: two buttons of one axis, not form fields
        <span key={name} role="group" aria-label={`Step along ${name}`} className={styles.step}>
          <button
            type="button"
            disabled={!back}
            aria-label={`Back along ${name}`}
            onClick={() => back && onGo(back)}
          >
            <Key>{stepKeys[place]?.[2] ?? '‹'}</Key>
          </button>
          <button type="button" disabled={!on} aria-label={`On along ${name}`} onClick={() => on && onGo(on)}>
            <Key>{stepKeys[place]?.[3] ?? '›'}</Key>
          </button>
          <span>{name}</span>
        </span>
      ))}
      {amount && (
        <label className={styles.amount}>
          {amount.label}
          <input
            type="range"
            min={amount.least}
            max={amount.most}
            step={amount.step}
            value={state.amount}
            onChange={(event) => onGo({ amount: heldAmount(mode, Number(event.target.value)) })}
          />
          <output>{amount.words(state.amount)}</output>
        </label>
      )}
      <span className={styles.zoom}>{props.shown} %, locked together</span>
      <Button shortcut="+" onClick={() => onGo({ lens: zoomedAt(lens, 1.5, middle) })}>
        Closer
      </Button>
      <Button shortcut="0" disabled={lens.zoom === 1} onClick={() => onGo({ lens: wholePicture })}>
        Fit
      </Button>
    </footer>
  )
}
