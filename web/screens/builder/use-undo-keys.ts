'use client'

import { useEffect, useEffectEvent } from 'react'

/**
 * Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) over the whole draft, also while typing in one of its fields: browsers lose
 * their own undo when values change by other means. Fields that are no part of the draft keep theirs (`data-own-undo`).
 */
export function useUndoKeys(undo: (() => void) | null, redo: (() => void) | null): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    if (event.target instanceof HTMLElement && event.target.closest('[data-own-undo], dialog')) return
    const key = event.key.toLowerCase()
    const isRedo = (key === 'z' && event.shiftKey) || key === 'y'
    if (!isRedo && key !== 'z') return
    event.preventDefault()
    if (isRedo) redo?.()
    else undo?.()
  })

  useEffect(() => {
    const key = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', key)
    return () => window.removeEventListener('keydown', key)
  }, [])
}
