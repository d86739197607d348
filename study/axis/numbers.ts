import { Decimal as Base } from 'decimal.js'
import { show } from '../parameters/check-value.ts'
import { cellLimit } from './axis.ts'
import { fail, within } from './failure.ts'

// Wide enough that no sum of typed decimals is ever rounded.
const Decimal = Base.clone({ precision: 60, toExpNeg: -9, toExpPos: 21 })
type Decimal = InstanceType<typeof Decimal>

const n = String.raw`([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,3})?)`
const range = String.raw`${n}\s*(?:\.\.|…|\bto\b)\s*${n}`
const single = new RegExp(`^${n}$`, 'i')
const bare = new RegExp(`^${range}$`, 'i')
const stepped = new RegExp(String.raw`^${range}\s+(?:step|by)\s+${n}$`, 'i')
const counted = new RegExp(String.raw`^${range}\s+(count|log)\s+(\d{1,9})$`, 'i')
const seeded = /^seeds?\s+(\d{1,9})\s+from\s+(\d{1,12})$/i
const random = new RegExp(String.raw`^random\s+(\d{1,9})\s+from\s+${range}\s+seed\s+(\d{1,12})$`, 'i')
const longestItem = 200

export interface NumberList {
  values: string[]
  notices: string[]
}

/**
 * Reads `500, 5000` · `0..1 step 0.25` · `0..1 count 5` · `1000..100000 log 5` · `seeds 8 from 1000` ·
 * `random 4 from 0..1 seed 7`, and commas between any of them. Values come back as exact decimal texts.
 */
export function readNumbers(options: {
  name: string
  text: string
  whole: boolean
  seed: boolean
}): NumberList {
  const { name, text, whole, seed } = options
  const values: string[] = []
  const notices: string[] = []

  for (const item of text.split(',').map((part) => part.trim())) {
    if (item === '')
      fail(`${name}: a value is missing in ${show(text)}; write values with commas between them.`)
    if (item.length > longestItem) fail(`${name}: ${show(item)} is too long for a number.`)

    const list = within(item, () => readItem({ name, item, whole, seed }))
    if (values.length + list.values.length > cellLimit) tooMany(name, values.length + list.values.length)
    for (const value of list.values) values.push(value)
    notices.push(...list.notices)
  }

  return { values, notices }
}

function readItem(options: { name: string; item: string; whole: boolean; seed: boolean }): NumberList {
  const { name, item, whole, seed } = options
  let match = single.exec(item)
  if (match) return exactly([decimal(name, match[1]!)])

  match = stepped.exec(item)
  if (match) return exactly(stepValues(name, item, decimals(name, match.slice(1, 4))))

  match = counted.exec(item)
  if (match) {
    const [from, to] = decimals(name, match.slice(1, 3)) as [Decimal, Decimal]
    const count = countOf(name, match[4]!)
    const values =
      match[3]!.toLowerCase() === 'log' ? logValues(name, item, from, to, count) : evenValues(from, to, count)

    return whole ? rounded(name, item, values) : exactly(values)
  }

  match = seeded.exec(item)
  if (match) {
    if (!seed)
      fail(`${name}: "seeds" counts seeds, so it works for seed only; use a step, as in 1..8 step 1.`)
    const count = countOf(name, match[1]!)
    const first = decimal(name, match[2]!)

    return exactly(Array.from({ length: count }, (_, i) => first.plus(i)))
  }

  match = random.exec(item)
  if (match) {
    const [from, to] = decimals(name, match.slice(2, 4)) as [Decimal, Decimal]
    const values = randomValues({ from, to, count: countOf(name, match[1]!), seed: Number(match[4]), whole })

    return exactly(values)
  }

  if (bare.test(item))
    fail(`${name}: ${show(item)} does not say how to get there; add "step 0.25", "count 5" or "log 5".`)

  return fail(
    `${name}: ${show(item)} is neither a number nor a range like 0..1 step 0.25, 0..1 count 5 or 1..100 log 3.`,
  )
}

function stepValues(name: string, item: string, [from, to, step]: Decimal[]): Decimal[] {
  const way = to!.minus(from!)
  if (way.isZero()) return [from!]
  if (step!.isZero() || step!.isNegative() !== way.isNegative())
    fail(
      `${name}: ${show(item)} never reaches its end: a step of ${plain(step!)} from ${plain(from!)} does not lead to ${plain(to!)}${step!.isZero() ? '' : `; use step ${plain(step!.negated())}`}.`,
    )

  const last = way.div(step!).floor()
  if (last.gte(cellLimit)) tooMany(name, last.plus(1).toNumber())

  return Array.from({ length: last.toNumber() + 1 }, (_, i) => from!.plus(step!.times(i)))
}

/** Evenly spaced, ends included. Thirds and the like are written with four figures of the spacing. */
function evenValues(from: Decimal, to: Decimal, count: number): Decimal[] {
  if (count === 1 || from.eq(to)) return [from]
  const way = to.minus(from)
  const gap = way.div(count - 1)
  const figures = gap.decimalPlaces() <= 12 ? 12 : Math.max(0, 3 - gap.e)

  return Array.from({ length: count }, (_, i) =>
    i === count - 1 ? to : from.plus(way.times(i).div(count - 1)).toDecimalPlaces(figures),
  )
}

/** Equal ratios, ends exact, values between written with four figures, or as many more as keep them apart. */
function logValues(name: string, item: string, from: Decimal, to: Decimal, count: number): Decimal[] {
  if (from.isZero() || to.isZero() || from.isNegative() !== to.isNegative())
    fail(`${name}: ${show(item)} needs two ends on the same side of 0 for equal ratios; neither may be 0.`)
  if (count === 1 || from.eq(to)) return [from]

  const ratio = to
    .div(from)
    .ln()
    .div(count - 1)
  const exact = Array.from({ length: count }, (_, i) =>
    i === 0 ? from : i === count - 1 ? to : from.times(ratio.times(i).exp()),
  )
  for (let figures = 4; figures < 16; figures++) {
    const values = exact.map((value, i) =>
      i === 0 || i === count - 1 ? value : value.toSignificantDigits(figures),
    )
    if (new Set(values.map(plain)).size === count) return values
  }

  return exact.map((value) => value.toSignificantDigits(16))
}

/** Reproducible draws in ascending order (mulberry32), written with three figures of the span. */
function randomValues(options: {
  from: Decimal
  to: Decimal
  count: number
  seed: number
  whole: boolean
}): Decimal[] {
  const { from, to, count, whole } = options
  const way = to.minus(from)
  if (way.isZero()) return [from]
  const places = whole ? 0 : Math.max(0, 3 - way.e)
  let state = options.seed >>> 0
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)

    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  return Array.from({ length: count }, () => from.plus(way.times(draw())).toDecimalPlaces(places)).sort(
    (a, b) => a.comparedTo(b),
  )
}

function rounded(name: string, item: string, values: Decimal[]): NumberList {
  const whole = values.map((value) => value.round())
  const changed = whole.some((value, i) => !value.eq(values[i]!))

  return {
    values: whole.map(plain),
    notices: changed ? [`${name}: values of ${show(item)} are rounded to whole numbers.`] : [],
  }
}

const exactly = (values: Decimal[]): NumberList => ({ values: values.map(plain), notices: [] })

const decimals = (name: string, texts: string[]): Decimal[] => texts.map((text) => decimal(name, text))

function decimal(name: string, text: string): Decimal {
  const value = new Decimal(text)
  if (!Number.isFinite(value.toNumber()) || (value.toNumber() === 0 && !value.isZero()))
    fail(`${name}: ${show(text)} is too large or too small for a number.`)

  return value.isZero() ? new Decimal(0) : value
}

function countOf(name: string, text: string): number {
  const count = Number(text)
  if (count < 1) fail(`${name}: a count must be 1 or more, but is ${text}.`)
  if (count > cellLimit) tooMany(name, count)

  return count
}

function tooMany(name: string, count: number): never {
  return fail(`${name}: ${count} values are more than the ${cellLimit} cells a study may have.`)
}

function plain(value: Decimal): string {
  return value.toString()
}
