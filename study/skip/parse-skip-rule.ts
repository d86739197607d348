import jsep from 'jsep'
import type { Problem } from '../errors.ts'
import type { ParameterName, Recipe } from '../parameters/catalogue.ts'
import { show } from '../parameters/check-value.ts'
import { parameterNamed } from '../parameters/parameter.ts'
import { unknownParameter } from '../recipe/check-patch.ts'

/** A condition over parameters; cells that meet it are excluded. */
export interface SkipRule {
  text: string
  parameters: ParameterName[]
  matches(recipe: Recipe): boolean
}

export type ParsedSkipRule = { ok: true; rule: SkipRule } | { ok: false; problem: Problem }

type Type = 'number' | 'boolean' | 'string'
type Value = number | boolean | string
interface Term {
  type: Type
  value(recipe: Recipe): Value
}

const longestText = 1000

jsep.addBinaryOp('or', 1)
jsep.addBinaryOp('and', 2)
jsep.addBinaryOp('=', 6)
jsep.addUnaryOp('not')

class SkipFailure extends Error {}

/** Reads `eta > 0.5 and clip_guidance_scale >= 20000`: comparisons, arithmetic, `and`, `or`, `not`, parentheses. */
export function parseSkipRule(text: string): ParsedSkipRule {
  const parameters = new Set<ParameterName>()
  try {
    if (text.length > longestText) throw new SkipFailure(`it is longer than ${longestText} characters`)
    const term = compile(jsep(text), parameters)
    if (term.type !== 'boolean')
      throw new SkipFailure('it is a value, not a condition; compare it with something')

    return {
      ok: true,
      rule: { text, parameters: [...parameters], matches: (recipe) => term.value(recipe) === true },
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const at = (error as { index?: number }).index
    const reason =
      error instanceof SkipFailure ? error.message : error.message.replace(/ at character \d+$/, '')

    return { ok: false, problem: { message: `The skip rule ${show(text)} cannot be read: ${reason}.`, at } }
  }
}

function compile(node: jsep.Expression, parameters: Set<ParameterName>): Term {
  switch (node.type) {
    case 'Literal':
      return literal((node as jsep.Literal).value)
    case 'Identifier':
      return identifier((node as jsep.Identifier).name, parameters)
    case 'UnaryExpression':
      return unary(node as jsep.UnaryExpression, parameters)
    case 'BinaryExpression':
      return binary(node as jsep.BinaryExpression, parameters)
    case 'Compound':
      throw new SkipFailure('it is empty, or an operator is missing between two parts')
    default:
      throw new SkipFailure('it may hold only parameters, numbers, texts, comparisons, + - * /, and, or, not')
  }
}

function literal(value: unknown): Term {
  if (typeof value === 'number') return { type: 'number', value: () => value }
  if (typeof value === 'boolean') return { type: 'boolean', value: () => value }
  if (typeof value === 'string') return { type: 'string', value: () => value }

  throw new SkipFailure(`${show(value)} is not a number, a text, true or false`)
}

function identifier(name: string, parameters: Set<ParameterName>): Term {
  if (name === 'width' || name === 'height') {
    parameters.add('width_height')
    return { type: 'number', value: (recipe) => recipe.width_height[name === 'width' ? 0 : 1] }
  }

  const parameter = parameterNamed(name)
  if (!parameter) throw new SkipFailure(unknownParameter(name).replace(/\.$/, ''))
  parameters.add(parameter.name)
  switch (parameter.kind) {
    case 'integer':
    case 'number':
    case 'seed':
      return { type: 'number', value: (recipe) => recipe[parameter.name] as number }
    case 'boolean':
      return { type: 'boolean', value: (recipe) => recipe[parameter.name] as boolean }
    case 'choice':
    case 'text':
    case 'percent':
    case 'schedule':
    case 'keyframes':
    case 'image':
      return { type: 'string', value: (recipe) => String(recipe[parameter.name] ?? 'none') }
    default:
      throw new SkipFailure(`${name} cannot be compared in a skip rule`)
  }
}

function unary(node: jsep.UnaryExpression, parameters: Set<ParameterName>): Term {
  const term = compile(node.argument, parameters)
  const { operator } = node
  if (operator === 'not' || operator === '!') {
    demand(term, 'boolean', operator)
    return { type: 'boolean', value: (recipe) => !term.value(recipe) }
  }
  if (operator === '-' || operator === '+') {
    demand(term, 'number', operator)
    return { type: 'number', value: (recipe) => (operator === '-' ? -1 : 1) * (term.value(recipe) as number) }
  }

  throw new SkipFailure(`"${operator}" is not known here`)
}

const arithmetic: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}
const order: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

function binary(node: jsep.BinaryExpression, parameters: Set<ParameterName>): Term {
  const { operator } = node
  const left = compile(node.left, parameters)
  const right = compile(node.right, parameters)

  if (['and', '&&', 'or', '||'].includes(operator)) {
    demand(left, 'boolean', operator)
    demand(right, 'boolean', operator)
    return operator === 'and' || operator === '&&'
      ? { type: 'boolean', value: (recipe) => left.value(recipe) === true && right.value(recipe) === true }
      : { type: 'boolean', value: (recipe) => left.value(recipe) === true || right.value(recipe) === true }
  }

  if (['==', '===', '=', '!=', '!=='].includes(operator)) {
    if (left.type !== right.type) throw new SkipFailure(`a ${left.type} is compared with a ${right.type}`)
    const equal = !operator.startsWith('!')
    return { type: 'boolean', value: (recipe) => (left.value(recipe) === right.value(recipe)) === equal }
  }

  const compare = Object.hasOwn(order, operator) ? order[operator] : undefined
  const calculate = Object.hasOwn(arithmetic, operator) ? arithmetic[operator] : undefined
  if (!compare && !calculate) throw new SkipFailure(`"${operator}" is not known here`)
  demand(left, 'number', operator)
  demand(right, 'number', operator)
  const numbers = (recipe: Recipe): [number, number] => [
    left.value(recipe) as number,
    right.value(recipe) as number,
  ]

  return compare
    ? { type: 'boolean', value: (recipe) => compare(...numbers(recipe)) }
    : { type: 'number', value: (recipe) => calculate!(...numbers(recipe)) }
}

function demand(term: Term, type: Type, operator: string): void {
  if (term.type !== type)
    throw new SkipFailure(`"${operator}" needs a ${type} on each side, not a ${term.type}`)
}
