'use client'

import { type Ref, useEffect, useMemo, useRef, useState } from 'react'
import {
  checkValue,
  clipNames,
  completeRecipe,
  groups,
  type PackInfo,
  type Parameter,
  type Prompts,
  parameters,
  type Recipe,
  type RecipePatch,
  whyInactive,
} from '#study'
import { SearchField } from '../../shell/search-field.tsx'
import type { WireProblem } from '../../wire/call.ts'
import type { Preflight } from '../../wire/study.ts'
import { ClipPicker } from './clip-picker.tsx'
import type { Change } from './draft.ts'
import { executedUnits } from './executed-units.ts'
import { FieldRow } from './field-row.tsx'
import { PromptsField } from './prompts-field.tsx'
import styles from './recipe-form.module.css'

/** The base recipe, as a form made of the catalogue and nothing else. */
export function RecipeForm(props: {
  ref?: Ref<HTMLInputElement>
  /** What differs from the defaults. */
  patch: RecipePatch
  recipe: Recipe
  pack: PackInfo
  packs: readonly PackInfo[]
  /** Parameters on an axis, with the number of their values. */
  onAxis: ReadonlyMap<string, number>
  tokens: Preflight['tokens']
  problems: readonly WireProblem[]
  onChange: (change: Change) => void
}) {
  const { patch, recipe, pack } = props
  const [search, setSearch] = useState('')
  const [onlyChanged, setOnlyChanged] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const standard = useMemo(() => completeRecipe({}, pack), [pack])
  const changedNames = Object.keys(patch).filter((name) => name in standard)
  const shown = parameters.filter(
    (parameter) => matches(parameter, search) && (!onlyChanged || changedNames.includes(parameter.name)),
  )
  const sections = groups
    .map((group) => ({ group, fields: shown.filter((parameter) => parameter.group === group) }))
    .filter(({ fields }) => fields.length > 0)
  const current = useCurrentSection(list, sections.map(({ group }) => group).join())

  return (
    <section className={styles.form} aria-label="Recipe">
      <nav className={styles.groups} aria-label="Groups of parameters">
        {sections.map(({ group }) => (
          <a key={group} href={`#${anchor(group)}`} aria-current={group === current ? 'true' : undefined}>
            {group}
          </a>
        ))}
        {changedNames.length > 0 && (
          <button
            type="button"
            className={styles.changed}
            aria-pressed={onlyChanged}
            onClick={() => setOnlyChanged(!onlyChanged)}
          >
            Changed <b>{changedNames.length}</b>
          </button>
        )}
      </nav>
      <div ref={list} className={styles.list}>
        <div className={styles.search}>
          <SearchField
            ref={props.ref}
            label="Find a parameter"
            placeholder="Find a parameter"
            value={search}
            onChange={setSearch}
          />
        </div>
        {props.packs.length > 1 && (
          <label className={styles.pack}>
            Pack
            <select
              value={pack.name}
              onChange={(event) => props.onChange({ kind: 'pack', pack: event.target.value })}
            >
              {props.packs.map((each) => (
                <option key={each.name} value={each.name}>
                  {each.title}
                </option>
              ))}
            </select>
          </label>
        )}
        {sections.length === 0 && <p className={styles.none}>No parameter of that name or purpose.</p>}
        {sections.map(({ group, fields }) => (
          <section key={group} id={anchor(group)} className={styles.section} data-group={group}>
            <h2 className={styles.heading}>{group}</h2>
            {fields.some(isClip) && (
              <ClipPicker
                recipe={recipe}
                pack={pack}
                onAxis={props.onAxis.get(clipNames[0]!) ?? null}
                changed={clipNames.some((name) => changedNames.includes(name))}
                problem={props.problems.find((each) => isClipName(each.parameter))?.message ?? null}
                onChange={(patch) => props.onChange({ kind: 'patch', patch })}
                onCompare={(text) => props.onChange({ kind: 'add axis', axis: text })}
              />
            )}
            {fields
              .filter((parameter) => !isClip(parameter))
              .map((parameter) => {
                const problem = props.problems.find(
                  (each) => each.parameter === parameter.name && each.axis === undefined,
                )
                const shared = {
                  parameter,
                  changed: changedNames.includes(parameter.name),
                  problem: problem?.message ?? null,
                  onReset: () => props.onChange({ kind: 'reset', name: parameter.name }),
                  onChange: (value: unknown) =>
                    props.onChange({ kind: 'value', name: parameter.name, value }),
                }
                if (parameter.name === 'text_prompts')
                  return (
                    <PromptsField
                      key={parameter.name}
                      {...shared}
                      value={asPrompts(patch.text_prompts) ?? recipe.text_prompts}
                      tokens={props.tokens}
                      onAxis={props.onAxis.get(parameter.name) ?? null}
                    />
                  )
                return (
                  <FieldRow
                    key={parameter.name}
                    {...shared}
                    value={recipe[parameter.name]}
                    standard={standard[parameter.name]}
                    usual={pack.usual[parameter.name] ?? parameter.usual}
                    onAxis={props.onAxis.get(parameter.name) ?? null}
                    off={whyOff(parameter, recipe, pack)}
                    schedule={parameter.kind === 'schedule' ? scheduleOf(parameter, recipe) : null}
                  />
                )
              })}
          </section>
        ))}
      </div>
    </section>
  )
}

/** The recipe as the form shows it: a value of a wrong shape (an old draft, a strange file) gives way to the default. */
export function soundRecipe(patch: RecipePatch, pack: PackInfo): Recipe {
  const sound = parameters.flatMap((parameter) => {
    const value = patch[parameter.name]
    const checked = value === undefined ? null : checkValue(parameter, value)
    return checked?.ok ? [[parameter.name, checked.value]] : []
  })

  return completeRecipe(Object.fromEntries(sound) as RecipePatch, pack)
}

/** Prompts as they are typed, sound or not, as long as they are prompts at all. */
function asPrompts(value: unknown): Prompts | null {
  const isPrompts =
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(
      (lines) => Array.isArray(lines) && lines.every((line) => typeof line === 'string'),
    )

  return isPrompts ? (value as Prompts) : null
}

export type Off = { says: string; locked: boolean }

/** Why a parameter does nothing here: not built yet, not in the pack, or switched off by another. */
function whyOff(parameter: Parameter, recipe: Recipe, pack: PackInfo): Off | null {
  if (parameter.name === 'use_secondary_model' && !pack.secondary)
    return { says: `not in ${pack.title}`, locked: true }
  if (parameter.acts === 'not yet') return { says: 'not yet', locked: true }
  if (!parameter.studies) return { says: 'not in studies yet', locked: true }
  const why = whyInactive(parameter, recipe)
  if (why !== null) return { says: `does nothing while ${why}`, locked: false }
  if (parameter.acts === 'never') return { says: 'changes nothing', locked: false }

  return null
}

const isClipName = (name: string | undefined): boolean => clipNames.some((each) => each === name)
const isClip = (parameter: Parameter): boolean => isClipName(parameter.name)

const companions: Partial<Record<keyof Recipe, 'cut_overview' | 'cut_innercut'>> = {
  cut_overview: 'cut_innercut',
  cut_innercut: 'cut_overview',
}

/** What the curve of a schedule is drawn against: the steps that look at it, and the other cuts. */
function scheduleOf({ name }: Parameter, recipe: Recipe) {
  const companion = companions[name]

  return {
    companion: companion ? { name: companion, text: recipe[companion] } : null,
    units: executedUnits(recipe),
  }
}

const matches = (parameter: Parameter, search: string): boolean =>
  search
    .toLowerCase()
    .split(/\s+/)
    .every((word) =>
      `${parameter.name} ${parameter.group} ${parameter.help} ${parameter.aliases.join(' ')}`
        .toLowerCase()
        .includes(word),
    )

const anchor = (group: string): string => `group-${group.toLowerCase().replaceAll(' ', '-')}`

/** The group at the top of the list. */
function useCurrentSection(list: React.RefObject<HTMLElement | null>, sections: string): string | null {
  const [current, setCurrent] = useState<string | null>(null)

  useEffect(() => {
    const box = list.current
    if (!box) return
    const look = () => {
      const top = box.getBoundingClientRect().top + 80
      const passed = [...box.querySelectorAll<HTMLElement>('[data-group]')].filter(
        (section) => section.getBoundingClientRect().top <= top,
      )
      setCurrent(passed.at(-1)?.dataset.group ?? sections.split(',')[0] ?? null)
    }
    look()
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [list, sections])

  return current
}
