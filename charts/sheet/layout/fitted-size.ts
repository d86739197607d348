import type { Kernel } from '../sheet-document.ts'

/** Size that a picture takes in its cell. */
export function fittedSize(
  picture: { width: number; height: number },
  cell: { width: number; height: number },
  kernel: Kernel,
): { width: number; height: number; factor: number } {
  const free = Math.min(cell.width / picture.width, cell.height / picture.height)
  const enlarged = { nearest: Math.floor(free), lanczos3: free, none: 1 }
  const factor = free >= 1 ? enlarged[kernel] : free

  return {
    factor,
    width: Math.max(1, Math.min(cell.width, Math.round(picture.width * factor))),
    height: Math.max(1, Math.min(cell.height, Math.round(picture.height * factor))),
  }
}
