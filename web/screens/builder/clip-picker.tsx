'use client'

import { clipNames, memoryBytes, type PackInfo, parameterNamed, type Recipe, type RecipePatch } from '#study'
import { bytes, plural } from '../../wire/format.ts'
import styles from './clip-picker.module.css'
import { modelSetsText, withClip } from './clip-sets.ts'
import row from './field-row.module.css'

/** The CLIPs of a recipe as one set: what each sees, what it takes of memory, and what the set takes together. */
export function ClipPicker(props: {
  recipe: Recipe
  pack: PackInfo
  /** Number of sets when they are on an axis. */
  onAxis: number | null
  changed: boolean
  problem: string | null
  onChange: (patch: RecipePatch) => void
  onCompare: (axis: string) => void
}) {
  const { recipe, pack } = props
  const held = pack.clip.filter(({ name }) => clipNames.some((each) => each === name))
  const missing = clipNames.filter((name) => !held.some((clip) => clip.name === name))
  const memoryWith = (name: string) =>
    memoryBytes(withClip(recipe, name, true), pack) - memoryBytes(withClip(recipe, name, false), pack)

  return (
    // biome-ignore lint/a11y/useSemanticElements: a set of toggles in a row of the form, not a form of its own
    <div className={row.row} role="group" aria-label="CLIP models">
      <div className={styles.head}>
        <span className={row.name}>
          {props.changed && <span className={row.dot} title="Changed from the default" aria-hidden="true" />}
          CLIP models
        </span>
        {props.onAxis === null ? (
          <span className={styles.memory}>{bytes(memoryBytes(recipe, pack))} while rendering</span>
        ) : (
          <span className={styles.onAxis}>on an axis, {plural(props.onAxis, 'set')}</span>
        )}
      </div>
      <ul className={styles.clips}>
        {held.map((clip) => {
          const isOn = recipe[clip.name as keyof Recipe] === true
          return (
            <li key={clip.name}>
              <button
                type="button"
                className={styles.clip}
                aria-pressed={isOn}
                disabled={props.onAxis !== null}
                title={parameterNamed(clip.name)?.help}
                onClick={() => props.onChange({ [clip.name]: !isOn } as RecipePatch)}
              >
                <b>{clip.name}</b>
                <span>
                  {clip.resolution} px · {bytes(memoryWith(clip.name))}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {held.length > 1 && props.onAxis === null && (
        <button
          type="button"
          className={styles.compare}
          onClick={() => props.onCompare(modelSetsText(held.map(({ name }) => name)))}
        >
          Compare sets on an axis
        </button>
      )}
      {props.problem && (
        <p className={row.problem} role="alert">
          {props.problem}
        </p>
      )}
      {missing.length > 0 && (
        <details className={styles.missing}>
          <summary>
            {plural(missing.length, 'CLIP')} Disco Diffusion knows {missing.length === 1 ? 'is' : 'are'} not
            in {pack.title}
          </summary>
          <p>{missing.join(', ')}</p>
        </details>
      )}
    </div>
  )
}
