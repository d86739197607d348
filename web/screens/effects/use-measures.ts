import { useDeferredValue, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { EffectAxis } from '#charts'
import type { Plan } from '#study'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import type { CellStore } from '../../state/cell-store.ts'
import { loadMeasure } from '../../state/load-columns.ts'

/** The axes of a plan as effects see them. */
export const effectAxes = (plan: Plan): EffectAxis[] =>
  plan.axes.map(({ name, parameters, points }) => ({
    name,
    labels: points.map(({ label }) => label),
    isSeed: parameters.length === 1 && parameters[0] === 'seed',
  }))

/** Columns of these measures, fetched when they are not here, and new ones whenever a cell changes. */
export function useMeasures(
  { store, address }: LiveStudy,
  names: readonly string[],
): ReadonlyMap<string, Float32Array> {
  const changes = useDeferredValue(useSyncExternalStore(store.watchAll, store.changes, store.changes))
  const wanted = names.join()
  useEffect(() => {
    for (const name of wanted.split(',').filter(Boolean)) void loadMeasure(store, address, name)
  }, [store, address, wanted])

  return useMemo(() => {
    void changes
    return new Map(wanted.split(',').map((name) => [name, columnOf(store, name)]))
  }, [store, wanted, changes])
}

/** A column of its own, since the store's goes on changing; only finished cells count. */
function columnOf(store: CellStore, name: string): Float32Array {
  const column = store.measures.get(name)

  return Float32Array.from({ length: store.size }, (_, seq) =>
    column && store.hasPicture(seq) ? column[seq]! : Number.NaN,
  )
}
