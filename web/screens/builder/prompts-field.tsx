'use client'

import { type KeyboardEvent, useRef } from 'react'
import type { Parameter, Prompts } from '#study'
import { plural } from '../../wire/format.ts'
import type { Preflight } from '../../wire/study.ts'
import row from './field-row.module.css'
import { joinPrompt, splitPrompt } from './prompt-text.ts'
import styles from './prompts-field.module.css'
import { TypedInput } from './typed-input.tsx'

/** The prompts: one line each with its weight, and how much of CLIP's context they take. */
export function PromptsField(props: {
  parameter: Parameter
  value: Prompts
  changed: boolean
  problem: string | null
  tokens: Preflight['tokens']
  onAxis: number | null
  onReset: () => void
  onChange: (value: Prompts) => void
}) {
  const list = useRef<HTMLDivElement>(null)
  const lines = props.value['0'] ?? []
  const shown = lines.length === 0 ? [''] : lines
  const laterFrames = Object.keys(props.value).filter((frame) => frame !== '0')
  const counted = props.tokens.filter((each) => each.frame === '0')
  const longest = counted.reduce<Preflight['tokens'][number] | null>(
    (most, each) => (most === null || each.count > most.count ? each : most),
    null,
  )

  const write = (next: string[]) => props.onChange({ ...props.value, '0': next })
  const focusLine = (index: number) =>
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLInputElement>('[data-line]')[index]?.focus(),
    )
  const insert = (index: number) => {
    write(shown.toSpliced(index, 0, ''))
    focusLine(index)
  }
  const remove = (index: number) => {
    write(shown.toSpliced(index, 1))
    focusLine(Math.max(0, index - 1))
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      insert(index + 1)
    }
    if (event.key === 'Backspace' && shown[index] === '' && shown.length > 1) {
      event.preventDefault()
      remove(index)
    }
  }

  return (
    <div className={styles.prompts} data-changed={props.changed}>
      <div className={styles.head}>
        <span className={row.name}>
          {props.changed && <span className={row.dot} />}
          {props.parameter.name}
        </span>
        {props.onAxis !== null ? (
          <span className={styles.onAxis}>on an axis, {plural(props.onAxis, 'value')}</span>
        ) : (
          longest && (
            <span className={styles.tokens} data-over={longest.count > longest.limit}>
              {longest.count} of {longest.limit} tokens
            </span>
          )
        )}
      </div>
      <div ref={list} className={styles.lines}>
        {shown.map((line, index) => {
          const { text, weight } = splitPrompt(line)
          const over = counted.find((each) => each.prompt === index && each.count > each.limit)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line of prompts is its place
            <div key={index} className={styles.line} data-over={over !== undefined}>
              <textarea
                data-line
                rows={1}
                className={styles.text}
                aria-label={`Prompt ${index + 1}`}
                value={text}
                placeholder={
                  index === 0
                    ? 'What should the picture show?'
                    : 'More of this, or less with a negative weight'
                }
                onChange={(event) =>
                  write(
                    shown.with(index, joinPrompt({ text: event.target.value.replaceAll('\n', ' '), weight })),
                  )
                }
                onKeyDown={(event) => onKeyDown(event, index)}
              />
              <span className={styles.weight}>
                <TypedInput
                  id={`weight-${index}`}
                  text={weight}
                  numeric
                  disabled={false}
                  describedBy="prompt-help"
                  className={styles.weightInput}
                  onText={(typed) => {
                    if (!Number.isFinite(Number(typed)) || typed.trim() === '')
                      return 'A weight is a number, like 2 or -0.5.'
                    write(shown.with(index, joinPrompt({ text, weight: typed.trim() })))
                    return null
                  }}
                />
                <label htmlFor={`weight-${index}`} className="visually-hidden">
                  Weight {index + 1}
                </label>
              </span>
              {shown.length > 1 && (
                <button
                  type="button"
                  className={styles.remove}
                  aria-label={`Remove prompt ${index + 1}`}
                  onClick={() => remove(index)}
                >
                  ×
                </button>
              )}
            </div>
          )
        })}
      </div>
      <button type="button" className={styles.add} onClick={() => insert(shown.length)}>
        Add a prompt
      </button>
      {props.problem && (
        <p className={row.problem} role="alert">
          {props.problem}
        </p>
      )}
      {laterFrames.length > 0 && (
        <p className={styles.later}>
          Prompts from frame {laterFrames.join(', ')} on are kept; they act in animations.
        </p>
      )}
      <p id="prompt-help" className={styles.help}>
        {props.parameter.help}
      </p>
    </div>
  )
}
