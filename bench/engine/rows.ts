/** Pixels of the pictures in every row, as DD's guides advise for small cards. */
export const size = [256, 256] as const

/** What is measured, by both sides alike. */
export const rows = {
  vit: 'CLIP ViT-B/32, 16 cuts, forward and backward',
  rn50: 'CLIP RN50, 16 cuts, forward and backward',
  secondary: 'secondary model 256×256, forward and backward',
  'unet-forward': 'UNet (512 layout) 256×256, forward',
  unet: 'UNet (512 layout) 256×256, forward and backward',
  lpips: 'LPIPS 256×256, forward and backward',
  step: 'guided step 256×256: UNet, secondary, two CLIPs with 16 cuts each',
} as const

export type RowName = keyof typeof rows
export const rowNames = Object.keys(rows) as RowName[]

const backward = { vit: 141.8e9, rn50: 185.4e9, secondary: 50.8e9, unet: 988.8e9, lpips: 40.1e9 }
const unetForward = 494.3e9

/**
 * Floating-point operations of a row, two for each multiplication with addition, convolutions counted as they are
 * defined: Winograd's filtering needs fewer, so a share of the GEMM peak can pass 100 %.
 */
export const work: Record<RowName, number> = {
  vit: 2 * backward.vit,
  rn50: 2 * backward.rn50,
  secondary: 2 * backward.secondary,
  'unet-forward': 2 * unetForward,
  unet: 2 * backward.unet,
  lpips: 2 * backward.lpips,
  step: 2 * (unetForward + backward.secondary + backward.vit + backward.rn50),
}
