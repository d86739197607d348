'use client'

import { useEffect, useMemo, useState } from 'react'
import { makePlan, type Plan } from '#study'
import { CellStore } from '../state/cell-store.ts'
import { connectStudy } from '../state/connect-study.ts'
import { WholeCells } from '../state/load-columns.ts'
import type { PageSheet } from '../state/page-sheet.ts'

/** A study with its plan and its live cells, for every screen that shows them. */
export interface LiveStudy {
  plan: Plan
  store: CellStore
  /** Asks for all that is known of cells of which only a packed record is here. */
  want: (seqs: readonly number[]) => void
  /** Of the study in the API. */
  address: string
}

export function useLiveStudy({ study, pack, start }: PageSheet): LiveStudy {
  const address = `/api/studies/${study.id}`
  const plan = useMemo(() => {
    const made = makePlan(study.file, pack).plan
    if (!made) throw new Error('This study no longer fits its pack; open it in the builder to see why.')
    return made
  }, [study.file, pack])
  const [{ store, whole }] = useState(() => {
    const store = new CellStore(start)
    return { store, whole: new WholeCells(store, address) }
  })
  useEffect(() => connectStudy(store, address), [store, address])

  return useMemo(
    () => ({ plan, store, address, want: (seqs) => whole.want(seqs) }),
    [plan, store, address, whole],
  )
}
