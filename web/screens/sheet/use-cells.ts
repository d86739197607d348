'use client'

import { useEffect, useState } from 'react'
import type { SheetCell } from '#charts'
import { call } from '../../wire/call.ts'
import type { WireCell } from '../../wire/study.ts'
import type { PictureSizes } from './paper.tsx'

const againMs = 5_000

export interface SheetCells {
  cells: SheetCell[]
  sizes: PictureSizes
  /** False until all of them have come. */
  isWhole: boolean
  problem: string | null
}

/** All cells of a study, and while it runs those that have changed, every few seconds. */
export function useCells(studyId: string, isRunning: boolean): SheetCells {
  const [state, setState] = useState<SheetCells>({
    cells: [],
    sizes: new Map(),
    isWhole: false,
    problem: null,
  })

  useEffect(() => {
    const stop = new AbortController()
    const bySeq = new Map<number, WireCell>()
    let after = '0'
    let timer: ReturnType<typeof setTimeout> | undefined

    const read = async () => {
      let isNew = after === '0'
      for (let more = true; more; ) {
        const page = await call<{ version: string; more: boolean; cells: WireCell[] }>(
          `/api/studies/${studyId}/cells?after=${after}&limit=10000`,
          { signal: stop.signal },
        )
        for (const cell of page.cells) bySeq.set(cell.seq, cell)
        isNew ||= page.cells.some(({ status }) => status !== 'rendering')
        after = page.version
        more = page.more
      }
      if (isNew) setState({ ...seen(bySeq), isWhole: true, problem: null })
    }
    const keepReading = () =>
      read()
        .catch((error: Error) => {
          if (!stop.signal.aborted) setState((before) => ({ ...before, problem: error.message }))
        })
        .finally(() => {
          if (isRunning && !stop.signal.aborted) timer = setTimeout(keepReading, againMs)
        })
    void keepReading()

    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [studyId, isRunning])

  return state
}

function seen(bySeq: ReadonlyMap<number, WireCell>): Pick<SheetCells, 'cells' | 'sizes'> {
  const sizes = new Map<number, { width: number; height: number }>()
  for (const { seq, width, height } of bySeq.values()) if (width && height) sizes.set(seq, { width, height })

  return { cells: [...bySeq.values()], sizes }
}
