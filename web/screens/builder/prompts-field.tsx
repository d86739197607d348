'use client'

import { type KeyboardEvent, useRef } from 'react'
import type { Parameter, Prompts } from '#study'
import { plural } from '../../wire/format.ts'
import type { Preflight } from '../../wire/study.ts'
import row from './field-row.module.css'
import { asLine, joinPrompt, splitPrompt } from './prompt-text.ts'
import styles from './prompts-field.module.css'
import { RemoveButton } from './remove-button.tsx'
import { WeightInput } from './weight-input.tsx'

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
          const count = shown.length > 1 ? counted.find((each) => each.prompt === index) : undefined
          const over = counted.some((each) => each.prompt === index && each.count > each.limit)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line of prompts is its place
            <div key={index} className={styles.line} data-over={over}>
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
                  write(shown.with(index, joinPrompt({ text: asLine(event.target.value), weight })))
                }
                onKeyDown={(event) => onKeyDown(event, index)}
              />
              {count && (
                <span
                  className={styles.count}
                  data-over={over}
                  title={`${count.count} of ${count.limit} tokens`}
                >
                  {count.count}
                </span>
              )}
              <WeightInput
                id={`weight-${index}`}
                label={`Weight ${index + 1}`}
                weight={weight}
                describedBy="prompt-help"
                onWeight={(next) => write(shown.with(index, joinPrompt({ text, weight: next })))}
              />
              {shown.length > 1 && (
                <RemoveButton label={`Remove prompt ${index + 1}`} onClick={() => remove(index)} />
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
