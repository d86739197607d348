import { show } from '../../parameters/check-value.ts'
import type { Rule } from './rule.ts'

/** What runs are called ends up in file names. */
export const savingRules: readonly Rule[] = [
  {
    parameter: 'batch_name',
    reads: ['batch_name'],
    check: ({ batch_name }) =>
      /^(?!\.{0,2}$)[^/\\:*?"<>|\p{Cc}]{1,100}$/u.test(batch_name)
        ? null
        : `batch_name must be 1 to 100 characters that file names allow, so none of / \\ : * ? " < > |, but is ${show(batch_name)}.`,
  },
]
