'use client'

import { measuresIn } from '#charts'
import { Popover, PopoverItem } from '../../shell/popover.tsx'
import { Segments } from '../../shell/segments.tsx'
import type { CellStore } from '../../state/cell-store.ts'
import { type Filter, filterStatuses, isFiltering, noFilter } from '../../state/filter.ts'
import { sizes } from '../../state/view-url.ts'
import styles from './cells-menu.module.css'

const statusLabels: Record<Filter['status'][number], string> = {
  done: 'Done',
  rendering: 'Developing',
  queued: 'Queued',
  failed: 'Failed',
  excluded: 'Left out',
}

/** The measures some cell is known to have, for people. */
export const measuresOf = (store: CellStore) =>
  measuresIn([Object.fromEntries([...store.measureNames].map((name) => [name, 0]))])

/** Which cells stand out. */
export function FilterMenu(props: {
  store: CellStore
  filter: Filter
  passing: number
  of: number
  onOpen: () => void
  onFilter: (filter: Filter) => void
}) {
  const { filter, onFilter, store } = props
  const active = isFiltering(filter)
  const change = (part: Partial<Filter>) => onFilter({ ...filter, ...part })

  return (
    <Popover
      className={active ? styles.active : styles.button}
      onOpen={props.onOpen}
      button={active ? `${props.passing} of ${props.of} match` : 'Filter'}
      label={active ? `Filter, ${props.passing} of ${props.of} cells match` : undefined}
    >
      {() => (
        <div className={styles.menu}>
          <fieldset className={styles.part}>
            <legend>Status</legend>
            {filterStatuses.map((status) => (
              <label key={status} className={styles.check}>
                <input
                  type="checkbox"
                  checked={filter.status.includes(status)}
                  onChange={() =>
                    change({
                      status: filter.status.includes(status)
                        ? filter.status.filter((each) => each !== status)
                        : [...filter.status, status],
                    })
                  }
                />
                {statusLabels[status]}
              </label>
            ))}
          </fieldset>
          <div className={styles.part}>
            <span className={styles.legend}>Mark</span>
            <Segments
              label="Mark"
              value={filter.mark ?? 'any'}
              options={[
                { value: 'any', label: 'Any' },
                { value: 'star', label: 'Star' },
                { value: 'reject', label: 'Rejected' },
                { value: 'unmarked', label: 'None' },
                { value: 'note', label: 'Note' },
              ]}
              onChange={(mark) => change({ mark: mark === 'any' ? null : mark })}
            />
          </div>
          <div className={styles.part}>
            <span className={styles.legend}>Rating</span>
            <Segments
              label="Rating at least"
              value={String(filter.rating ?? 0)}
              options={['0', '1', '2', '3', '4', '5'].map((value) => ({
                value,
                label: value === '0' ? 'Any' : `${value}★`,
              }))}
              onChange={(rating) => change({ rating: Number(rating) || null })}
            />
          </div>
          <MeasureFilter store={store} value={filter.measure} onChange={(measure) => change({ measure })} />
          {active && <PopoverItem onClick={() => onFilter(noFilter)}>Show all cells alike</PopoverItem>}
        </div>
      )}
    </Popover>
  )
}

function MeasureFilter(props: {
  store: CellStore
  value: Filter['measure']
  onChange: (measure: Filter['measure']) => void
}) {
  const { store, value, onChange } = props
  const measures = measuresOf(store)
  if (measures.length === 0) return null
  const bounds = value ? store.measureBounds(value.name) : null
  const step = bounds ? (bounds.most - bounds.least) / 100 || 1 : 1

  return (
    <div className={styles.part}>
      <label className={styles.pick}>
        <span className={styles.legend}>Measure</span>
        <select
          value={value?.name ?? ''}
          onChange={({ target: { value: name } }) => {
            const { least, most } = store.measureBounds(name)
            onChange(name === '' ? null : { name, from: least, to: most })
          }}
        >
          <option value="">any</option>
          {measures.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {value &&
        bounds &&
        (['from', 'to'] as const).map((end) => (
          <label key={end} className={styles.end}>
            <span>{end}</span>
            <input
              type="range"
              min={bounds.least}
              max={bounds.most}
              step={step}
              value={value[end]}
              onChange={(event) => onChange({ ...value, [end]: Number(event.target.value) })}
            />
            <output>{Number(value[end].toPrecision(3))}</output>
          </label>
        ))}
    </div>
  )
}

/** Which measure colours the cells, if any. */
export function ColourMenu(props: {
  store: CellStore
  colour: string | null
  onOpen: () => void
  onColour: (name: string | null) => void
}) {
  const measures = measuresOf(props.store)
  if (measures.length === 0 && props.colour === null) return null

  return (
    <Popover
      className={styles.button}
      onOpen={props.onOpen}
      button={
        <>
          Colour by <b>{measures.find(({ name }) => name === props.colour)?.label ?? 'nothing'}</b>
        </>
      }
    >
      {(close) => (
        <div className={styles.list}>
          {[{ name: null, label: 'nothing', says: '' }, ...measures].map(({ name, label, says }) => (
            <PopoverItem
              key={label}
              current={name === props.colour}
              title={says}
              onClick={() => {
                props.onColour(name)
                close()
              }}
            >
              {label}
            </PopoverItem>
          ))}
        </div>
      )}
    </Popover>
  )
}

/** How large the cells are. */
export function SizeMenu(props: { size: number; fitted: boolean; onSize: (size: number | null) => void }) {
  return (
    <Popover
      className={styles.button}
      button={
        <span className={styles.mono}>
          <span className="visually-hidden">Cell size </span>
          {props.size < 16 ? props.size.toFixed(1) : props.size} px
        </span>
      }
    >
      {() => (
        <div className={styles.sizer}>
          <input
            type="range"
            aria-label="Cell size in pixels"
            min={0}
            max={steps}
            value={Math.round(
              (Math.log(props.size / sizes.least) / Math.log(sizes.most / sizes.least)) * steps,
            )}
            aria-valuetext={`${props.size} pixels`}
            onChange={(event) =>
              props.onSize(sizes.least * (sizes.most / sizes.least) ** (Number(event.target.value) / steps))
            }
          />
          <PopoverItem current={props.fitted} onClick={() => props.onSize(null)}>
            Fit the window
          </PopoverItem>
        </div>
      )}
    </Popover>
  )
}

const steps = 100
