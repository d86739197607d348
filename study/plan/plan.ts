import type { Axis } from '../axis/axis.ts'
import type { StudyFile } from '../file/study-file.ts'
import type { PackInfo } from '../pack-info.ts'
import type { Recipe } from '../parameters/catalogue.ts'
import type { SkipRule } from '../skip/parse-skip-rule.ts'

/** A checked study, ready to be expanded cell by cell. Nothing in it grows with the number of cells. */
export interface Plan {
  file: StudyFile
  base: Recipe
  /** The first varies slowest. */
  axes: Axis[]
  /** Number of cells, excluded ones included. */
  size: number
  pack: PackInfo
  skip: SkipRule[]
}

/** One combination of points. */
export interface PlannedCell {
  /** Place in the plan: the last axis varies fastest. */
  seq: number
  /** Index of the point on every axis. */
  coords: number[]
  recipe: Recipe
  /** The executed step whose intermediate picture it shows, 1 being the first; null: the finished one. */
  partial: number | null
  excluded: boolean
}
