'use client'

import { useId, useState } from 'react'
import { allowed, formatValue, type Parameter, type ParameterValue } from '#study'
import { plural } from '../../wire/format.ts'
import { FieldControl } from './field-control.tsx'
import styles from './field-row.module.css'
import type { Off } from './recipe-form.tsx'
import { ScheduleEditor } from './schedule-editor.tsx'

/** One parameter: its name, its value, and, while one is at it, what it does and where it is usually set. */
export function FieldRow(props: {
  parameter: Parameter
  value: ParameterValue
  standard: ParameterValue
  usual?: [number, number]
  changed: boolean
  /** Number of values when it is on an axis. */
  onAxis: number | null
  off: Off | null
  problem: string | null
  /** What the curve of a schedule is drawn against. */
  schedule: { companion: { name: string; text: string } | null; units: readonly number[] } | null
  onReset: () => void
  onChange: (value: unknown) => void
}) {
  const { parameter, off } = props
  const id = useId()
  const [isDrawing, setDrawing] = useState(false)

  return (
    <div className={styles.row} data-changed={props.changed} data-off={off !== null}>
      <div className={styles.line}>
        <label htmlFor={id} className={styles.name}>
          {props.changed && (
            <span className={styles.dot} title="Changed from the default" aria-hidden="true" />
          )}
          {parameter.name}
          {props.changed && <span className="visually-hidden">, changed</span>}
        </label>
        <div className={styles.control}>
          {props.onAxis === null ? (
            <FieldControl
              id={id}
              parameter={parameter}
              value={props.value}
              usual={props.usual}
              disabled={off?.locked ?? false}
              describedBy={`${id}-help`}
              drawing={{ isOpen: isDrawing, onToggle: () => setDrawing(!isDrawing) }}
              onChange={props.onChange}
            />
          ) : (
            <p className={styles.onAxis}>
              <b>on an axis</b> {plural(props.onAxis, 'value')}
            </p>
          )}
        </div>
      </div>
      {props.schedule && isDrawing && props.onAxis === null && (
        <ScheduleEditor
          parameter={parameter}
          text={String(props.value)}
          {...props.schedule}
          disabled={off?.locked ?? false}
          onChange={props.onChange}
        />
      )}
      {off && props.onAxis === null && <p className={styles.off}>{off.says}</p>}
      {props.problem && (
        <p className={styles.problem} role="alert">
          {props.problem}
        </p>
      )}
      <div id={`${id}-help`} className={styles.help}>
        <p>{parameter.help}</p>
        <p className={styles.facts}>
          {facts(parameter, props.standard, props.usual).join(' · ')}
          {props.changed && (
            <button type="button" className={styles.reset} onClick={props.onReset}>
              Back to default
            </button>
          )}
        </p>
      </div>
    </div>
  )
}

function facts(parameter: Parameter, standard: ParameterValue, usual?: [number, number]): string[] {
  return [
    `default ${formatValue(parameter, standard)}`,
    ...(usual ? [`usually ${usual[0]} to ${usual[1]}`] : []),
    ...(['boolean', 'choice'].includes(parameter.kind) ? [] : [allowed(parameter)]),
    ...(parameter.cost ? [`time: ${parameter.cost}`] : []),
    ...(parameter.memory ? [`memory: ${parameter.memory}`] : []),
    ...(parameter.axis ? [] : ['cannot be an axis']),
    parameter.since === 'teststrip' ? 'of Teststrip' : `since DD ${parameter.since}`,
  ]
}
