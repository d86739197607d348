'use client'

import { type ReactNode, useId, useState } from 'react'
import { groups, type PackInfo, type Parameter, parameterNamed, parameters, type Recipe } from '#study'
import { Segments } from '../../shell/segments.tsx'
import styles from './axis-fields.module.css'
import { composeAxis, type AxisFields as Fields, fieldsFor, type PromptWay } from './compose-axis.ts'

const buildable = parameters.filter(
  (parameter) => parameter.axis && parameter.acts === 'yes' && parameter.kind !== 'image',
)

/** An axis built with fields. They write the same line that one would type, where it can be read along. */
export function AxisFields(props: {
  recipe: Recipe
  pack: PackInfo
  taken: ReadonlyMap<string, number>
  onText: (text: string) => void
}) {
  const { pack } = props
  const id = useId()
  const begin = (parameter: Parameter) =>
    fieldsFor(parameter, pack.usual[parameter.name] ?? parameter.usual, props.recipe[parameter.name])
  const [name, setName] = useState('')
  const [fields, setFields] = useState<Fields | null>(null)
  const parameter = parameterNamed(name)

  const choose = (next: string) => {
    const chosen = parameterNamed(next)!
    const fresh = begin(chosen)
    setName(next)
    setFields(fresh)
    props.onText(composeAxis(chosen, fresh))
  }
  const set = (change: Partial<Fields>) => {
    if (!parameter || !fields) return
    const next = { ...fields, ...change }
    setFields(next)
    props.onText(composeAxis(parameter, next))
  }

  return (
    <div className={styles.fields}>
      <Field id={`${id}-parameter`} label="Parameter">
        <select
          id={`${id}-parameter`}
          className={styles.parameter}
          value={name}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="" disabled>
            Choose …
          </option>
          {groups.map((group) => {
            const inGroup = buildable.filter((each) => each.group === group && !props.taken.has(each.name))
            return (
              inGroup.length > 0 && (
                <optgroup key={group} label={group}>
                  {inGroup.map((each) => (
                    <option key={each.name}>{each.name}</option>
                  ))}
                </optgroup>
              )
            )
          })}
        </select>
      </Field>
      {parameter && fields && <Kind id={id} parameter={parameter} fields={fields} onSet={set} />}
    </div>
  )
}

interface KindProps {
  id: string
  parameter: Parameter
  fields: Fields
  onSet: (change: Partial<Fields>) => void
}

function Kind(props: KindProps) {
  const { id, parameter, fields, onSet } = props
  switch (parameter.kind) {
    case 'seed':
      return (
        <>
          <Short
            id={`${id}-amount`}
            label="How many"
            value={fields.amount}
            onText={(amount) => onSet({ amount })}
          />
          <Short id={`${id}-from`} label="From" value={fields.from} onText={(from) => onSet({ from })} />
        </>
      )
    case 'integer':
    case 'number':
      return (
        <>
          <Short id={`${id}-from`} label="From" value={fields.from} onText={(from) => onSet({ from })} />
          <Short id={`${id}-to`} label="To" value={fields.to} onText={(to) => onSet({ to })} />
          <Segments
            label="In what steps"
            options={ways}
            value={fields.by}
            onChange={(by) => onSet({ by, amount: by === 'step' ? '' : fields.amount || '5' })}
          />
          <Short
            id={`${id}-amount`}
            label={fields.by === 'step' ? 'Step' : 'Values'}
            value={fields.amount}
            onText={(amount) => onSet({ amount })}
          />
        </>
      )
    case 'boolean':
      return <p className={styles.note}>Off and on.</p>
    case 'choice':
      return (
        <fieldset className={styles.choices}>
          <legend className="visually-hidden">Values</legend>
          {parameter.choices!.map((choice) => (
            <label key={choice}>
              <input
                type="checkbox"
                checked={fields.chosen.includes(choice)}
                disabled={parameter.notYet?.includes(choice)}
                onChange={(event) =>
                  onSet({
                    chosen: parameter.choices!.filter((each) =>
                      each === choice ? event.target.checked : fields.chosen.includes(each),
                    ),
                  })
                }
              />
              {choice}
            </label>
          ))}
        </fieldset>
      )
    case 'prompts':
      return <PromptKind {...props} />
    default:
      return (
        <Lines id={id} label="Values, one a line" value={fields.lines} onText={(lines) => onSet({ lines })} />
      )
  }
}

function PromptKind({ id, fields, onSet }: KindProps) {
  return (
    <>
      <Segments
        label="What changes"
        options={edits}
        value={fields.edit}
        onChange={(edit) => onSet({ edit })}
      />
      {fields.edit !== 'whole' && (
        <Field id={`${id}-words`} label="Words in the prompt">
          <input
            id={`${id}-words`}
            className={styles.words}
            value={fields.words}
            onChange={(event) => onSet({ words: event.target.value })}
          />
        </Field>
      )}
      {fields.edit !== 'drop' && (
        <Lines
          id={id}
          label={linesOf[fields.edit]}
          value={fields.lines}
          onText={(lines) => onSet({ lines })}
        />
      )}
    </>
  )
}

const ways = [
  { value: 'count', label: 'evenly' },
  { value: 'log', label: 'by ratio' },
  { value: 'step', label: 'by step' },
] as const

const edits: { value: PromptWay; label: string }[] = [
  { value: 'swap', label: 'Swap words' },
  { value: 'drop', label: 'With and without' },
  { value: 'weight', label: 'Weights' },
  { value: 'whole', label: 'Whole prompts' },
]

const linesOf: Record<PromptWay, string> = {
  swap: 'For these, one a line',
  drop: '',
  weight: 'Weights',
  whole: 'Prompts, one a line',
}

const Field = (props: { id: string; label: string; wide?: boolean; children: ReactNode }) => (
  <div className={styles.field} data-wide={props.wide}>
    <label htmlFor={props.id}>{props.label}</label>
    {props.children}
  </div>
)

const Short = (props: { id: string; label: string; value: string; onText: (text: string) => void }) => (
  <Field id={props.id} label={props.label}>
    <input
      id={props.id}
      className={styles.short}
      inputMode="decimal"
      autoComplete="off"
      value={props.value}
      onChange={(event) => props.onText(event.target.value)}
    />
  </Field>
)

const Lines = (props: { id: string; label: string; value: string; onText: (text: string) => void }) => (
  <Field id={`${props.id}-lines`} label={props.label} wide>
    <textarea
      id={`${props.id}-lines`}
      className={styles.lines}
      rows={3}
      spellCheck={false}
      value={props.value}
      onChange={(event) => props.onText(event.target.value)}
    />
  </Field>
)
