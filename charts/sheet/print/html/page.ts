import { xmlText } from '../../inside/xml-text.ts'
import type { ViewerData } from './viewer/data.ts'

/** JSON inside a script element: nothing in it can end the element, or begin another. */
const jsonInScript = (value: unknown): string => JSON.stringify(value).replace(/[<>&]/g, jsonEscape)
const jsonEscape = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`

const keys: [key: string, does: string][] = [
  ['← ↑ → ↓', 'Another cell'],
  ['Enter', 'Its picture, large; again arrows for the next'],
  ['Space', 'Pick it for comparison'],
  ['C', 'Compare what is picked'],
  ['+ − 0', 'Larger, smaller, the whole sheet'],
  ['X', 'Columns become rows'],
  ['T', 'Light or dark'],
  ['I', 'About this study'],
  ['Esc', 'Close; pick nothing'],
]

const button = (key: string, label: string, rest = ''): string =>
  `<button class="button" data-key="${key.toLowerCase()}" ${rest}>${label} <kbd aria-hidden="true">${key}</kbd></button>`

/** The page up to its pictures. `head` goes into the head as it is. */
export function pageStart(options: {
  data: ViewerData
  css: string
  head: string
  /** Where the mark leads, if anywhere. */
  home?: string
}): string {
  const { data, css, head, home } = options
  const steps = [1, 0.8, 0.55, 0.34, 0.18]
    .map((opacity, i) => `<rect x="${i * 7.25}" width="5.5" height="16" rx=".75" opacity="${opacity}"/>`)
    .join('')
  const mark = `<svg viewBox="0 0 35 16" width="35" height="16" aria-hidden="true">${steps}</svg>`
  const entries = data.conditions.entries
    .map(({ name, value }) => `<dt>${xmlText(name)}</dt><dd>${xmlText(value)}</dd>`)
    .join('')
  const paragraphs = (lines: string[]) => lines.map((line) => `<p>${xmlText(line)}</p>`).join('')

  return `<!doctype html>
<html lang="en" data-theme="${data.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src 'self' blob: data: file:; font-src data:; base-uri 'none'; form-action 'none'">
<meta name="generator" content="Teststrip">
<title>${xmlText(data.title)}</title>
${head}<style>${css}</style>
</head>
<body${data.cell.width < 256 ? ' class="small-pictures"' : ''}>
<header class="bar">
${home ? `<a href="${xmlText(home)}" aria-label="To the library">${mark}</a>` : mark}
<h1 dir="auto">${xmlText(data.title)}</h1>
${button('X', 'Swap')}${button('C', '<span id="compare-label">Compare</span>', 'id="compare" disabled')}${button('T', 'Theme', 'aria-label="Light or dark"')}${button('I', 'About')}<button class="button wide" data-key="?" aria-label="Keyboard">?</button>
</header>
<div id="axes" role="group" aria-label="Axes"></div>
<main>
<div id="stage"></div>
<aside id="about" aria-label="About this study" hidden>
<section>${paragraphs(data.subtitle)}</section>
<section><h2>${xmlText(data.conditions.heading)}</h2><dl>${entries}</dl></section>
<section>${paragraphs(data.footer)}<button class="button" id="save">Save the study file</button></section>
</aside>
</main>
<dialog id="keys" closedby="any" aria-label="Keyboard"><h2>Keyboard</h2><dl>${keys.map(([key, does]) => `<dt>${does}</dt><dd><kbd>${key}</kbd></dd>`).join('')}</dl></dialog>
<p id="says" class="visually-hidden" aria-live="polite"></p>
<noscript>This page shows the study with a small script of its own; allow it to run.</noscript>
`
}

/** A picture inside the page, as base64 that nothing reads before it is shown. */
export const pictureInside = (picture: number, type: string, bytes: Uint8Array): string =>
  `<script type="text/plain" id="p${picture}" data-type="${type}">${Buffer.from(bytes).toString('base64')}</script>\n`

/** What follows the pictures: the study as every export carries it, what the viewer shows, and the viewer. */
export const pageEnd = (options: { packet: string; data: ViewerData; script: string }): string =>
  `<script type="application/rdf+xml">${options.packet}</script>
<script type="application/json" id="viewer-data">${jsonInScript(options.data)}</script>
<script>${options.script}</script>
</body>
</html>
`
