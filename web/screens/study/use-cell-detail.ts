'use client'

import { useEffect, useState } from 'react'
import type { StoreCell } from '../../state/cell-store.ts'
import { call } from '../../wire/call.ts'
import type { WireCellDetail } from '../../wire/study.ts'

/** What only the ledger knows of a cell: asked for again when its picture or status is another one. */
export function useCellDetail(address: string, cell: StoreCell | undefined): WireCellDetail | null {
  const [detail, setDetail] = useState<WireCellDetail | null>(null)
  const seq = cell?.seq
  const state = `${cell?.status} ${cell?.image}`

  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture of the same cell has another story
  useEffect(() => {
    if (seq === undefined) return
    const gone = new AbortController()
    call<WireCellDetail>(`${address}/cells/${seq}`, { signal: gone.signal })
      .then(setDetail)
      .catch(() => setDetail(null))
    return () => gone.abort()
  }, [address, seq, state])

  return detail?.seq === seq ? detail : null
}
