import { statusByte } from '../../state/cell-store.ts'

/** The colours of drawings, from the tokens of the theme; each pixel a number with red in the lowest byte. */
export interface Inks {
  /** By `statusByte`. */
  status: Uint32Array
  /** From low to high on the scale of a measure, 256 steps. */
  scale: Uint32Array
  paper: number
  accent: string
}

const tokens: Record<keyof typeof statusByte, string> = {
  unknown: '--map-empty',
  excluded: '--map-excluded',
  queued: '--map-empty',
  rendering: '--map-rendering',
  done: '--map-done',
  failed: '--map-failed',
}

const known = new Map<string, Inks>()

/** The colours of the theme that is shown now. To read them costs some styling, so each theme is read once. */
export function inksOf(element: Element): Inks {
  const asked = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map(
    (query) => matchMedia(query).matches,
  )
  const theme = [document.documentElement.dataset.theme, ...asked].join()
  const inks = known.get(theme) ?? readInks(element)
  known.set(theme, inks)

  return inks
}

function readInks(element: Element): Inks {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const paper = new OffscreenCanvas(256, 1).getContext('2d', { willReadFrequently: true })!
  const pixels = (fill: string | CanvasGradient) => {
    paper.clearRect(0, 0, 256, 1)
    paper.fillStyle = fill
    paper.fillRect(0, 0, 256, 1)
    return new Uint32Array(paper.getImageData(0, 0, 256, 1).data.buffer)
  }
  const solid = (name: string) => pixels(resolved(element, token(name)))[0]!
  const gradient = paper.createLinearGradient(0, 0, 256, 0)
  for (const [at, name] of [
    [0, '--scale-low'],
    [0.5, '--scale-middle'],
    [1, '--scale-high'],
  ] as const)
    gradient.addColorStop(at, resolved(element, token(name)))
  const status = new Uint32Array(6)
  for (const [name, byte] of Object.entries(statusByte))
    status[byte] = solid(tokens[name as keyof typeof statusByte])

  return {
    status,
    scale: pixels(gradient),
    paper: solid('--background'),
    accent: resolved(element, token('--accent')),
  }
}

/** `light-dark()` and `color-mix()` as the plain colour they come to, which a canvas understands. */
function resolved(element: Element, colour: string): string {
  const probe = document.createElement('span')
  probe.style.color = colour
  element.append(probe)
  const plain = getComputedStyle(probe).color
  probe.remove()

  return plain
}
