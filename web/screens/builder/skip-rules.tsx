'use client'

import { parseSkipRule } from '#study'
import { plural } from '../../wire/format.ts'
import type { Change } from './draft.ts'
import { Marked } from './marked.tsx'
import { asLine } from './prompt-text.ts'
import { RemoveButton } from './remove-button.tsx'
import styles from './skip-rules.module.css'

/** The rules that leave cells out, one line each, and how many cells they leave out together. */
export function SkipRules(props: {
  rules: readonly string[]
  /** Cells left out by all rules together; null while nobody knows. */
  excluded: number | null
  onChange: (change: Change) => void
}) {
  return (
    <>
      {props.rules.map((text, index) => {
        const parsed = text.trim() === '' ? null : parseSkipRule(text)
        const problem = parsed && !parsed.ok ? parsed.problem : null
        const isLast = index === props.rules.length - 1

        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
          <div key={index} className={styles.rule} data-bad={problem !== null}>
            <div className={styles.line}>
              <label htmlFor={`skip-${index}`}>Skip when</label>
              <input
                className={styles.rule}
                id={`skip-${index}`}
                value={text}
                placeholder="eta > 0.75 and clip_guidance_scale >= 50000"
                spellCheck={false}
                autoComplete="off"
                aria-invalid={problem !== null}
                onChange={(event) =>
                  props.onChange({ kind: 'edit skip', index, text: asLine(event.target.value) })
                }
              />
              {isLast && props.excluded !== null && (
                <span className={styles.count}>{plural(props.excluded, 'cell')}</span>
              )}
              <RemoveButton
                label={`Remove the rule ${index + 1}`}
                onClick={() => props.onChange({ kind: 'remove skip', index })}
              />
            </div>
            {problem && (
              <p className={styles.problem} role="alert">
                {problem.at !== undefined && <Marked text={text} at={problem.at} />}
                {problem.message}
              </p>
            )}
          </div>
        )
      })}
    </>
  )
}
