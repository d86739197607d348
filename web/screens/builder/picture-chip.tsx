import { formatValue, shaOfReference } from '#study'
import { Picture } from '../../shell/picture.tsx'
import styles from './pictures.module.css'
import { fileNameOf } from './upload-picture.ts'

/** A picture of a recipe: what it looks like and what it is called. A name without a picture stands alone. */
export function PictureChip({ name }: { name: string }) {
  const sha = shaOfReference(name)
  const called = fileNameOf(name) ?? formatValue({ kind: 'image' }, name)

  return (
    <span className={styles.chip}>
      {sha ? (
        <Picture className={styles.thumb} src={`/thumbs/${sha}/96.webp`} alt="" />
      ) : (
        <span className={styles.noThumb} aria-hidden />
      )}
      <span className={styles.name} title={name}>
        {called}
      </span>
    </span>
  )
}
