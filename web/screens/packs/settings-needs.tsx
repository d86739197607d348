import type { WirePack } from '../../wire/pack.ts'
import { Command } from './command.tsx'
import { lackingOf, type PackNeeds } from './pack-needs.ts'
import styles from './packs-screen.module.css'

/** Which packs can render a settings file as it is, and what the others lack. */
export function SettingsNeeds(props: { file: string; needs: PackNeeds; packs: readonly WirePack[] }) {
  const { file, needs, packs } = props
  const all = [
    ...(needs.denoiser ? [needs.denoiser] : []),
    ...(needs.secondary ? ['the secondary model'] : []),
    ...needs.clip,
  ]

  return (
    <div className={styles.needs} role="status">
      <p>
        <b>{file}</b> was made with {all.length > 0 ? <Names of={all} /> : 'whatever network there is'}.
      </p>
      <ul>
        {packs.map((pack) => {
          const lacking = lackingOf(needs, pack)
          return (
            <li key={pack.name}>
              <span className={styles.dot} data-ok={lacking.length === 0} />
              <span>
                {lacking.length === 0 ? (
                  <>
                    <b>{pack.title}</b> has all of it.
                  </>
                ) : (
                  <>
                    <b>{pack.title}</b> lacks <Names of={lacking} />. It renders the settings with what it has
                    instead.
                    <Command text={`teststrip models pull ${lacking.join(' ')}`} />
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** As code: Inter would make of 512x512 a product. */
const Names = ({ of }: { of: readonly string[] }) =>
  of.map((name, k) => (
    <span key={name}>
      {k > 0 && ', '}
      <code>{name}</code>
    </span>
  ))
