'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useState } from 'react'
import { call, Refused } from '../wire/call.ts'
import styles from './drop-anywhere.module.css'
import { takerOfFiles } from './dropped.ts'
import { openFile } from './open-file.ts'

/**
 * A sheet, study or settings file dropped on any page becomes a draft: the one at hand where a study is being made,
 * else a new one.
 */
export function DropAnywhere() {
  const router = useRouter()
  // Whoever was sent a link has no library to drop things into.
  const isVisitor = usePathname().startsWith('/s/')
  const [isOver, setOver] = useState(false)
  const [says, setSays] = useState<string | null>(null)

  const open = async (file: File) => {
    setSays(`Opening ${file.name} …`)
    try {
      const { packs } = await call<{ packs: { name: string }[] }>('/api/packs')
      const title = file.name
        .replace(/\.\w+$/, '')
        .replaceAll('_', ' ')
        .trim()
        .slice(0, 200)
      const opened = await openFile(file, {
        teststrip: 1,
        title: title || 'Untitled study',
        pack: packs[0]?.name ?? 'starter',
        recipe: {},
        axes: [],
      })
      if (!opened.ok) return setSays(opened.says)
      const { id } = await call<{ id: string }>('/api/studies', { body: opened.file })
      setSays(opened.notices.join(' ') || null)
      router.push(`/studies/${id}/edit`)
    } catch (error) {
      setSays(error instanceof Refused ? `${file.name}: ${error.message}` : String(error))
    }
  }
  const onDrag = useEffectEvent((event: DragEvent) => {
    if (isVisitor || !event.dataTransfer?.types.includes('Files')) return
    // Something on the page may take the file for itself, such as a picture parameter.
    if (event.type === 'drop' && event.defaultPrevented) return setOver(false)
    event.preventDefault()
    setOver(event.type === 'dragover' || (event.type === 'dragleave' && event.relatedTarget !== null))
    if (event.type !== 'drop') return
    const file = event.dataTransfer.files[0]
    if (!file) return
    const take = takerOfFiles()
    if (take) take(file)
    else void open(file)
  })
  useEffect(() => {
    const drag = (event: DragEvent) => onDrag(event)
    const kinds = ['dragover', 'dragleave', 'drop'] as const
    for (const kind of kinds) window.addEventListener(kind, drag)
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, drag)
    }
  }, [])

  return (
    <>
      {isOver && (
        <div className={styles.veil} aria-hidden="true">
          <p>Drop a sheet, a study file or settings.txt</p>
        </div>
      )}
      {says && (
        <p className={styles.says} role="status">
          {says}
          <button type="button" aria-label="Close" onClick={() => setSays(null)}>
            ×
          </button>
        </p>
      )}
    </>
  )
}
