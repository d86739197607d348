import { coordsOf, type Plan } from '#study'

/** Longest name without its ending: every file system holds 255 bytes. */
const most = 150

/** `0007 eta 0.4, seed 12`: place in the study and point on every axis, for any file system. */
export function cellFileName(plan: Pick<Plan, 'axes' | 'size'>, seq: number): string {
  const coords = coordsOf(plan, seq)
  const number = String(seq + 1).padStart(Math.max(4, String(plan.size).length), '0')
  const values = plan.axes.map((axis, i) => `${axis.name} ${axis.points[coords[i]!]!.label}`).join(', ')
  const safe = values
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

  return shortened(`${number} ${safe}`).replace(/[ .]+$/, '')
}

/** Whole characters, not more bytes than fit. */
function shortened(text: string): string {
  let short = ''
  for (const character of text) {
    if (Buffer.byteLength(short + character) > most) return `${short.trimEnd()}…`
    short += character
  }

  return short
}
