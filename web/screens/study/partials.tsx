'use client'

import { useEffect, useState } from 'react'
import { Picture } from '../../shell/picture.tsx'
import { call } from '../../wire/call.ts'
import type { WireCell, WireCellDetail } from '../../wire/study.ts'
import styles from './partials.module.css'

/** How the picture developed, where its render kept pictures on the way. */
export function Partials({ studyId, cell }: { studyId: string; cell: WireCell }) {
  const [detail, setDetail] = useState<WireCellDetail | null>(null)
  const { seq, renderKey } = cell

  // biome-ignore lint/correctness/useExhaustiveDependencies: another render of the same cell has other pictures
  useEffect(() => {
    const gone = new AbortController()
    call<WireCellDetail>(`/api/studies/${studyId}/cells/${seq}`, { signal: gone.signal })
      .then(setDetail)
      .catch(() => setDetail(null))
    return () => gone.abort()
  }, [studyId, seq, renderKey])

  if (detail?.seq !== seq || detail.partials.length === 0) return null

  return (
    <section>
      <h3 className={styles.heading}>On the way</h3>
      <div className={styles.strip}>
        {detail.partials.map((partial) => (
          <Picture
            key={partial.step}
            src={`/blobs/${partial.image}`}
            width={partial.width}
            height={partial.height}
            alt={`after step ${partial.step}`}
            title={`step ${partial.step}`}
          />
        ))}
      </div>
    </section>
  )
}
