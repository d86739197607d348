import { basename } from 'node:path'
import type { Row } from '../report.ts'
import type { TemplateReport } from './template-sheets.ts'

export interface PackReport {
  name: string
  machine: string
  pack: string
  rows: Row[]
  templates: TemplateReport[]
}

const html = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)

const figure = (value: number | null) => (value === null ? '–' : String(Number(value.toPrecision(3))))

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 Inter, system-ui, sans-serif }
  body { max-width: 68rem; margin: 3rem auto; padding: 0 1.5rem }
  h1, h2 { font-weight: 600; letter-spacing: -0.01em } h2 { margin-top: 3rem }
  table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
  th, td { text-align: left; padding: 0.35rem 1rem 0.35rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent) }
  td:nth-child(2) { text-align: right } img { max-width: 100%; margin-top: 0.75rem } .missed { font-weight: 600 }
  p { opacity: 0.8 }`

/** The report as one page; sheets lie beside it. */
export function toPage({ pack, machine, rows, templates }: PackReport): string {
  const table = rows
    .map(
      ({ what, ours, unit, target, ok }) =>
        `<tr><td>${html(what)}</td><td>${figure(ours)} ${html(unit)}</td><td>${html(target ?? '')}</td><td${ok === false ? ' class="missed"' : ''}>${ok === null ? '' : ok ? 'met' : 'missed'}</td></tr>`,
    )
    .join('\n')
  const sheets = templates
    .map(
      ({ title, sheet, effects }) => `<h2>${html(title)}</h2>
<p>${effects.map(effectInWords).map(html).join(' ')}</p>
<a href="sheets/${html(basename(sheet))}"><img loading="lazy" src="sheets/${html(basename(sheet))}" alt="Sheet: ${html(title)}"></a>`,
    )
    .join('\n')

  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Report on ${html(pack)}</title><style>${style}</style>
<h1>${html(pack)}</h1>
<p>${html(machine)}</p>
<table><thead><tr><th>what</th><th>measured</th><th>target</th><th></th></tr></thead><tbody>
${table}
</tbody></table>
${sheets}
</html>
`
}

/** `cut_ic_pow: 12 % of contrast, p = 0.003.` */
const effectInWords = ({ axis, measure, share, p }: TemplateReport['effects'][number]): string =>
  `${axis}: ${Math.round(100 * share)} % of all variance of ${measure}, ${p < 0.05 ? 'more' : 'not more'} than seeds do (p = ${Number(p.toPrecision(2))}).`
