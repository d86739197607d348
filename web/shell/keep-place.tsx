'use client'

import { useEffect } from 'react'
import { keepPlace } from './last-place.ts'

/** Remembers this screen for the library's way back. */
export function KeepPlace() {
  useEffect(() => keepPlace(() => document.title.replace(/ · Teststrip$/, '')), [])

  return null
}
