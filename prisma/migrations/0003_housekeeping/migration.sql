-- A study put aside: kept whole, no longer in the library.
ALTER TABLE "Study" ADD COLUMN "archivedAt" TIMESTAMPTZ(3);

-- The sweep asks about stored blobs, hundreds at a time.
CREATE INDEX "Render_image_idx" ON "Render"("image") WHERE "image" IS NOT NULL;
CREATE INDEX "Render_checkpoint_idx" ON "Render"("checkpoint") WHERE "checkpoint" IS NOT NULL;

-- Checkpoints are the only blobs of this type, and the only ones that are replaced all the time.
CREATE INDEX "Blob_checkpoint_idx" ON "Blob"("createdAt") WHERE "mediaType" = 'application/octet-stream';
