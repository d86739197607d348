'use client'

import type { Prompts } from '#study'
import { PictureChip } from './picture-chip.tsx'
import { joinPicture, splitPicture } from './picture-line.ts'
import styles from './pictures.module.css'
import { RemoveButton } from './remove-button.tsx'
import { UploadButton } from './upload-button.tsx'
import { WeightInput } from './weight-input.tsx'

/** Pictures as prompts: one line each with its weight. Those of later frames are kept as they are. */
export function PicturePrompts(props: {
  id: string
  value: Prompts
  disabled: boolean
  describedBy: string
  onChange: (value: Prompts) => void
}) {
  const lines = props.value['0'] ?? []
  const later = Object.keys(props.value).filter((frame) => frame !== '0')
  const write = (next: string[]) => {
    const { '0': _, ...rest } = props.value
    props.onChange(next.length > 0 ? { ...rest, '0': next } : rest)
  }

  return (
    <div className={styles.prompts}>
      {lines.map((line, index) => {
        const { name, weight } = splitPicture(line)

        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line of prompts is its place
          <div key={index} className={styles.field}>
            <PictureChip name={name} />
            <WeightInput
              id={`${props.id}-weight-${index}`}
              label={`Weight of picture ${index + 1}`}
              weight={weight}
              disabled={props.disabled}
              describedBy={props.describedBy}
              onWeight={(next) => write(lines.with(index, joinPicture({ name, weight: next })))}
            />
            <RemoveButton
              label={`Remove picture ${index + 1}`}
              onClick={() => write(lines.toSpliced(index, 1))}
            />
          </div>
        )
      })}
      <UploadButton
        id={props.id}
        label={lines.length === 0 ? 'Choose pictures' : 'Add pictures'}
        multiple
        disabled={props.disabled}
        describedBy={props.describedBy}
        onPictures={(references) => write([...lines, ...references])}
      />
      {later.length > 0 && (
        <p className={styles.later}>
          Pictures from frame {later.join(', ')} on are kept; they act in animations.
        </p>
      )}
    </div>
  )
}
