import { libraryShelves, listPacks, listStudies } from '#prisma'
import { LibraryScreen } from '../screens/library/library-screen.tsx'
import { axisNames, miniSheet } from '../screens/library/mini-sheet.ts'
import { templates, toWireExample } from '../server/examples.ts'
import { guarded } from '../server/guarded.tsx'
import { ledger } from '../server/ledger.ts'
import { toWireSummary } from '../server/to-wire.ts'
import { readLibrary, readSearch } from '../wire/library.ts'

type Query = Record<string, string | string[] | undefined>

export default function LibraryPage({ searchParams }: { searchParams: Promise<Query> }) {
  return guarded(async () => {
    const said = Object.entries(await searchParams).flatMap(([name, value]) => {
      const text = Array.isArray(value) ? value[0] : value
      return text === undefined ? [] : [[name, text]]
    })
    const state = readLibrary(new URLSearchParams(said))
    const { axes, words } = readSearch(state.search)
    const { order, archived, shown } = state
    const [studies, shelves, packs, all] = await Promise.all([
      listStudies(ledger(), {
        ...{ search: words, axes, order, archived },
        ...{ status: state.status ?? undefined, pack: state.pack ?? undefined, tag: state.tag ?? undefined },
        // One more than is shown, to know whether there are more.
        limit: shown + 1,
      }),
      libraryShelves(ledger(), { archived }),
      listPacks(ledger()),
      templates(),
    ])
    const usable = all.filter(({ file }) => packs.some((pack) => pack.name === file.pack))

    return (
      <LibraryScreen
        studies={studies.slice(0, shown).map((study) => ({
          study: toWireSummary(study),
          sheet: miniSheet(study.file, study.pictures),
          axes: axisNames(study.file),
        }))}
        more={studies.length > shown}
        shelves={shelves}
        templates={usable.map(toWireExample)}
        state={state}
      />
    )
  })
}
