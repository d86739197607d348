const kept = globalThis as typeof globalThis & { teststripOnce?: Map<string, unknown> }

/**
 * One value per process. A module variable is not enough: Next bundles pages and route handlers apart, and in
 * development replaces modules, so each copy would open its own connections.
 */
export function once<Value>(name: string, make: () => Value): Value {
  kept.teststripOnce ??= new Map()
  if (!kept.teststripOnce.has(name)) kept.teststripOnce.set(name, make())

  return kept.teststripOnce.get(name) as Value
}
