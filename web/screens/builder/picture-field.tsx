'use client'

import { PictureChip } from './picture-chip.tsx'
import styles from './pictures.module.css'
import { RemoveButton } from './remove-button.tsx'
import { UploadButton } from './upload-button.tsx'

/** The value of a picture parameter: the picture itself, chosen from this machine. */
export function PictureField(props: {
  id: string
  value: string | null
  disabled: boolean
  describedBy: string
  onChange: (value: string | null) => void
}) {
  const { value, disabled } = props

  return (
    <div className={styles.field}>
      {value !== null && <PictureChip name={value} />}
      <UploadButton
        id={props.id}
        label={value === null ? 'Choose a picture' : 'Change'}
        disabled={disabled}
        describedBy={props.describedBy}
        onPictures={([reference]) => props.onChange(reference!)}
      />
      {value !== null && !disabled && (
        <RemoveButton label="Remove the picture" onClick={() => props.onChange(null)} />
      )}
    </div>
  )
}
