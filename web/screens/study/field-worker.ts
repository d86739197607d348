import type { FieldOrders } from './field-orders.ts'
import { FieldPainter } from './field-painter.ts'

/** Draws the field of cells beside the page's thread; says so once there is something to see. */
// A first canvas makes the browser open its way to the graphics processor, which takes longer than a frame.
new OffscreenCanvas(1, 1).getContext('2d')

let painter: FieldPainter | null = null
let told = false

const tell = (): void => {
  if (!told) postMessage('painted')
  told = true
}

addEventListener('message', ({ data }: MessageEvent<FieldOrders>) => {
  if (data.begin) painter = new FieldPainter(data.begin, tell)
  painter?.obey(data)
})
