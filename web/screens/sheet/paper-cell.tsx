import { type CellBox, fittedSize, type SheetLayout, type Theme } from '#charts'

const thumbs = [32, 96, 256, 512]

export const css = ([red, green, blue]: readonly [number, number, number]) => `rgb(${red} ${green} ${blue})`

export const box = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => ({
  x,
  y,
  width,
  height,
})

/** A cell of the page: its picture as it is fitted in print, or the sign of why there is none. */
export function PaperCell(props: {
  cell: CellBox
  layout: SheetLayout
  theme: Theme
  scale: number
  size: { width: number; height: number } | undefined
}) {
  const { cell, layout, theme, scale, size } = props
  if (cell.state !== 'picture' || !cell.image || !size)
    return <Sign box={cell} state={cell.state === 'picture' ? 'queued' : cell.state} {...{ layout, theme }} />

  const { width, height, factor } = fittedSize(size, cell, layout.kernel)
  const seen = width * scale * Math.min(2, globalThis.devicePixelRatio ?? 1)
  // A small copy where that is all that can be seen; the picture itself where its pixels can.
  const thumb = thumbs.find((each) => each >= seen && each < size.width)

  return (
    <>
      {/* Also what is seen until the picture has come. */}
      <rect {...box(cell)} fill={css(theme.surface)} />
      <image
        href={thumb ? `/thumbs/${cell.image}/${thumb}.webp` : `/blobs/${cell.image}`}
        x={cell.x + Math.floor((cell.width - width) / 2)}
        y={cell.y + Math.floor((cell.height - height) / 2)}
        width={width}
        height={height}
        preserveAspectRatio="none"
        imageRendering={factor > 1 && layout.kernel === 'nearest' ? 'pixelated' : undefined}
      />
    </>
  )
}

/** Why there is no picture; signs differ in shape, not only in colour. */
export function Sign(props: {
  box: { x: number; y: number; width: number; height: number }
  state: 'queued' | 'failed' | 'excluded'
  layout: SheetLayout
  theme: Theme
}) {
  const { state, theme, layout } = props
  const { x, y, width, height } = props.box
  const line = Math.max(1, Math.round(layout.unit))
  const rim = {
    x: x + line / 2,
    y: y + line / 2,
    width: width - line,
    height: height - line,
    strokeWidth: line,
  }
  const faint = { stroke: css(theme.muted), strokeOpacity: 0.4 }
  if (state === 'queued') return <rect {...rim} {...faint} fill="none" />
  if (state === 'failed') {
    const arm = Math.min(width, height, Math.round(56 * layout.unit)) / 4
    const [cx, cy] = [x + width / 2, y + height / 2]

    return (
      <g stroke={css(theme.bad)}>
        <rect {...rim} fill={css(theme.bad)} fillOpacity={0.08} />
        <path
          d={`M${cx - arm} ${cy - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`}
          strokeWidth={Math.max(1, Math.min(1.5 * layout.unit, arm / 3)) * 1.4}
        />
      </g>
    )
  }
  const period = Math.max(4, Math.min(Math.round(10 * layout.unit), Math.round(width / 3)))
  let stripes = ''
  for (let at = period; at < width + height; at += period) {
    const [right, left] = [Math.min(at, width), Math.max(0, at - height)]
    stripes += `M${x + right} ${y + at - right}L${x + left} ${y + at - left}`
  }

  return (
    <>
      <rect {...rim} {...faint} fill={css(theme.surface)} />
      <path d={stripes} {...faint} strokeWidth={line * 0.8} />
    </>
  )
}
