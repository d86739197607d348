'use client'

import { useState } from 'react'
import type { Connection } from '../../state/cell-store.ts'
import styles from './study-screen.module.css'

/** What a person must know beside the pictures: the line is lost, a link no longer fits, something was refused. */
export function Notices(props: {
  connection: Connection
  notes: readonly string[]
  failure: string | null
  onDismiss: () => void
}) {
  const { connection, notes, failure } = props
  const [read, setRead] = useState(false)

  return (
    <>
      {connection.state === 'lost' && (
        <p className={styles.trouble} role="status">
          Not live since {time.format(connection.since)}; trying again. {connection.says ?? safe}
        </p>
      )}
      {notes.length > 0 && !read && (
        <p className={styles.note} role="status">
          This link does not fit the study as it is now: {notes.join(', ')}. The rest is shown.
          <button type="button" onClick={() => setRead(true)}>
            Dismiss
          </button>
        </p>
      )}
      {failure && (
        <p className={styles.trouble} role="alert">
          {failure}
          <button type="button" onClick={props.onDismiss}>
            Dismiss
          </button>
        </p>
      )}
    </>
  )
}

const safe = 'Rendering goes on without this page.'
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
