import { wrongUse } from '../output.ts'

/** The value of a limit option: a number, null for "all", undefined where it was not given. */
export function limitOf(option: string, text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined
  if (text === 'all') return null
  const value = Number(text)
  if (!(value > 0)) throw wrongUse(`${option} takes a number above 0 or "all", but got "${text}".`)

  return value
}

export const toBytes = (gigabytes: number | null | undefined): number | null | undefined =>
  gigabytes == null ? gigabytes : Math.round(gigabytes * 1e9)
