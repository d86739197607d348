'use client'

import { useState } from 'react'
import { AskFirst } from '../../shell/ask-first.tsx'
import type { WireSummary } from '../../wire/study.ts'
import { tagsOf } from './tags-of.ts'

export interface Words {
  title: string
  notes: string
  tags: string[]
}

/** What people say about a study; it may change in any state. */
export function WordsDialog(props: {
  study: WireSummary
  onSave: (words: Words) => void
  onClose: () => void
}) {
  const { file } = props.study
  const [title, setTitle] = useState(file.title)
  const [notes, setNotes] = useState(file.notes ?? '')
  const [tags, setTags] = useState((file.tags ?? []).join(', '))

  return (
    <AskFirst
      title="Title, notes and tags"
      answer="Save"
      onAnswer={() => props.onSave({ title: title.trim() || file.title, notes, tags: tagsOf(tags) })}
      onClose={props.onClose}
    >
      <label>
        Title
        <input value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <label>
        Notes
        <textarea
          value={notes}
          rows={3}
          maxLength={20_000}
          onChange={(event) => setNotes(event.target.value)}
        />
      </label>
      <label>
        Tags, separated by commas
        <input value={tags} placeholder="boats, for Ada" onChange={(event) => setTags(event.target.value)} />
      </label>
    </AskFirst>
  )
}
