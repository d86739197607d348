import type { FleetDevice } from '../../wire/fleet.ts'
import { bytes, duration, plural, renderTime } from '../../wire/format.ts'

/** Two beats missed are chance, six are not. */
const silentAfter = 30

export type DeviceState = 'aside' | 'silent' | 'busy' | 'idle'

export const stateOf = (device: FleetDevice): DeviceState => {
  if (device.aside) return 'aside'
  if (device.silentSeconds > silentAfter) return 'silent'

  return device.now.length > 0 ? 'busy' : 'idle'
}

/** What a device is at, in one line. */
export function stateInWords(device: FleetDevice): string {
  switch (stateOf(device)) {
    case 'aside':
      return `Set aside ${duration(device.aside!.seconds)} ago`
    case 'silent':
      return `Silent for ${duration(device.silentSeconds)}; what it was rendering goes to another device`
    case 'busy':
      return `Rendering ${plural(device.now.length, 'picture')}`
    case 'idle':
      return 'Waiting for work'
  }
}

export const stepTime = (seconds: number): string =>
  seconds < 1 ? `${Math.round(seconds * 1000)} ms` : renderTime(seconds)

/** Rows of the card: name and value. */
export function factsOf(device: FleetDevice): [name: string, value: string][] {
  const { memory, memoryLimit, batch, batchLimit, secondsPerStep, queue, secondsLeft } = device
  const limited = memoryLimit !== null && (memory === null || memoryLimit < memory)

  return [
    ['kind', device.kind],
    ['host', device.host],
    ['speed', secondsPerStep === null ? 'not measured yet' : `${stepTime(secondsPerStep)} per step`],
    [
      'memory',
      [memory === null ? 'not told' : bytes(memory), limited ? `limited to ${bytes(memoryLimit)}` : '']
        .filter(Boolean)
        .join(', '),
    ],
    ['pictures at once', `${batch}${batchLimit === null ? '' : `, limited to ${batchLimit}`}`],
    ['packs', device.packs.join(', ') || 'none'],
    [
      'waiting for it',
      queue === 0
        ? 'nothing'
        : `${plural(queue, 'picture')}${secondsLeft === null ? '' : `, done in about ${duration(secondsLeft)}`}`,
    ],
  ]
}

/** How well forecasts hit, for the head of the page; null before a study has shown it. */
export const forecastsInWords = (share: number | null, studies: number): string | null =>
  share === null
    ? null
    : `Forecasts of the last ${plural(studies, 'finished study', 'finished studies')} missed by ± ${Math.round(share * 100)} % (median).`
