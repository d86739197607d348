import Link from 'next/link'
import { Button } from '../../shell/button.tsx'
import { Picture } from '../../shell/picture.tsx'
import type { FleetDevice } from '../../wire/fleet.ts'
import { duration } from '../../wire/format.ts'
import styles from './device-card.module.css'
import { factsOf, stateInWords, stateOf } from './device-words.ts'

/** One device: what it renders as it develops, what it is, what went wrong on it, and the one thing to be done about it. */
export function DeviceCard({ device, onAside }: { device: FleetDevice; onAside: (aside: boolean) => void }) {
  const state = stateOf(device)

  return (
    <li className={styles.card}>
      <header className={styles.head}>
        <h3 className={styles.name}>
          <span className={styles.dot} data-state={state} />
          {device.id}
        </h3>
        {state !== 'aside' && (
          <Button kind="quiet" onClick={() => onAside(true)}>
            Set aside<span className="visually-hidden"> {device.id}</span>
          </Button>
        )}
      </header>
      <p className={styles.state}>{stateInWords(device)}</p>
      {device.aside && (
        <div className={styles.aside} role="status">
          <p>{sentence(device.aside.reason)}</p>
          <Button onClick={() => onAside(false)}>
            Bring back<span className="visually-hidden"> {device.id}</span>
          </Button>
        </div>
      )}
      {device.now.length > 0 && (
        <ul className={styles.now}>
          {device.now.map((render) => (
            <li key={`${render.studyId} ${render.seq}`} className={styles.render}>
              {render.webp ? (
                <Picture
                  className={styles.picture}
                  src={`data:image/webp;base64,${render.webp}`}
                  alt={`Growing picture of cell ${render.seq}`}
                />
              ) : (
                <span className={styles.picture} />
              )}
              <div className={styles.what}>
                <Link href={`/studies/${render.studyId}?cell=${render.seq}`}>{render.title}</Link>
                <p className={styles.muted}>
                  cell {render.seq}
                  {render.step !== null && render.of !== null && ` · step ${render.step} of ${render.of}`}
                  {` · ${duration(render.seconds)}`}
                </p>
                {render.step !== null && render.of !== null && (
                  <progress
                    className={styles.progress}
                    value={render.step}
                    max={render.of}
                    aria-label="Steps"
                  />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      <dl className={styles.facts}>
        {factsOf(device).map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {device.failed.length > 0 && (
        <details className={styles.failed}>
          <summary>Failed here lately</summary>
          <ul>
            {device.failed.map((render) => (
              <li key={`${render.studyId} ${render.seq}`}>
                <Link href={`/studies/${render.studyId}?cell=${render.seq}`}>
                  {render.title}, cell {render.seq}
                </Link>
                <span className={styles.muted}> {duration(render.seconds)} ago</span>
                <p>{render.error}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

const sentence = (text: string): string => {
  const said = text.charAt(0).toUpperCase() + text.slice(1)

  return /[.!?]$/.test(said) ? said : `${said}.`
}
