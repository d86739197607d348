'use client'

import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { differencePixels } from './difference-pixels.ts'
import styles from './tile.module.css'

/** How a picture differs from the reference, pixel by pixel; the mean stands below in levels of 255. */
export function DifferencePicture(props: {
  src: string
  reference: string
  gain: number
  words: string
  style: CSSProperties
}) {
  const { src, reference, gain } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const [pair, setPair] = useState<{
    width: number
    height: number
    own: ImageData
    against: ImageData
  } | null>(null)
  const [mean, setMean] = useState<number | null>(null)

  useEffect(() => {
    let isGone = false
    Promise.all([load(src), load(reference)])
      .then(([own, against]) => {
        if (isGone) return
        const width = Math.max(own.naturalWidth, against.naturalWidth)
        const height = Math.max(own.naturalHeight, against.naturalHeight)
        setPair({ width, height, own: dataOf(own, width, height), against: dataOf(against, width, height) })
      })
      .catch(() => {
        if (!isGone) setPair(null)
      })
    return () => {
      isGone = true
    }
  }, [src, reference])
  useEffect(() => {
    if (!pair || !canvas.current) return
    const { width, height, own, against } = pair
    const difference = differencePixels(own.data, against.data, gain)
    canvas.current.width = width
    canvas.current.height = height
    canvas.current.getContext('2d')!.putImageData(new ImageData(difference.pixels, width, height), 0, 0)
    setMean(difference.mean)
  }, [pair, gain])

  return (
    <>
      <canvas ref={canvas} role="img" aria-label={`${props.words}, difference`} style={props.style} />
      {mean !== null && <span className={styles.mean}>{mean.toFixed(1)} levels apart</span>}
    </>
  )
}

async function load(src: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = src
  await image.decode()

  return image
}

/** The pixels of a picture, enlarged without smoothing where the other one is larger. */
function dataOf(image: HTMLImageElement, width: number, height: number): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.imageSmoothingEnabled = false
  context.drawImage(image, 0, 0, width, height)

  return context.getImageData(0, 0, width, height)
}
