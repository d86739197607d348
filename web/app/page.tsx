import { listPacks, listStudies } from '#prisma'
import { LibraryScreen } from '../screens/library/library-screen.tsx'
import { guarded } from '../server/guarded.tsx'
import { ledger } from '../server/ledger.ts'
import { templates, toWireTemplate } from '../server/templates.ts'
import { toWireSummary } from '../server/to-wire.ts'

export default function LibraryPage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  return guarded(async () => {
    const { q } = await searchParams
    const search = (Array.isArray(q) ? q[0] : q)?.slice(0, 200) ?? ''
    const [studies, packs, all] = await Promise.all([
      listStudies(ledger(), { search }),
      listPacks(ledger()),
      templates(),
    ])
    const usable = all.filter(({ file }) => packs.some((pack) => pack.name === file.pack))

    return (
      <LibraryScreen
        studies={studies.map(toWireSummary)}
        templates={usable.map(toWireTemplate)}
        search={search}
      />
    )
  })
}
