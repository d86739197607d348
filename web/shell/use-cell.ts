'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { CellStore, CellView } from '../state/cell-store.ts'

/** One cell as it is now, and again when it changes. */
export function useCell(store: CellStore, seq: number): CellView | undefined {
  const watch = useCallback((listener: () => void) => store.watchCell(seq, listener), [store, seq])
  const read = () => store.cell(seq)

  return useSyncExternalStore(watch, read, read)
}
