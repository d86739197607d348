-- Sheets remember how they are printed; their links may show the whole study and may end by themselves.
ALTER TABLE "Sheet" ADD COLUMN "look" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "whole" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "expiresAt" TIMESTAMPTZ(3);

CREATE TYPE "PrintStatus" AS ENUM ('queued', 'printing', 'done', 'failed', 'cancelled');

CREATE TABLE "Print" (
  "key" TEXT NOT NULL,
  "studyId" UUID NOT NULL,
  "request" JSONB NOT NULL,
  "status" "PrintStatus" NOT NULL DEFAULT 'queued',
  "drawn" INTEGER NOT NULL DEFAULT 0,
  "of" INTEGER NOT NULL DEFAULT 0,
  "blob" TEXT,
  "bytes" BIGINT,
  "error" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "usedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "Print_pkey" PRIMARY KEY ("key"),
  CONSTRAINT "Print_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Print_studyId_idx" ON "Print"("studyId");
CREATE INDEX "Print_blob_idx" ON "Print"("blob");
