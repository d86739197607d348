import type { TensorEntry } from './tensor-file.ts'

/** What wrappers of a network (DataParallel, torch.compile, training classes) put before every name. */
const wrappers = ['module.', '_orig_mod.', 'model.']

/** The entries without a wrapper's prefix that all their names share. */
export function stripPrefixes(entries: readonly TensorEntry[]): readonly TensorEntry[] {
  const prefix = wrappers.find((wrapper) => entries.every(({ name }) => name.startsWith(wrapper)))
  if (!prefix || entries.length === 0) return entries

  return stripPrefixes(entries.map((entry) => ({ ...entry, name: entry.name.slice(prefix.length) })))
}
