import { Button, ButtonLink } from '../../shell/button.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import type { Connection } from '../../state/cell-store.ts'
import type { Progress } from '../../wire/study.ts'
import { StatusPill } from './status-pill.tsx'

/** How a study is doing, and what can be done with it in that state. */
export function StudyBar(props: {
  title: string
  planned: number
  progress: Progress
  connection: Connection
  compareUrl: string
  sheetUrl: string
  effectsUrl: string
  onCommand: (what: 'start' | 'pause' | 'resume' | 'cancel' | 'retry') => void
}) {
  const { progress, onCommand } = props
  const { status, counts } = progress
  const active = status === 'running' || status === 'paused'

  return (
    <>
      <TopBar
        crumb={{ href: '/', label: 'Library' }}
        title={props.title}
        status={<StatusPill progress={progress} planned={props.planned} connection={props.connection} />}
        actions={
          <>
            {counts.failed > 0 && (
              <Button onClick={() => onCommand('retry')}>Retry {counts.failed} failed</Button>
            )}
            {active && (
              <Button kind="quiet" onClick={() => onCommand('cancel')}>
                Cancel
              </Button>
            )}
            {active && (
              <Button shortcut="P" onClick={() => onCommand(status === 'paused' ? 'resume' : 'pause')}>
                {status === 'paused' ? 'Resume' : 'Pause'}
              </Button>
            )}
            {status === 'cancelled' && <Button onClick={() => onCommand('start')}>Start again</Button>}
            <ButtonLink href={props.compareUrl} shortcut="C">
              Compare
            </ButtonLink>
            <ButtonLink href={props.effectsUrl} shortcut="E">
              Effects
            </ButtonLink>
            <ButtonLink href={props.sheetUrl} kind="primary">
              Sheet
            </ButtonLink>
          </>
        }
      />
      <p className="visually-hidden" role="status">
        {spokenProgress(progress)}
      </p>
    </>
  )
}

/** Said aloud at every tenth of the way and at the end, not at every picture. */
function spokenProgress({ status, counts }: Progress): string {
  const all = counts.cells - counts.excluded
  const tenth = Math.max(1, Math.round(all / 10))
  const done = counts.done === all ? all : Math.floor(counts.done / tenth) * tenth

  return status === 'running' ? `${done} of ${all} done` : status
}
