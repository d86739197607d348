'use client'

import { checkValue, type Parameter, type ParameterValue, type Prompts } from '#study'
import styles from './field-control.module.css'
import { PictureField } from './picture-field.tsx'
import { PicturePrompts } from './picture-prompts.tsx'
import { ScheduleLine } from './schedule-line.tsx'
import { TypedInput } from './typed-input.tsx'

type Props = {
  id: string
  parameter: Parameter
  value: ParameterValue
  usual?: [number, number]
  disabled: boolean
  describedBy: string
  /** Of a schedule: whether its curve is open below, and how to open it. */
  drawing?: { isOpen: boolean; onToggle: () => void }
  onChange: (value: unknown) => void
}

/** The control that fits the kind of a parameter. Only sound values reach the recipe; others say what is allowed. */
export function FieldControl(props: Props) {
  const { parameter, value } = props
  switch (parameter.kind) {
    case 'boolean':
      return <Switch {...props} />
    case 'choice':
      return <Choice {...props} />
    case 'integer':
    case 'number':
      return (
        <div className={styles.pair}>
          <Typed {...props} read={readNumber} className={styles.number} />
          <Slider {...props} />
        </div>
      )
    case 'seed':
      return (
        <div className={styles.pair}>
          <Typed {...props} read={readNumber} className={styles.seed} />
          <button
            type="button"
            className={styles.dice}
            disabled={props.disabled}
            onClick={() => props.onChange(Math.floor(Math.random() * 2 ** 32))}
          >
            Throw
          </button>
        </div>
      )
    case 'schedule':
      return (
        <div>
          {props.drawing && <ScheduleLine name={parameter.name} text={String(value)} {...props.drawing} />}
          <Typed {...props} read={(text) => text} />
        </div>
      )
    case 'numbers':
    case 'saves':
      return <Typed {...props} read={readNumbers} />
    case 'size':
      return <Typed {...props} read={(text) => text} />
    case 'image':
      return <PictureField {...props} value={value as string | null} />
    case 'prompts':
      return <PicturePrompts {...props} value={value as Prompts} />
    default:
      return <Typed {...props} read={(text) => text} />
  }
}

function Typed(props: Props & { read: (text: string) => unknown; className?: string }) {
  const { parameter, read } = props

  return (
    <TypedInput
      id={props.id}
      className={props.className}
      text={textOf(props.value, parameter)}
      numeric={['integer', 'number', 'seed'].includes(parameter.kind)}
      disabled={props.disabled}
      describedBy={props.describedBy}
      onText={(text) => {
        const checked = checkValue(parameter, read(text))
        if (!checked.ok) return checked.message
        props.onChange(checked.value)
        return null
      }}
    />
  )
}

function textOf(value: ParameterValue, parameter: Parameter): string {
  if (value === null) return ''
  if (parameter.kind === 'size' && Array.isArray(value)) return value.join(' × ')
  if (Array.isArray(value)) return value.join(', ')

  return String(value)
}

const readNumber = (text: string): unknown => (text.trim() === '' ? text : Number(text.replace('−', '-')))

const readNumbers = (text: string): unknown => {
  const list = text
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(Number)

  return list.length === 1 ? list[0] : list
}

function Switch({ id, value, disabled, describedBy, onChange }: Props) {
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      aria-checked={value === true}
      className={styles.switch}
      checked={value === true}
      disabled={disabled}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.checked)}
    />
  )
}

function Choice({ id, parameter, value, disabled, describedBy, onChange }: Props) {
  return (
    <select
      id={id}
      className={styles.select}
      value={String(value)}
      disabled={disabled}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
    >
      {parameter.choices?.map((choice) => {
        const later = parameter.notYet?.includes(choice)
        return (
          <option key={choice} value={choice} disabled={later}>
            {choice}
            {later ? ' (not yet)' : ''}
          </option>
        )
      })}
    </select>
  )
}

const notches = 200

/** Moves over the range in which the parameter is usually set; the field beside it goes beyond. */
function Slider({ parameter, value, usual, disabled, onChange }: Props) {
  if (!usual || usual[0] === usual[1]) return <span className={styles.noSlider} />
  const [low, high] = usual
  // Wide ranges are walked by ratios, as one thinks of them.
  const byRatio = low > 0 && high / low >= 50
  const toNotch = (at: number) =>
    notches * (byRatio ? Math.log(Math.max(at, low) / low) / Math.log(high / low) : (at - low) / (high - low))
  const fromNotch = (notch: number) =>
    byRatio ? low * (high / low) ** (notch / notches) : low + ((high - low) * notch) / notches
  const step = parameter.whole ? 1 : 10 ** Math.floor(Math.log10((high - low) / 100))
  const rounded = (at: number) => {
    const unit = byRatio ? 10 ** Math.max(0, Math.floor(Math.log10(at)) - 1) : step
    return Number((Math.round(at / unit) * unit).toPrecision(12))
  }

  return (
    <input
      type="range"
      className={styles.slider}
      aria-label={`${parameter.name}, usual range`}
      tabIndex={-1}
      min={0}
      max={notches}
      value={Math.min(notches, Math.max(0, toNotch(Number(value))))}
      disabled={disabled}
      onChange={(event) => onChange(rounded(fromNotch(Number(event.target.value))))}
    />
  )
}
