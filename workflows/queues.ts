/** Task queue of the workflows and of the light activities. */
export const STUDIO_QUEUE = 'studio'

/** Task queue polled by every render worker that holds this pack. */
export const renderQueue = (pack: string): string => `render.${pack}`

export const studyWorkflowId = (studyId: string): string => `study/${studyId}`

export const printWorkflowId = (key: string): string => `print/${key}`

export const laneWorkflowId = (studyId: string, lane: number): string => `study/${studyId}/lane/${lane}`
