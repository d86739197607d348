'use client'

import { useState } from 'react'
import { Refused } from '../../wire/call.ts'
import styles from './pictures.module.css'
import { uploadPicture } from './upload-picture.ts'

/** What the file dialogue offers; the server looks at the bytes. */
const accept = 'image/png,image/jpeg,image/webp,image/gif,image/tiff,image/avif'

/** A button that hands pictures in, and an area that takes dropped ones; what is refused it says. */
export function UploadButton(props: {
  id?: string
  label: string
  multiple?: boolean
  disabled?: boolean
  describedBy?: string
  onPictures: (references: string[], files: File[]) => void
}) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const upload = async (list: FileList | null) => {
    const files = [...(list ?? [])].slice(0, props.multiple ? undefined : 1)
    if (files.length === 0) return
    setBusy(true)
    setProblem(null)
    try {
      const references: string[] = []
      for (const file of files) references.push(await uploadPicture(file))
      props.onPictures(references, files)
    } catch (error) {
      setProblem(error instanceof Refused ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut; the button inside does the same
    <span
      className={styles.upload}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0 || props.disabled) return
        event.preventDefault()
        // The page takes dropped files too, as studies.
        event.stopPropagation()
        void upload(event.dataTransfer.files)
      }}
    >
      <label className={styles.choose} data-disabled={props.disabled || busy}>
        {busy ? 'Uploading …' : props.label}
        <input
          id={props.id}
          type="file"
          className="visually-hidden"
          accept={accept}
          multiple={props.multiple ?? false}
          disabled={props.disabled || busy}
          aria-describedby={props.describedBy}
          onChange={(event) => {
            void upload(event.target.files)
            event.target.value = ''
          }}
        />
      </label>
      {problem && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </span>
  )
}
