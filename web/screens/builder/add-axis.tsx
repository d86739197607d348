'use client'

import { type KeyboardEvent, type Ref, useState } from 'react'
import {
  type PackInfo,
  type Parameter,
  parameterNamed,
  parameters,
  parseAxis,
  type Recipe,
  type StructuredAxis,
  type StudyFile,
} from '#study'
import { Key } from '../../shell/key.tsx'
import { plural } from '../../wire/format.ts'
import styles from './add-axis.module.css'
import { AxisFields } from './axis-fields.tsx'
import { Marked } from './marked.tsx'
import { asLine } from './prompt-text.ts'
import { UploadButton } from './upload-button.tsx'

const mostSuggested = 7

/** One line that becomes an axis: it says how many values it reads, or where it stops understanding. */
export function AddAxis(props: {
  ref?: Ref<HTMLInputElement>
  recipe: Recipe
  pack: PackInfo
  /** Parameters that are on an axis already. */
  taken: ReadonlyMap<string, number>
  onAdd: (axis: StudyFile['axes'][number]) => void
}) {
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  /** Counts the axes that were built, so that the fields begin anew after each. */
  const [building, setBuilding] = useState<number | null>(null)
  const parsed = text.trim() === '' ? null : parseAxis(text)
  const suggested = suggestions(text, props.taken)
  const parameter = parameterNamed(text.trim().split(/[\s:]/)[0] ?? '')
  const bare = parameter && text.trim() === parameter.name
  const showProblem =
    parsed &&
    !parsed.ok &&
    !bare &&
    suggested.length === 0 &&
    (tried || (building === null && /\s\S/.test(text.trim())))

  const add = () => {
    if (!parsed?.ok) return setTried(true)
    props.onAdd(text.trim())
    setText('')
    setTried(false)
    setBuilding((built) => (built === null ? null : built + 1))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      add()
    }
    if (event.key === 'Tab' && !event.shiftKey && suggested[0] && text.trim() !== '' && !bare) {
      event.preventDefault()
      setText(`${suggested[0].name} `)
    }
    if (event.key === 'Escape') setText('')
  }

  return (
    <div className={styles.add}>
      <div className={styles.field} data-bad={Boolean(showProblem)}>
        <input
          ref={props.ref}
          data-own-undo
          className={styles.input}
          aria-label="Add an axis"
          aria-invalid={Boolean(showProblem)}
          aria-describedby="axis-says"
          value={text}
          placeholder="Add an axis: eta 0 .. 1 step 0.25"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => {
            setText(asLine(event.target.value))
            setTried(false)
          }}
          onKeyDown={onKeyDown}
        />
        {parsed?.ok && (
          <button
            type="button"
            className={styles.enter}
            onClick={add}
            aria-label={`${plural(parsed.axis.points.length, 'value')}, add this axis`}
          >
            {plural(parsed.axis.points.length, 'value')} <Key>↵</Key>
          </button>
        )}
        <button
          type="button"
          className={styles.build}
          aria-expanded={building !== null}
          onClick={() => setBuilding(building === null ? 0 : null)}
        >
          {building === null ? 'Build' : 'Close'}
        </button>
      </div>
      {building !== null && (
        <AxisFields
          key={building}
          recipe={props.recipe}
          pack={props.pack}
          taken={props.taken}
          onText={(composed) => {
            setText(composed)
            setTried(false)
          }}
        />
      )}
      <div id="axis-says" aria-live="polite">
        {parsed?.ok && (
          <p className={styles.values}>
            {parsed.axis.points.slice(0, 40).map((point) => (
              <span key={point.label}>{point.label}</span>
            ))}
            {parsed.axis.points.length > 40 && <i>and {parsed.axis.points.length - 40} more</i>}
          </p>
        )}
        {parsed?.ok &&
          parsed.notices.map((notice) => (
            <p key={notice} className={styles.hint}>
              {notice}
            </p>
          ))}
        {showProblem && (
          <p className={styles.problem}>
            {parsed.problem.at !== undefined && <Marked text={text} at={parsed.problem.at} />}
            {parsed.problem.message}
          </p>
        )}
        {bare && <p className={styles.hint}>{examples(parameter)}</p>}
        {bare && parameter.kind === 'image' && (
          <UploadButton
            label="Choose the pictures of this axis"
            multiple
            onPictures={(references, files) => {
              props.onAdd(pictureAxis(parameter.name, references, files))
              setText('')
            }}
          />
        )}
      </div>
      {suggested.length > 0 && !bare && text.trim() !== '' && (
        <ul className={styles.suggested}>
          {suggested.map((each) => (
            <li key={each.name}>
              <button type="button" onClick={() => setText(`${each.name} `)}>
                {each.name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Parameters whose name holds what is typed, while only a name is being typed. */
function suggestions(text: string, taken: ReadonlyMap<string, number>): Parameter[] {
  const typed = text.trimStart().toLowerCase()
  if (typed === '' || /[\s:]/.test(typed)) return []
  const fits = parameters.filter(
    (parameter) =>
      parameter.axis &&
      parameter.acts === 'yes' &&
      !taken.has(parameter.name) &&
      parameter.name.toLowerCase().includes(typed),
  )
  const starts = (parameter: Parameter) => (parameter.name.toLowerCase().startsWith(typed) ? 0 : 1)

  return fits.toSorted((a, b) => starts(a) - starts(b)).slice(0, mostSuggested)
}

/** An axis over pictures, whose points are called as their files were. */
function pictureAxis(name: string, references: readonly string[], files: readonly File[]): StructuredAxis {
  return {
    parameters: [name],
    points: references.map((reference, k) => ({ label: files[k]!.name, patch: { [name]: reference } })),
  }
}

/** How values of this kind may be written. */
function examples(parameter: Parameter): string {
  const [low, high] = parameter.usual ?? [parameter.min ?? 0, parameter.max ?? 1]
  switch (parameter.kind) {
    case 'seed':
      return 'Go on with: seeds 8 from 1000 · or: 1, 2, 3'
    case 'boolean':
      return 'Go on with: true, false'
    case 'choice':
      return `Go on with: ${parameter.choices?.slice(0, 3).join(', ')}`
    case 'schedule':
      return 'Go on with: [12]*400+[4]*600 | [6]*1000'
    case 'image':
      return 'Go on with the pictures:'
    case 'integer':
    case 'number':
      return `Go on with: ${low} .. ${high} count 5 · or values: ${low}, ${high}${low > 0 && high / low >= 20 ? ` · or: ${low} .. ${high} log 4` : ''}`
    default:
      return 'Go on with values, separated by commas.'
  }
}
