import type { Plan } from '#study'
import { sheetOf } from '../../state/sheet.ts'
import { square } from '../study/names.ts'
import { standardPlaces } from '../study/use-view-state.ts'
import type { CompareState } from './compare-url.ts'
import { cellOfNumber } from './takes.ts'

/** `8 seeds of C3`, else what differs: `5 values of eta`. */
export function compareTitle(
  plan: Plan,
  { seqs, reference }: CompareState,
  differing: readonly string[],
): string {
  const at = sheetOf(plan, standardPlaces(plan, plan.file.view)).placeOf(cellOfNumber(plan.size, reference))
  const where = at ? ` of ${square(at.column, at.row)}` : ''
  if (differing.length === 0 && seqs.length > 1) return `${seqs.length} takes${where}`
  if (differing.length !== 1) return `${seqs.length} cells`
  if (differing[0] !== 'seed') return `${seqs.length} values of ${differing[0]}`

  return `${seqs.length} seeds${where}`
}
