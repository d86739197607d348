import { expect, test } from 'vitest'
import { isNarrowed, type LibraryState, readLibrary, readSearch, shelf, writeLibrary } from './library.ts'

const read = (query: string) => readLibrary(new URLSearchParams(query))

test('parameters joined as on a card are axes, the rest are words', () => {
  expect(readSearch('eta × cut_ic_pow')).toEqual({ axes: ['eta', 'cut_ic_pow'], words: '' })
  expect(readSearch('boat eta*steps*seed at sea')).toEqual({
    axes: ['eta', 'steps', 'seed'],
    words: 'boat at sea',
  })
  expect(readSearch('× eta')).toEqual({ axes: ['eta'], words: '' })
  expect(readSearch('eta ×')).toEqual({ axes: [], words: 'eta' })
  expect(readSearch('  two  words ')).toEqual({ axes: [], words: 'two words' })
})

test('what was chosen is read back from what was written, and only that is written', () => {
  const state: LibraryState = {
    ...{ search: 'eta × steps', status: 'finished', pack: 'starter', tag: 'boats' },
    ...{ order: 'title', archived: true, shown: 3 * shelf },
  }
  expect(read(writeLibrary(state).slice(2))).toEqual(state)
  expect(writeLibrary(read(''))).toBe('/')
  expect(isNarrowed(read(''))).toBe(false)
  expect(isNarrowed(read('archived=true'))).toBe(false)
  expect(isNarrowed(state)).toBe(true)
})

test('an address that makes no sense is the plain library', () => {
  expect(read('status=toString&order=valueOf&shown=-4&archived=yes')).toEqual(read(''))
  expect(read('shown=99999999').shown).toBe(1_200)
})
