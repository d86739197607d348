const namespace = 'http://www.w3.org/2000/svg'
const pad = 24
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'opacity',
  'paint-order',
]

/** What stands in a box of the page as one SVG of its own: colours and letters resolved, captions and title included. */
export function figureSvg(box: HTMLElement, title: string): SVGSVGElement {
  const { width, height, left, top } = box.getBoundingClientRect()
  const { backgroundColor } = getComputedStyle(document.body)
  const [wide, high] = [Math.ceil(width + 2 * pad), Math.ceil(height + 2 * pad + 30)]
  const svg = made('svg', { xmlns: namespace, width: wide, height: high, viewBox: `0 0 ${wide} ${high}` })
  svg.append(made('rect', { width: wide, height: high, fill: backgroundColor }))
  svg.append(textLike(box, title, { x: pad, y: pad + 8, size: 15, weight: 600 }))

  const placeOf = (element: Element) => {
    const at = element.getBoundingClientRect()
    return { x: at.left - left + pad, y: at.top - top + pad + 30, width: at.width, height: at.height }
  }
  for (const caption of box.querySelectorAll<HTMLElement>('[data-caption]')) {
    const { x, y, height } = placeOf(caption)
    svg.append(
      textLike(caption, caption.textContent ?? '', { x, y: y + height * 0.75, size: 12, weight: 500 }),
    )
  }
  for (const canvas of box.querySelectorAll('canvas'))
    svg.append(made('image', { ...placeOf(canvas), href: canvas.toDataURL('image/png') }))
  for (const part of box.querySelectorAll('svg')) {
    if (part.parentElement?.closest('svg')) continue
    const copy = part.cloneNode(true) as SVGSVGElement
    resolveStyles(part, copy)
    for (const [name, value] of Object.entries(placeOf(part))) copy.setAttribute(name, String(value))
    svg.append(copy)
  }

  return svg
}

/** A file to take home. */
export async function figureFile(box: HTMLElement, title: string, format: 'svg' | 'png'): Promise<Blob> {
  const svg = figureSvg(box, title)
  const text = new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' })

  return format === 'svg'
    ? text
    : rasterised(text, Number(svg.getAttribute('width')), Number(svg.getAttribute('height')))
}

export function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** Twice as many pixels as on the page, so that it can be posted. */
async function rasterised(svg: Blob, width: number, height: number): Promise<Blob> {
  const address = URL.createObjectURL(svg)
  try {
    const picture = new Image()
    picture.src = address
    await picture.decode()
    const canvas = new OffscreenCanvas(width * 2, height * 2)
    canvas.getContext('2d')!.drawImage(picture, 0, 0, width * 2, height * 2)

    return await canvas.convertToBlob({ type: 'image/png' })
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** Variables and classes mean nothing outside this page, so what they come to is written down. */
function resolveStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from)
  for (const name of properties) to.setAttribute(name, style.getPropertyValue(name))
  to.removeAttribute('class')
  to.removeAttribute('style')
  for (const [k, child] of [...from.children].entries()) resolveStyles(child, to.children[k]!)
}

function textLike(
  element: Element,
  text: string,
  { x, y, size, weight }: { x: number; y: number; size: number; weight: number },
): SVGElement {
  const { color, fontFamily } = getComputedStyle(element)
  const line = made('text', {
    x,
    y,
    fill: color,
    'font-family': fontFamily,
    'font-size': size,
    'font-weight': weight,
  })
  line.textContent = text

  return line
}

function made(name: string, attributes: Record<string, string | number>): SVGSVGElement {
  const element = document.createElementNS(namespace, name) as SVGSVGElement
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))

  return element
}
