'use client'

import { useEffect, useState } from 'react'
import { call } from '../../wire/call.ts'
import type { WireCellDetail } from '../../wire/study.ts'
import { cellOfNumber, takeNumber, takeOfNumber } from './takes.ts'

/** The pictures (by hash) of other takes among these numbers, as far as they have come. */
export function useTakes(
  address: string,
  cells: number,
  numbers: readonly number[],
): ReadonlyMap<number, string> {
  const [pictures, setPictures] = useState<ReadonlyMap<number, string>>(new Map())
  const asked = [
    ...new Set(
      numbers
        .filter((number) => takeOfNumber(cells, number) !== null)
        .map((number) => cellOfNumber(cells, number)),
    ),
  ].join()

  useEffect(() => {
    if (asked === '') return
    const gone = new AbortController()
    for (const seq of asked.split(',').map(Number))
      call<WireCellDetail>(`${address}/cells/${seq}`, { signal: gone.signal })
        .then(({ takes }) =>
          setPictures(
            (before) =>
              new Map([
                ...before,
                ...takes.map(({ take, image }) => [takeNumber(cells, seq, take), image] as const),
              ]),
          ),
        )
        // Its tile says that there is no such picture.
        .catch(() => undefined)

    return () => gone.abort()
  }, [address, cells, asked])

  return pictures
}
