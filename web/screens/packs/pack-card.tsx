import { Button } from '../../shell/button.tsx'
import { bytes, duration } from '../../wire/format.ts'
import type { WirePack } from '../../wire/pack.ts'
import styles from './packs-screen.module.css'

const roleWords: Record<string, string> = {
  denoiser: 'denoiser',
  secondary: 'secondary model',
  lpips: 'LPIPS',
}

/** `2.4 M`, `552 M`. */
const millions = (count: number): string => `${(count / 1e6).toFixed(count < 99.5e6 ? 1 : 0)} M`

/** One pack: its networks, files and licence, and whether its files are what they were. */
export function PackCard({ pack, onVerify }: { pack: WirePack; onVerify: () => void }) {
  const { contents, nativeSize } = pack
  const files = contents?.files ?? []

  return (
    <li className={styles.card}>
      <div className={styles.top}>
        <div>
          <h2 className={styles.name}>{pack.title}</h2>
          <p className={styles.muted}>
            <code>{pack.name}</code> · trained at {nativeSize.join(' × ')} · {millions(pack.parameterCount)}{' '}
            parameters
            {contents && ` · ${bytes(files.reduce((all, file) => all + file.bytes, 0))}`} · licence{' '}
            {contents?.licence ?? 'not stated'}
          </p>
        </div>
        <Button onClick={onVerify} disabled={pack.checking !== null} aria-label={`Verify ${pack.title}`}>
          Verify
        </Button>
      </div>
      <Standing pack={pack} />
      {files.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: where it is too wide, it is scrolled by keyboard
        <section className={styles.tableBox} aria-label={`Files of ${pack.title}`} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">network</th>
                <th scope="col">file</th>
                <th scope="col" className={styles.number}>
                  parameters
                </th>
                <th scope="col" className={styles.number}>
                  size
                </th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {files.map(({ role, file, parameters, bytes: size, sha256 }) => (
                <tr key={`${role} ${file}`}>
                  <th scope="row">{roleWords[role] ?? role.replace('clip/', 'CLIP ')}</th>
                  <td>{file}</td>
                  <td className={styles.number}>{parameters > 0 ? millions(parameters) : ''}</td>
                  <td className={styles.number}>{bytes(size)}</td>
                  <td title={sha256}>{sha256.slice(0, 12)}…</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {contents && (
        <p className={styles.muted}>
          in <code>{contents.folder}</code>
        </p>
      )}
    </li>
  )
}

function Standing({ pack: { checking, checkedAt, problem } }: { pack: WirePack }) {
  if (checking)
    return (
      <p className={styles.standing} role="status">
        <progress max={Math.max(1, checking.of)} value={checking.readBytes} aria-label="Bytes hashed" />
        {checking.host
          ? `Hashing on ${checking.host}: ${bytes(checking.readBytes)} of ${bytes(checking.of)}`
          : 'Waiting for a worker that holds it'}
      </p>
    )
  const ago = checkedAt && `${duration((Date.now() - Date.parse(checkedAt)) / 1000)} ago`

  return (
    <p className={styles.standing} role="status" suppressHydrationWarning>
      <span className={styles.dot} data-ok={problem === null && checkedAt !== null} />
      {problem ?? (ago ? `Every file was what it should be ${ago}` : 'Not verified since it was registered')}
    </p>
  )
}
