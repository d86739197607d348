'use client'

import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { type Parameter, parseSchedule, type Run, scheduleToText, scheduleUnits } from '#study'
import { beginnings, joined, nudged, split, stepsOfRuns, withBoundary, withValue } from './schedule-edit.ts'
import styles from './schedule-editor.module.css'

/** Beyond this the curve is drawn, but no longer has handles. */
const mostHandles = 16
const height = 100
const unitsOfKey = 10
const away = { Delete: 'out', Backspace: 'out' } as const
const keysOf: Record<'across' | 'up', Record<string, 1 | -1 | 'out' | undefined>> = {
  across: { ArrowRight: 1, ArrowLeft: -1, ...away },
  up: { ArrowUp: 1, ArrowDown: -1, ...away },
}

/**
 * The course of a schedule, to be drawn by hand: values are dragged up and down, bends to and fro, or moved with the
 * arrow keys. Ticks below are the steps that really look.
 */
export function ScheduleEditor(props: {
  parameter: Parameter
  text: string
  /** The schedule that acts together with this one. */
  companion: { name: string; text: string } | null
  /** Units that the steps of the recipe look at. */
  units: readonly number[]
  disabled: boolean
  onChange: (text: string) => void
}) {
  const { parameter, units, disabled } = props
  const board = useRef<HTMLDivElement>(null)
  const parsed = parseSchedule(props.text)
  if (!parsed.ok) return null

  const { runs } = parsed
  const other = props.companion ? parseSchedule(props.companion.text) : null
  const scale = {
    whole: parameter.whole,
    min: parameter.min ?? 0,
    max: topOf([...runs, ...(other?.ok ? other.runs : [])], parameter),
  }
  const from = beginnings(runs)
  const across = (unit: number) => `${(unit / scheduleUnits) * 100}%`
  const up = (value: number) => ((value - scale.min) / (scale.max - scale.min)) * height
  const write = (next: readonly Run[]) => props.onChange(scheduleToText(next))

  const drag = (move: (at: { unit: number; value: number }) => void) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) =>
      event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (disabled || !event.currentTarget.hasPointerCapture(event.pointerId)) return
      const box = board.current!.getBoundingClientRect()
      const share = 1 - (event.clientY - box.top) / box.height
      const value = scale.min + Math.min(1, Math.max(0, share)) * (scale.max - scale.min)
      const fine = (scale.max - scale.min) / 100
      move({
        unit: ((event.clientX - box.left) / box.width) * scheduleUnits,
        value: scale.whole ? Math.round(value) : Number((Math.round(value / fine) * fine).toPrecision(6)),
      })
    },
  })
  const keys = (event: KeyboardEvent, way: 'across' | 'up', act: (by: 1 | -1 | 'out') => void) => {
    const by = keysOf[way][event.key]
    if (by === undefined || disabled) return
    event.preventDefault()
    act(by)
  }
  const lowest = parameter.exclusiveMin === undefined ? scale.min : Math.max(scale.min, scale.max / 100)
  const setValue = (index: number, value: number) => write(withValue(runs, index, Math.max(lowest, value)))
  const remove = (index: number) => write(joined(runs, index))
  const bend = () => {
    const longest = runs.reduce((best, run, index) => (run[1] > runs[best]![1] ? index : best), 0)
    const [value] = runs[longest]!
    write(split(runs, longest, nudged(value, value < scale.max ? 1 : -1, scale)))
  }
  const hasHandles = runs.length <= mostHandles

  return (
    <div className={styles.editor}>
      <div ref={board} className={styles.board}>
        <svg viewBox={`0 0 ${scheduleUnits} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {other?.ok && <polyline className={styles.companion} points={pathOf(other.runs, up)} />}
          <polyline className={styles.curve} points={pathOf(runs, up)} />
        </svg>
        {hasHandles &&
          runs.map(([value, length], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place
            <span key={`value ${index}`}>
              <span
                role="slider"
                tabIndex={disabled ? -1 : 0}
                className={styles.value}
                style={{ left: across(from[index]! + length / 2), bottom: `${up(value)}%` }}
                aria-label={`${parameter.name} from unit ${from[index]}`}
                aria-valuenow={value}
                aria-valuemin={scale.min}
                aria-valuemax={scale.max}
                aria-orientation="vertical"
                onKeyDown={(event) =>
                  keys(event, 'up', (by) =>
                    by === 'out' ? remove(index) : setValue(index, nudged(value, by, scale)),
                  )
                }
                {...drag((at) => setValue(index, at.value))}
              >
                {value}
              </span>
              {index > 0 && (
                <span
                  role="slider"
                  tabIndex={disabled ? -1 : 0}
                  className={styles.boundary}
                  style={{ left: across(from[index]!) }}
                  aria-label={`${parameter.name}, bend ${index}`}
                  aria-valuenow={from[index]}
                  aria-valuemin={0}
                  aria-valuemax={scheduleUnits}
                  onKeyDown={(event) =>
                    keys(event, 'across', (by) =>
                      by === 'out'
                        ? remove(index)
                        : write(withBoundary(runs, index, from[index]! + by * unitsOfKey)),
                    )
                  }
                  {...drag((at) => write(withBoundary(runs, index, at.unit)))}
                />
              )}
            </span>
          ))}
        <svg
          className={styles.steps}
          viewBox={`0 0 ${scheduleUnits} 1`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {units.map((unit) => (
            <line key={unit} x1={unit + 0.5} x2={unit + 0.5} y1="0" y2="1" />
          ))}
        </svg>
      </div>
      <p className={styles.ends} aria-hidden="true">
        <span>noise, unit 0</span>
        {props.companion && (
          <span className={styles.companionName}>
            <i /> {props.companion.name}
          </span>
        )}
        <span>picture, 1000</span>
      </p>
      <p className={styles.words}>
        {seenWords(runs, units)}
        {hasHandles && !disabled && (
          <button type="button" className={styles.bend} onClick={bend}>
            Add a bend
          </button>
        )}
      </p>
    </div>
  )
}

/** Room above the highest value, so that there is somewhere to drag it. */
function topOf(runs: readonly Run[], { usual, max, whole }: Parameter): number {
  const highest = Math.max(...runs.map(([value]) => value))
  const wanted = Math.max(Math.min(usual?.[1] ?? 1, Math.max(1, highest * 2)), highest * 1.25, whole ? 4 : 1)

  return Math.min(max ?? wanted, whole ? Math.ceil(wanted) : Number(wanted.toPrecision(3)))
}

function pathOf(runs: readonly Run[], up: (value: number) => number): string {
  const from = beginnings(runs)

  return runs
    .map(([value, units], index) => {
      const y = height - up(value)
      return `${from[index]},${y} ${from[index]! + units},${y}`
    })
    .join(' ')
}

const mostTold = 5

/** `10 steps see 12, then 15 see 4.` */
function seenWords(runs: readonly Run[], units: readonly number[]): string {
  const counts = stepsOfRuns(runs, units)
  if (units.length === 0) return 'No step is executed.'
  if (runs.length > mostTold) return `${units.length} steps look at ${runs.length} values.`

  return `${runs
    .map(([value], index) => `${counts[index]}${index === 0 ? ' steps' : ''} see ${value}`)
    .join(', then ')}.`
}
