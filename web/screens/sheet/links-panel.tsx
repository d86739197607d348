'use client'

import { useEffect, useState } from 'react'
import { Button } from '../../shell/button.tsx'
import { call } from '../../wire/call.ts'
import type { WireLink } from '../../wire/print.ts'
import type { Say } from './design.ts'
import styles from './panel.module.css'

const ends = [
  { days: '', label: 'Until I take it back' },
  { days: '1', label: 'For a day' },
  { days: '7', label: 'For a week' },
  { days: '30', label: 'For 30 days' },
]

/** Read-only links: make one, copy it, put it into a page or on the sheet itself, take it back. */
export function LinksPanel({
  studyId,
  words,
  printed,
  say,
}: {
  studyId: string
  words: () => Record<string, string>
  /** The link in the footer of the sheet, if one is. */
  printed: string | undefined
  say: Say
}) {
  const [links, setLinks] = useState<WireLink[]>([])
  const [whole, setWhole] = useState(false)
  const [days, setDays] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const path = `/api/studies/${studyId}/links`
  const attempt = (work: Promise<unknown>) =>
    work.then(
      () => setProblem(null),
      (error: Error) => setProblem(error.message),
    )

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once per study
  useEffect(() => {
    void attempt(call<{ links: WireLink[] }>(path).then((answer) => setLinks(answer.links)))
  }, [path])

  const make = async () => {
    const link = await call<WireLink>(path, {
      body: { query: words(), whole, days: days === '' ? null : Number(days) },
    })
    setLinks((before) => [link, ...before])
    await navigator.clipboard.writeText(link.url).catch(() => undefined)
  }
  const takeBack = async ({ id, url }: WireLink) => {
    await call(`${path}/${id}`, { method: 'DELETE' })
    setLinks((before) => before.filter((link) => link.id !== id))
    if (url === printed) say({ link: null })
  }

  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>Share</h2>
      <div className={styles.pair}>
        <select
          className={styles.select}
          aria-label="What the link shows"
          value={whole ? 'whole' : 'sheet'}
          onChange={({ target }) => setWhole(target.value === 'whole')}
        >
          <option value="sheet">This sheet</option>
          <option value="whole">The whole study</option>
        </select>
        <select
          className={styles.select}
          aria-label="How long the link lasts"
          value={days}
          onChange={({ target }) => setDays(target.value)}
        >
          {ends.map((end) => (
            <option key={end.days} value={end.days}>
              {end.label}
            </option>
          ))}
        </select>
      </div>
      <Button onClick={() => attempt(make())}>Make a link</Button>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <ul className={styles.links} aria-label="Links">
        {links.map((link) => (
          <li key={link.id} className={styles.link}>
            <a href={link.url} target="_blank" rel="noopener" className={styles.url}>
              {link.url}
            </a>
            <span className={styles.muted}>{linkWords(link)}</span>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={link.url === printed}
                onChange={({ target }) => say({ link: target.checked ? link.url : null })}
              />
              In the footer and its QR
            </label>
            <div className={styles.row}>
              <CopyText text={link.url}>Copy link</CopyText>
              <CopyText text={embedCode(link)}>Copy embed code</CopyText>
              <Button kind="quiet" onClick={() => attempt(takeBack(link))}>
                Take back
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const day = (text: string) => new Date(text).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })

const linkWords = ({ title, whole, expiresAt }: WireLink): string =>
  [whole ? 'The whole study' : title, expiresAt ? `until ${day(expiresAt)}` : ''].filter(Boolean).join(', ')

/** For somebody's own page. */
const embedCode = ({ url, title, whole }: WireLink): string =>
  `<iframe src="${url}/embed" title="${title.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)}" width="100%" height="${whole ? 640 : 900}" style="border:0" loading="lazy"></iframe>`

function CopyText({ text, children }: { text: string; children: string }) {
  const [copied, setCopied] = useState(false)

  return (
    <Button
      kind="quiet"
      onClick={() =>
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => window.prompt('Copy it from here', text),
        )
      }
    >
      <span aria-live="polite">{copied ? 'Copied' : children}</span>
    </Button>
  )
}
