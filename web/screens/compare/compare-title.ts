import type { Plan } from '#study'
import { sheetOf } from '../../state/sheet.ts'
import { square } from '../study/names.ts'
import { standardPlaces } from '../study/use-view-state.ts'
import type { CompareState } from './compare-url.ts'

/** `8 seeds of C3`, else what differs: `5 values of eta`. */
export function compareTitle(
  plan: Plan,
  { seqs, reference }: CompareState,
  differing: readonly string[],
): string {
  if (differing.length !== 1) return `${seqs.length} cells`
  if (differing[0] !== 'seed') return `${seqs.length} values of ${differing[0]}`
  const at = sheetOf(plan, standardPlaces(plan, plan.file.view)).placeOf(reference)

  return `${seqs.length} seeds${at ? ` of ${square(at.column, at.row)}` : ''}`
}
