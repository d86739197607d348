'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Popover, PopoverItem } from '../../shell/popover.tsx'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import { call, Refused } from '../../wire/call.ts'
import styles from './effects-screen.module.css'

/** Which picture the others are measured against by LPIPS. */
export function ReferenceMenu(props: {
  live: LiveStudy
  /** Its place, null for none. */
  reference: number | null
  hrefOf: (seq: number) => string
}) {
  const { reference, live } = props
  const { store, plan, address } = live
  const router = useRouter()
  const [failure, setFailure] = useState<string | null>(null)
  const choose = async (seq: number | null) => {
    setFailure(null)
    try {
      await call(`${address}/reference`, { body: { seq } })
      router.refresh()
    } catch (error) {
      setFailure(error instanceof Refused ? error.message : String(error))
    }
  }
  const first = () => {
    for (let seq = 0; seq < plan.size; seq++) if (store.hasPicture(seq)) return seq
    return null
  }

  return (
    <>
      <Popover className={styles.export} label="Reference picture" button="Reference">
        {(close) => (
          <>
            {[
              { label: 'The first picture', seq: first() },
              ...(reference === null ? [] : [{ label: 'None', seq: null }]),
            ].map(({ label, seq }) => (
              <PopoverItem
                key={label}
                onClick={() => {
                  close()
                  void choose(seq)
                }}
              >
                {label}
              </PopoverItem>
            ))}
            <p className={styles.hint}>
              LPIPS says how different pictures look from one of them. Any can be it: open its cell and press
              “Measure from here”.
            </p>
          </>
        )}
      </Popover>
      {reference !== null && (
        <Link className={styles.reference} href={props.hrefOf(reference)}>
          cell {reference + 1}
        </Link>
      )}
      {failure && (
        <span className={styles.muted} role="alert">
          {failure}
        </span>
      )}
    </>
  )
}
