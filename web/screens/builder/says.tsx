'use client'

import { type Advice, formatValue, parameterNamed, type RecipePatch } from '#study'
import styles from './says.module.css'

/** What stands in the way, what the guide would say, and what was quietly adjusted: one sentence each. */
export function Says(props: {
  problems: readonly string[]
  advice: readonly Advice[]
  notices: readonly string[]
  onFix: (patch: RecipePatch) => void
}) {
  return (
    <>
      {props.problems.map((text) => (
        <p key={text} className={styles.says} data-kind="problem" role="alert">
          {text}
        </p>
      ))}
      {props.advice.map(({ id, says, fix }) => (
        <p key={id + says} className={styles.says} data-kind="advice" data-rule={id}>
          {says}
          {fix && (
            <button type="button" className={styles.fix} onClick={() => props.onFix(fix)}>
              {fixWords(fix)}
            </button>
          )}
        </p>
      ))}
      {props.notices.map((text) => (
        <p key={text} className={styles.says} data-kind="notice">
          {text}
        </p>
      ))}
    </>
  )
}

/** `Set skip_steps to 13`; several values at once are what the sentence before describes. */
function fixWords(fix: RecipePatch): string {
  const entries = Object.entries(fix).map(([name, value]) => {
    const parameter = parameterNamed(name)!
    return parameter.kind === 'boolean'
      ? `Turn ${name} ${value ? 'on' : 'off'}`
      : `Set ${name} to ${formatValue(parameter, value)}`
  })

  return entries.length > 1 ? 'Do so' : entries[0]!
}
