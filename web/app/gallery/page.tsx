import type { Metadata } from 'next'
import { GalleryScreen } from '../../screens/gallery/gallery-screen.tsx'
import { gallery, toWireExample } from '../../server/examples.ts'
import { guarded } from '../../server/guarded.tsx'

export const metadata: Metadata = { title: 'Gallery' }

type Props = { searchParams: Promise<{ q?: string | string[] }> }

export default function GalleryPage({ searchParams }: Props) {
  return guarded(async () => {
    const { q } = await searchParams
    const search = (Array.isArray(q) ? q[0] : q)?.slice(0, 200) ?? ''

    return <GalleryScreen examples={(await gallery()).map(toWireExample)} search={search} />
  })
}
