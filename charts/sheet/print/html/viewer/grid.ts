import { type Grid, gridOf, type View } from '#study'
import { pictureSource, planOf, tileOf, type ViewerData } from './data.ts'
import { make } from './element.ts'
import { inSight, type Places } from './places.ts'

const gap = 6
/** Below this width a cell is shown from the contact sheets, if there are any. */
const small = 72

export interface GridState {
  places: Places
  /** The point shown of each axis on pages. */
  at: number[]
  /** Width of a cell in pixels. */
  size: number
  selected: number
  picked: readonly number[]
}

const words: Record<string, string> = { p: '', q: 'not rendered', f: 'failed', x: 'left out' }

/** The sheet on screen: only what is in sight exists, however many cells there are. */
export class SheetGrid {
  readonly #table: HTMLElement
  readonly #head: HTMLElement
  readonly #side: HTMLElement
  readonly #body: HTMLElement
  readonly #source: (picture: number) => string
  #state!: GridState
  #grid!: Grid
  #frame = 0

  constructor(
    readonly data: ViewerData,
    readonly stage: HTMLElement,
  ) {
    this.#source = pictureSource(data)
    this.#head = make('div', { class: 'head', 'aria-hidden': 'true' })
    this.#side = make('div', { class: 'side', 'aria-hidden': 'true' })
    this.#body = make('div', { class: 'body' })
    this.#table = make(
      'div',
      { class: 'grid', role: 'grid', tabindex: '0', 'aria-label': 'The sheet' },
      make('div', { class: 'corner' }),
      this.#head,
      this.#side,
      this.#body,
    )
    stage.append(this.#table)
    stage.addEventListener('scroll', () => this.#drawSoon(), { passive: true })
    new ResizeObserver(() => this.#drawSoon()).observe(stage)
  }

  get columns(): number {
    return this.#grid.columns.length
  }

  get rows(): number {
    return this.#grid.rows.length
  }

  focus(): void {
    this.#table.focus({ preventScroll: true })
  }

  show(state: GridState): void {
    this.#state = state
    const view: View = { columns: state.places.columns, rows: state.places.rows }
    this.#grid = gridOf(planOf(this.data), view, Object.fromEntries(state.at.entries()))
    const { width, height } = this.#pitch()
    const { style } = this.#table
    style.setProperty('--cell', `${state.size}px`)
    style.setProperty('--cell-height', `${height - gap}px`)
    style.setProperty('--levels', String(Math.max(1, state.places.columns.length)))
    style.setProperty('--side', `${this.sideWidth(this.#state.places.rows)}px`)
    this.#body.style.width = `${this.columns * width - gap}px`
    this.#body.style.height = `${this.rows * height - gap}px`
    this.#table.setAttribute('aria-colcount', String(this.columns))
    this.#table.setAttribute('aria-rowcount', String(this.rows))
    this.#draw()
  }

  /** Place of the selected cell on this page; null when it is on another. */
  placeOf(seq: number): { row: number; column: number } | null {
    for (let row = 0; row < this.rows; row++)
      for (let column = 0; column < this.columns; column++)
        if (this.#grid.cell(row, column) === seq) return { row, column }

    return null
  }

  cellAt(row: number, column: number): number {
    const within = (at: number, count: number) => Math.min(count - 1, Math.max(0, at))

    return this.#grid.cell(within(row, this.rows), within(column, this.columns))
  }

  reveal(seq: number): void {
    const place = this.placeOf(seq)
    if (!place) return
    const { width, height } = this.#pitch()
    const { stage } = this
    const side = this.sideWidth(this.#state.places.rows)
    const head = this.#head.offsetHeight
    const keep = (at: number, size: number, start: number, length: number): number =>
      at < start ? at : at + size > start + length ? at + size - length : start
    stage.scrollLeft = keep(place.column * width, width, stage.scrollLeft, stage.clientWidth - side - 24)
    stage.scrollTop = keep(place.row * height, height, stage.scrollTop, stage.clientHeight - head - 24)
    this.#draw()
  }

  #pitch(): { width: number; height: number } {
    const { cell } = this.data
    const { size } = this.#state

    return { width: size + gap, height: Math.round((size * cell.height) / cell.width) + gap }
  }

  /** Room for the labels of these axes beside the rows, in pixels. */
  sideWidth(rows: readonly number[]): number {
    if (rows.length === 0) return 0
    const longest = (axis: number) =>
      Math.max(...this.data.axes[axis]!.points.map(({ label }) => label.length), 3)
    const most = this.stage.clientWidth < 600 ? 96 : 220

    return rows.reduce((sum, axis) => sum + Math.min(most, longest(axis) * 8 + 22), 0)
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    if (!this.#grid) return
    const { width, height } = this.#pitch()
    const { stage } = this
    const across = inSight(stage.scrollLeft, stage.clientWidth, width, this.columns)
    const down = inSight(stage.scrollTop, stage.clientHeight, height, this.rows)
    this.#head.replaceChildren(...this.#labels('columns', across, width))
    this.#side.replaceChildren(...this.#labels('rows', down, height))

    const cells: Node[] = []
    for (let row = down[0]; row < down[1]; row++) {
      const line = make('div', { role: 'row', 'aria-rowindex': String(row + 1) })
      for (let column = across[0]; column < across[1]; column++) line.append(this.#cell(row, column))
      cells.push(line)
    }
    this.#body.replaceChildren(...cells)
    this.#table.setAttribute('aria-activedescendant', `c${this.#state.selected}`)
  }

  #cell(row: number, column: number): HTMLElement {
    const { width, height } = this.#pitch()
    const { selected, picked } = this.#state
    const seq = this.#grid.cell(row, column)
    const state = this.data.states[seq] ?? 'q'
    const picture = this.data.pictures[seq] ?? -1
    const order = picked.indexOf(seq)
    const cell = make('div', {
      id: `c${seq}`,
      class: `cell ${state}`,
      role: 'gridcell',
      'data-seq': String(seq),
      'aria-colindex': String(column + 1),
      'aria-selected': String(seq === selected),
      'aria-label': [labelOf(this.data, seq), words[state]].filter(Boolean).join(', '),
      title: this.data.errors[seq],
    })
    cell.style.transform = `translate(${column * width}px, ${row * height}px)`
    if (picture >= 0) cell.append(this.#picture(picture))
    else if (state === 'f') cell.append(make('span', { class: 'sign' }, 'failed'))
    if (order >= 0) cell.append(make('span', { class: 'order' }, String(order + 1)))

    return cell
  }

  #picture(picture: number): HTMLElement {
    const tile = this.#state.size < small ? tileOf(this.data, picture) : null
    if (!tile) return make('img', { src: this.#source(picture), alt: '', draggable: 'false' })

    const piece = make('div', { class: 'piece' })
    const step = tile.per > 1 ? 100 / (tile.per - 1) : 0
    piece.style.backgroundImage = `url("${tile.path}")`
    piece.style.backgroundSize = `${tile.per * 100}% ${tile.per * 100}%`
    piece.style.backgroundPosition = `${tile.column * step}% ${tile.row * step}%`

    return piece
  }

  /** The labels over the columns, or beside the rows, that are in sight; outer axes span what they hold. */
  #labels(place: 'columns' | 'rows', [first, end]: [number, number], pitch: number): Node[] {
    const axes = this.#state.places[place]
    const heads = this.#grid[place]
    let span = heads.length

    return axes.flatMap((axis, level) => {
      const { points } = this.data.axes[axis]!
      span /= points.length
      const labels: Node[] = []
      for (let at = Math.floor(first / span) * span; at < end; at += span) {
        const text = make('span', {}, heads[at]!.labels[level]!)
        const label = make('div', { class: 'label', title: heads[at]!.labels[level]! }, text)
        label.style.setProperty('--level', String(level))
        label.style.setProperty('--at', `${at * pitch}px`)
        label.style.setProperty('--span', `${span * pitch - gap}px`)
        label.style.setProperty('--levels', String(axes.length))
        labels.push(label)
      }

      return labels
    })
  }
}

/** `eta 0.5, seed 7`: where a cell stands, on all axes or on these. */
export function labelOf(
  data: ViewerData,
  seq: number,
  isTold: (axis: number) => boolean = () => true,
): string {
  let rest = seq
  const parts: string[] = []
  for (let axis = data.axes.length - 1; axis >= 0; axis--) {
    const { name, points } = data.axes[axis]!
    if (isTold(axis)) parts.unshift(`${name} ${points[rest % points.length]!.label}`)
    rest = Math.floor(rest / points.length)
  }

  return parts.join(', ')
}
