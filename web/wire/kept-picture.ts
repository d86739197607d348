import { z } from 'zod'

/** A picture that was handed in: how recipes name it, and what it is. */
export const keptPictureSchema = z.object({
  reference: z.string().describe('The value for init_image, or a line of image_prompts: sha256:<hex>.'),
  sha256: z.string(),
  type: z.string().describe('Media type.'),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
})

export type KeptPicture = z.infer<typeof keptPictureSchema>
