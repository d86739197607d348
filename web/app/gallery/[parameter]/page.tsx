import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { listPacks } from '#prisma'
import { parameterNamed } from '#study'
import { ParameterScreen } from '../../../screens/gallery/parameter-screen.tsx'
import { gallery, toWireExample } from '../../../server/examples.ts'
import { guarded } from '../../../server/guarded.tsx'
import { ledger } from '../../../server/ledger.ts'

type Props = { params: Promise<{ parameter: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await params).parameter} · Gallery` }
}

export default function ParameterPage({ params }: Props) {
  return guarded(async () => {
    const { parameter: name } = await params
    if (!parameterNamed(name)) notFound()
    const [packs, examples] = await Promise.all([listPacks(ledger()), gallery()])
    const shown = examples.map(toWireExample).filter((each) => isAbout(each, name))

    return <ParameterScreen name={name} examples={shown} packs={packs} />
  })
}

const isAbout = ({ axes }: ReturnType<typeof toWireExample>, name: string): boolean =>
  axes.some(({ parameters }) => parameters.includes(name))
