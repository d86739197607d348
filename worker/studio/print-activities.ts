import { failPrint } from '#prisma'
import type { PrintActivities } from '#workflows/activities'
import { asActivity } from './as-activity.ts'
import { createPrintSheet, type PrintOptions } from './print-sheet.ts'

/** Sheets into files, whoever asks: the dashboard, a shared link, a script. */
export function createPrintActivities(options: PrintOptions): PrintActivities {
  return {
    printSheet: asActivity(createPrintSheet(options)),

    failPrint: asActivity(async ({ key, reason }) => {
      if (await failPrint(options.ledger, key, reason))
        options.log.warn({ print: key, reason }, 'sheet not printed')
    }),
  }
}
