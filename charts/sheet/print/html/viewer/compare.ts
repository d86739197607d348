import { pictureSource, type ViewerData } from './data.ts'
import { make } from './element.ts'
import { labelOf } from './grid.ts'

const mostZoom = 32

/** One picture large, or several side by side; all of them are enlarged and moved together. */
export class Looker {
  readonly element: HTMLDialogElement
  readonly #tiles: HTMLElement
  readonly #source: (picture: number) => string
  #seqs: number[] = []
  #zoom = 1
  #x = 0
  #y = 0

  constructor(
    readonly data: ViewerData,
    readonly on: { step: (dx: number, dy: number) => number; close: () => void },
  ) {
    this.#source = pictureSource(data)
    this.#tiles = make('div', { class: 'tiles' })
    const close = make('button', { class: 'button', click: () => this.element.close() }, 'Close')
    const whole = make('button', { class: 'button', click: () => this.#look(1, 0, 0) }, 'Whole picture')
    this.element = make('dialog', { class: 'looker', 'aria-label': 'Pictures' }, this.#tiles)
    this.element.append(make('div', { class: 'looker-bar' }, whole, close))
    this.element.addEventListener('close', () => on.close())
    this.element.addEventListener('keydown', (event) => this.#key(event))
    this.#tiles.addEventListener('wheel', (event) => this.#wheel(event), { passive: false })
    this.#tiles.addEventListener('pointerdown', (event) => this.#drag(event))
  }

  open(seqs: readonly number[]): void {
    this.#fill(seqs)
    if (!this.element.open) this.element.showModal()
  }

  #fill(seqs: readonly number[]): void {
    this.#seqs = [...seqs]
    const columns = Math.ceil(Math.sqrt(seqs.length * Math.max(1, innerWidth / innerHeight)))
    this.#tiles.style.setProperty('--columns', String(Math.min(seqs.length, columns)))
    // Side by side only what differs needs to be said.
    const isTold = (axis: number) =>
      seqs.length === 1 ||
      new Set(seqs.map((seq) => labelOf(this.data, seq, (each) => each === axis))).size > 1
    this.#tiles.replaceChildren(...seqs.map((seq) => this.#tile(seq, labelOf(this.data, seq, isTold))))
    this.#look(this.#zoom, this.#x, this.#y)
  }

  #tile(seq: number, label: string): HTMLElement {
    const picture = this.data.pictures[seq] ?? -1

    return make(
      'figure',
      { class: 'tile' },
      make(
        'div',
        { class: 'frame' },
        picture >= 0
          ? make('img', {
              src: this.#source(picture),
              alt: label,
              draggable: 'false',
            })
          : make('span', { class: 'sign' }, this.data.errors[seq] ?? 'There is no picture.'),
      ),
      make('figcaption', {}, label),
    )
  }

  #look(zoom: number, x: number, y: number): void {
    this.#zoom = Math.min(mostZoom, Math.max(1, zoom))
    const most = (1 - 1 / this.#zoom) / 2
    this.#x = Math.min(most, Math.max(-most, x))
    this.#y = Math.min(most, Math.max(-most, y))
    const { style } = this.#tiles
    style.setProperty('--zoom', String(this.#zoom))
    style.setProperty('--x', `${-this.#x * 100}%`)
    style.setProperty('--y', `${-this.#y * 100}%`)
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault()
    const frame = (event.target as Element).closest('.frame')?.getBoundingClientRect()
    const zoom = Math.min(mostZoom, Math.max(1, this.#zoom * 2 ** (-event.deltaY / 240)))
    if (!frame) {
      this.#look(zoom, this.#x, this.#y)

      return
    }
    // What is under the pointer stays there.
    const shift = 1 / this.#zoom - 1 / zoom
    const from = (at: number, start: number, length: number) => (at - start) / length - 0.5
    this.#look(
      zoom,
      this.#x + from(event.clientX, frame.left, frame.width) * shift,
      this.#y + from(event.clientY, frame.top, frame.height) * shift,
    )
  }

  #drag(start: PointerEvent): void {
    const frame = (start.target as Element).closest('.frame')
    if (!frame) return
    start.preventDefault()
    const { width, height } = frame.getBoundingClientRect()
    const [x, y] = [this.#x, this.#y]
    const move = (event: PointerEvent) =>
      this.#look(
        this.#zoom,
        x - (event.clientX - start.clientX) / width / this.#zoom,
        y - (event.clientY - start.clientY) / height / this.#zoom,
      )
    this.#tiles.setPointerCapture(start.pointerId)
    this.#tiles.addEventListener('pointermove', move)
    this.#tiles.addEventListener(
      'lostpointercapture',
      () => this.#tiles.removeEventListener('pointermove', move),
      {
        once: true,
      },
    )
  }

  #key(event: KeyboardEvent): void {
    const arrow = arrows[event.key]
    if (arrow && this.#seqs.length === 1) this.#fill([this.on.step(...arrow)])
    else if (arrow)
      this.#look(this.#zoom, this.#x + arrow[0] / 8 / this.#zoom, this.#y + arrow[1] / 8 / this.#zoom)
    else if (event.key === '+' || event.key === '=') this.#look(this.#zoom * 1.5, this.#x, this.#y)
    else if (event.key === '-') this.#look(this.#zoom / 1.5, this.#x, this.#y)
    else if (event.key === '0') this.#look(1, 0, 0)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

/** Columns and rows that an arrow key moves by. */
export const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
