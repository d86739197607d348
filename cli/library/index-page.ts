import { fontsInside, xmlText } from '#charts/print'

export interface Card {
  id: string
  title: string
  axes: { name: string; count: number }[]
  pictures: number
  date: string
  /** Was the sheet small enough for one PNG? */
  hasSheet: boolean
}

const css = `
:root{color-scheme:light;--background:light-dark(#f6f4ef,#141413);--surface:light-dark(#fffefb,#1b1b1a);--line:light-dark(#dcd7cc,#34332f);--ink:light-dark(#1d1b18,#ece9e3);--muted:light-dark(#67625a,#a19d94);--accent:light-dark(#c9481a,#ff7a45)}
:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
body{max-width:1360px;margin:0 auto;padding:32px 24px 48px;background:var(--background);color:var(--ink);font:13px/1.5 "Inter Variable",system-ui,sans-serif;font-feature-settings:"tnum"}
header{display:flex;flex-wrap:wrap;gap:16px;align-items:center;margin-bottom:28px}
header svg{fill:var(--ink)}
h1{flex:1;margin:0;font:600 28px/1.2 "Source Serif 4",Georgia,serif}
input{height:32px;width:min(280px,100%);padding:0 12px;border:1px solid var(--line);border-radius:7px;background:var(--surface);color:var(--ink);font:inherit}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(340px,100%),1fr));gap:24px;margin:0;padding:0;list-style:none}
a{color:inherit;text-decoration:none}
img{display:block;width:100%;aspect-ratio:1;object-fit:contain;border-radius:2px;background:var(--surface)}
h2{margin:10px 0 2px;font-size:15px;line-height:1.3;overflow-wrap:anywhere}
code{font-family:"IBM Plex Mono",monospace;font-size:12px;overflow-wrap:anywhere}
p{margin:0;color:var(--muted)}
p a{text-decoration:underline;text-underline-offset:3px}
a:hover h2{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
li[hidden]{display:none}
`

/** Narrows the cards to those that hold every word; without scripts all of them are simply there. */
const search = `
const field=document.querySelector('input');field.hidden=false
field.addEventListener('input',()=>{const words=field.value.toLowerCase().split(/\\s+/).filter(Boolean)
for(const card of document.querySelectorAll('li'))card.hidden=!words.every(word=>card.textContent.toLowerCase().includes(word))})
`

/** The first page of an exported library: a card per study. */
export async function indexPage(options: {
  title: string
  theme: 'light' | 'dark'
  cards: readonly Card[]
}): Promise<string> {
  const { title, theme, cards } = options
  const mark = [1, 0.8, 0.55, 0.34, 0.18]
    .map((opacity, i) => `<rect x="${i * 7.25}" width="5.5" height="16" rx=".75" opacity="${opacity}"/>`)
    .join('')

  return `<!doctype html>
<html lang="en" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="Teststrip">
<title>${xmlText(title)}</title>
<style>${await fontsInside()}${css}</style>
</head>
<body>
<header>
<svg viewBox="0 0 35 16" width="35" height="16" aria-hidden="true">${mark}</svg>
<h1 dir="auto">${xmlText(title)}</h1>
<input type="search" placeholder="Search, such as eta" aria-label="Search studies" hidden>
</header>
<main>
${cards.length > 0 ? `<ul>\n${cards.map(cardOf).join('\n')}\n</ul>` : '<p>No study has a picture yet.</p>'}
</main>
<script>${search}</script>
</body>
</html>
`
}

function cardOf({ id, title, axes, pictures, date, hasSheet }: Card): string {
  const folder = `studies/${id}`
  const words = axes.map(({ name, count }) => `${name} ${count}`).join(' × ')

  return `<li><a href="${folder}/index.html"><img src="${folder}/card.png" loading="lazy" alt=""><h2 dir="auto">${xmlText(title)}</h2></a><code>${xmlText(words)}</code><p>${pictures} ${pictures === 1 ? 'picture' : 'pictures'} · ${date} · ${hasSheet ? `<a href="${folder}/sheet.png">Sheet</a> · ` : ''}<a href="${folder}/study.yaml" download>Study file</a></p></li>`
}
