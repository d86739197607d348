'use client'

import { useEffect } from 'react'
import { coolPainter, warmPainter } from './painters.ts'

/** Stands beside a sheet that is still to come and has its painter ready. */
export function WarmPainter() {
  useEffect(() => {
    warmPainter()

    return coolPainter
  }, [])

  return null
}
