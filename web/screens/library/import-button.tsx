'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { call, Refused } from '../../wire/call.ts'
import { plural } from '../../wire/format.ts'
import styles from './library-screen.module.css'

interface Imported {
  id: string
  title: string
  pictures: number
  known: number
}

/** Takes in a study that was exported whole. */
export function ImportButton({ onSaid }: { onSaid: (text: string) => void }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  const take = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    onSaid(`Taking in ${file.name} …`)
    try {
      const { title, pictures, known } = await importStudy(file)
      onSaid(
        `“${title}” is here with ${plural(pictures, 'picture')}${known > 0 ? `, ${known} of them known already` : ''}.`,
      )
      router.refresh()
    } catch (error) {
      onSaid(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <label className={styles.import} data-busy={busy}>
      {busy ? 'Importing …' : 'Import'}
      <input
        type="file"
        className="visually-hidden"
        aria-label="Import an exported study"
        accept=".zip,application/zip"
        disabled={busy}
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </label>
  )
}

/** One that is here already comes beside it as a copy: whoever imports wants to look at it. */
async function importStudy(file: File): Promise<Imported> {
  try {
    return await call<Imported>('/api/studies/import', { method: 'POST', file })
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'conflict') throw error

    return call<Imported>('/api/studies/import?copy=true', { method: 'POST', file })
  }
}
