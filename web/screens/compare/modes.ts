/** How pictures are held against the reference. */
export const modes = ['side', 'slider', 'blink', 'difference', 'onion'] as const

export type Mode = (typeof modes)[number]

export const modeWords: Record<Mode, string> = {
  side: 'Side by side',
  slider: 'Slider',
  blink: 'Blink',
  difference: 'Difference',
  onion: 'Onion',
}

interface Amount {
  label: string
  least: number
  most: number
  /** Of the slider, and of one press of a key. */
  step: number
  standard: number
  words: (amount: number) => string
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** What can be set in a mode; null where there is nothing. */
export const amounts: Record<Mode, Amount | null> = {
  side: null,
  slider: { label: 'Reference up to', least: 0, most: 1, step: 0.02, standard: 0.5, words: percent },
  blink: {
    label: 'Every',
    least: 0.4,
    most: 3,
    step: 0.1,
    standard: 0.8,
    words: (seconds) => `${seconds.toFixed(1)} s`,
  },
  difference: {
    label: 'Gain',
    least: 1,
    most: 32,
    step: 1,
    standard: 4,
    words: (gain) => `× ${gain}`,
  },
  onion: { label: 'Reference at', least: 0, most: 1, step: 0.02, standard: 0.5, words: percent },
}

export const standardAmount = (mode: Mode): number => amounts[mode]?.standard ?? 0

/** The amount within the bounds of its mode, on its steps. */
export function heldAmount(mode: Mode, amount: number): number {
  const bounds = amounts[mode]
  if (!bounds) return 0
  const stepped = Math.round(amount / bounds.step) * bounds.step

  return Number(Math.min(bounds.most, Math.max(bounds.least, stepped)).toFixed(4))
}
