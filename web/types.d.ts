// Kept in the repository, unlike the generated next-env.d.ts, so that `tsc` works before the first build.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
