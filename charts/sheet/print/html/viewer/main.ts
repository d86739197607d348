import { arrows, Looker } from './compare.ts'
import { readData } from './data.ts'
import { make } from './element.ts'
import { type GridState, labelOf, SheetGrid } from './grid.ts'
import { fitting, moved, type Place, placesOf, swapped } from './places.ts'

const data = readData()
const stage = document.getElementById('stage')!
const strip = document.getElementById('axes')!
const says = document.getElementById('says')!
const compare = document.getElementById('compare') as HTMLButtonElement
const compareLabel = document.getElementById('compare-label')!
const places = { columns: 'Columns', rows: 'Rows', pages: 'One at a time' } as const
const sizes = { least: 24, most: 1024 }
const mostPicked = 16

const standing = new Map(data.view.slider?.map(({ axis, point }) => [axis, point]))
let state: GridState = {
  places: placesOf(data.view, data.axes.length),
  at: data.axes.map((_, axis) => standing.get(axis) ?? 0),
  size: 0,
  selected: 0,
  picked: [],
}
/** Until somebody chooses a size, the sheet is fitted to its window. */
let isFitted = true

const grid = new SheetGrid(data, stage)
const looker = new Looker(data, {
  step: (dx, dy) => {
    select(dx, dy)

    return state.selected
  },
  close: () => grid.focus(),
})
document.body.append(looker.element)

function change(next: Partial<GridState>): void {
  state = { ...state, ...next }
  if (isFitted) state.size = fittingSize()
  grid.show(state)
  compareLabel.textContent = state.picked.length > 1 ? `Compare ${state.picked.length}` : 'Compare'
  compare.disabled = state.picked.length < 2
}

function fittingSize(): number {
  const count = (axes: number[]) =>
    axes.reduce((product, axis) => product * data.axes[axis]!.points.length, 1)

  return fitting({
    columns: count(state.places.columns),
    rows: count(state.places.rows),
    width: stage.clientWidth - grid.sideWidth(state.places.rows) - 36,
    height: stage.clientHeight - 80,
    ratio: data.cell.height / data.cell.width,
    natural: data.cell.width,
  })
}

function place(next: GridState['places']): void {
  change({ places: next })
  drawStrip()
  stage.scrollTo(0, 0)
  // The selected cell may be on another page now; the first one of this page takes over.
  if (!grid.placeOf(state.selected)) change({ selected: grid.cellAt(0, 0) })
}

function zoom(factor: number): void {
  isFitted = false
  const size = Math.round(Math.min(sizes.most, Math.max(sizes.least, state.size * factor)))
  const share = size / state.size
  const { scrollLeft, scrollTop } = stage
  change({ size })
  stage.scrollTo(scrollLeft * share, scrollTop * share)
}

function select(dx: number, dy: number): void {
  const { row, column } = grid.placeOf(state.selected) ?? { row: 0, column: 0 }
  change({ selected: grid.cellAt(row + dy, column + dx) })
  grid.reveal(state.selected)
  tell(labelOf(data, state.selected))
}

function pick(seq: number): void {
  const without = state.picked.filter((each) => each !== seq)
  const isNew = without.length === state.picked.length
  change({ picked: isNew ? [...without, seq].slice(-mostPicked) : without })
  tell(`${labelOf(data, seq)}: ${isNew ? 'picked' : 'no longer picked'}`)
}

const tell = (text: string): void => {
  says.textContent = text
}

function drawStrip(): void {
  strip.replaceChildren(
    ...data.axes.map(({ name, points }, axis) => {
      const here = (Object.keys(places) as Place[]).find((each) => state.places[each].includes(axis))!
      const choice = make(
        'select',
        {
          'aria-label': `Where ${name} stands`,
          change: (event: { target: HTMLSelectElement }) =>
            place(moved(state.places, axis, event.target.value as Place)),
        },
        ...(Object.keys(places) as Place[]).map((each) =>
          make('option', { value: each, selected: each === here }, places[each]),
        ),
      )
      const shown = make('output', {}, points[state.at[axis]!]!.label)
      const slider = make('input', {
        type: 'range',
        min: '0',
        max: String(points.length - 1),
        value: String(state.at[axis]),
        'aria-label': name,
        'aria-valuetext': points[state.at[axis]!]!.label,
        input: (event: { target: HTMLInputElement }) => {
          const at = [...state.at]
          at[axis] = Number(event.target.value)
          shown.textContent = points[at[axis]!]!.label
          event.target.setAttribute('aria-valuetext', points[at[axis]!]!.label)
          change({ at })
          change({ selected: grid.cellAt(0, 0) })
        },
      })

      return make(
        'div',
        { class: 'axis' },
        make('code', { title: name }, name),
        choice,
        here === 'pages' && points.length > 1 ? slider : null,
        here === 'pages' ? shown : null,
      )
    }),
  )
}

const actions: Record<string, () => void> = {
  x: () => place(swapped(state.places)),
  c: () => state.picked.length > 1 && looker.open(state.picked),
  '+': () => zoom(1.25),
  '=': () => zoom(1.25),
  '-': () => zoom(0.8),
  '0': () => {
    isFitted = true
    change({})
  },
  t: () => {
    const root = document.documentElement
    root.dataset.theme = getComputedStyle(root).colorScheme.startsWith('dark') ? 'light' : 'dark'
  },
  i: () => document.getElementById('about')!.toggleAttribute('hidden'),
  '?': () => (document.getElementById('keys') as HTMLDialogElement).showModal(),
  Enter: () => looker.open([state.selected]),
  ' ': () => pick(state.selected),
  Escape: () => change({ picked: [] }),
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || looker.element.open) return
  const target = event.target as HTMLElement
  if (/^(SELECT|INPUT)$/.test(target.tagName)) return
  if (target.closest('button, a, summary') && (event.key === 'Enter' || event.key === ' ')) return
  const arrow = arrows[event.key]
  const action = actions[event.key]
  if (!arrow && !action) return
  event.preventDefault()
  if (arrow) select(...arrow)
  else action!()
})

let isDragging = false
stage.addEventListener('pointerdown', (start) => {
  if (start.pointerType !== 'mouse' || start.button !== 0) return
  isDragging = false
  const { scrollLeft, scrollTop } = stage
  const move = (event: PointerEvent) => {
    const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY]
    isDragging ||= Math.hypot(x, y) > 5
    if (isDragging) stage.scrollTo(scrollLeft - x, scrollTop - y)
  }
  addEventListener('pointermove', move)
  addEventListener('pointerup', () => removeEventListener('pointermove', move), { once: true })
})

stage.addEventListener('click', (event) => {
  // The end of a drag is no press.
  if (isDragging) return
  const cell = (event.target as Element).closest<HTMLElement>('.cell')
  if (!cell) return
  const seq = Number(cell.dataset.seq)
  change({ selected: seq })
  if (event.shiftKey || event.ctrlKey || event.metaKey) pick(seq)
  else looker.open([seq])
})

stage.addEventListener(
  'wheel',
  (event) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    zoom(2 ** (-event.deltaY / 240))
  },
  { passive: false },
)

for (const button of document.querySelectorAll<HTMLElement>('[data-key]'))
  button.addEventListener('click', () => {
    actions[button.dataset.key!]!()
    if (button.dataset.key !== '?') grid.focus()
  })
document.getElementById('save')!.addEventListener('click', () => {
  const link = make('a', {
    href: URL.createObjectURL(new Blob([data.file], { type: 'application/yaml' })),
    download: `${data.title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.study.yaml`,
  })
  link.click()
  URL.revokeObjectURL(link.href)
})
addEventListener('resize', () => isFitted && change({}))

drawStrip()
change({})
